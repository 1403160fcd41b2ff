"""Who reads a sheet before it is public: people of its places, never who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from wagtail.models import Revision

from accounts.models import RoleAssignment, User
from pratiques.enums import EvidenceStatus
from pratiques.models.review import PracticeReading, ReviewSettings
from reference.enums import PlaceKind
from reference.models import Place

if TYPE_CHECKING:
    from wagtail.models import TaskState, WorkflowState

    from pratiques.models import PracticePage

Role = RoleAssignment.Role
READING_ROLES = (Role.EDITOR, Role.MODERATOR, Role.COORDINATOR)
WRITING_ROLES = (Role.EDITOR, Role.COORDINATOR)


def readers_needed(status: str, settings: ReviewSettings | None = None) -> int:
    """How many people besides its author approve a sheet of that rung."""
    asked = settings or ReviewSettings.load()
    return getattr(asked, f"readers_{EvidenceStatus(status).value}")


def sheets_read_by(user: User) -> QuerySet[PracticePage]:
    """Sheets of the places where this person edits, moderates or coordinates."""
    return _sheets_of(user, READING_ROLES)


def sheets_written_by(user: User) -> QuerySet[PracticePage]:
    """Sheets of the places where this person edits or coordinates."""
    return _sheets_of(user, WRITING_ROLES)


def _sheets_of(user: User, roles_held: tuple[str, ...]) -> QuerySet[PracticePage]:
    """One told from outside the region belongs to whoever holds a role for a whole region."""
    sheets = apps.get_model("pratiques", "PracticePage").objects.all()
    if not user.is_active:
        return sheets.none()
    if user.is_superuser:
        return sheets
    roles = user.role_assignments.filter(role__in=roles_held)
    assigned = list(roles.values_list("place", flat=True))
    above = Q(pk__in=assigned)
    for level in ("parent", "parent__parent", "parent__parent__parent"):
        above |= Q(**{f"{level}__in": assigned})
    hers: Q | Combinable = Q(places__in=Place.objects.filter(above).values("pk"))
    if roles.filter(place__kind=PlaceKind.REGION).exists():
        links = sheets.model.places.through.objects.filter(practicepage=OuterRef("pk"))
        hers |= ~Exists(links.exclude(place__kind=PlaceKind.EXTERNAL))
    return sheets.filter(pk__in=sheets.filter(hers).values("pk"))


def readers_of_sheet(sheet: PracticePage, state: WorkflowState) -> list[User]:
    """Who is told that a sheet waits: people of its places alone; where nobody is, administrators.

    Who wrote it is never among them.
    """
    places = list(sheet.places.all())
    above = {place.pk for place in places}
    step = places
    for _level in range(3):
        step = list(Place.objects.filter(pk__in=[p.parent_id for p in step if p.parent_id]))
        above |= {place.pk for place in step}
    roles = RoleAssignment.objects.filter(role__in=READING_ROLES, place__in=above)
    if all(place.kind == PlaceKind.EXTERNAL for place in places):
        roles = RoleAssignment.objects.filter(role__in=READING_ROLES, place__kind=PlaceKind.REGION)
    active = User.objects.filter(is_active=True).exclude(pk__in=authors_of(state)).order_by("pk")
    found = list(active.filter(pk__in=roles.values("user")))
    return found or list(active.filter(is_superuser=True))


def authors_of(state: WorkflowState) -> set[int]:
    """Who began the sheet, wrote in it before it was submitted, or submitted it."""
    page = state.content_object
    before = page.revisions.filter(created_at__lte=state.created_at)
    written = before.exclude(user=None).values_list("user", flat=True)
    return {pk for pk in (page.owner_id, state.requested_by_id, *written) if pk}


def may_read(user: User, task_state: TaskState) -> bool:
    """Whether this person may approve it or send it back: of its places, neither author nor done.

    Whoever approved once waits for the others.
    """
    state = task_state.workflow_state
    return (
        sheets_read_by(user).filter(pk=state.object_id).exists()
        and user.pk not in authors_of(state)
        and not has_read(user, task_state)
    )


def has_read(user: User, task_state: TaskState) -> bool:
    return PracticeReading.objects.filter(task_state=task_state.pk, reader=user.pk).exists()


def readings_to_do(user: User, states: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """Those of `states` that wait for this person: as `may_read`, for all of them at once."""
    others = sheets_read_by(user).exclude(owner=user).values_list("pk", flat=True)
    written = Revision.objects.filter(
        user=user,
        base_content_type=OuterRef("workflow_state__base_content_type"),
        object_id=OuterRef("workflow_state__object_id"),
        created_at__lte=OuterRef("workflow_state__created_at"),
    )
    read = PracticeReading.objects.filter(task_state=OuterRef("pk"), reader=user)
    waiting = states.filter(
        ~Q(workflow_state__requested_by=user) | Q(workflow_state__requested_by=None),
        ~Exists(written),
        ~Exists(read),
        workflow_state__object_id__in=[str(pk) for pk in others],
    )
    return states.filter(pk__in=list(waiting.values_list("pk", flat=True)))
