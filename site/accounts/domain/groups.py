"""Groups only carry rights in the admin; what a person may see is decided elsewhere (DESIGN.md §4).

Least privilege: facilitators work in the space and never enter the admin. A role for a region opens
its site; a role for one territory opens what is of that territory, through a group of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.admin.models import Admin
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

from accounts.models import RoleAssignment, User
from reference.enums import PlaceKind
from reference.models import Place

COORDINATION = "Coordination"
EDITION = "Édition"
MODERATION = "Modération"
FACILITATION = "Animation"
COMMITTEE = "Comité d’un territoire"
TERRITORY_COORDINATION = "Coordination d’un territoire"
COMMITTEE_OF = "Comité: "
"""Then the territory: the group that carries the rights on its page, and on nothing else."""

REFERENCE = ("place", "placecode", "placepart", "placepopulation", "placechange")
VOCABULARIES = ("dimension", "issue", "sector", "indicator")
INSTRUMENTS = ("scale", "scalelevel", "instrument", "instrumentdimension", "item")


def _rights(app: str, models: tuple[str, ...], *actions: str) -> set[str]:
    return {f"{app}.{action}_{model}" for model in models for action in actions}


ADMIN = {"wagtailadmin.access_admin"}
EDITOR_RIGHTS = (
    ADMIN
    | _rights("reference", REFERENCE + VOCABULARIES, "view", "add", "change")
    | _rights("reference", ("portraititem",), "view", "add", "change", "delete")
    | _rights("reference", ("typeassignment",), "view", "change")
    | _rights("appreciation", INSTRUMENTS, "view")
    | _rights("appreciation", ("frequentquestion",), "view", "add", "change")
    | _rights("appreciation", ("tool",), "view", "add", "change", "publish")
    | _rights("home", ("organisation",), "view", "add", "change")
    | _rights("wagtailsearchpromotions", ("searchpromotion",), "add", "change", "delete")
    | _rights("wagtailredirects", ("redirect",), "add", "change", "delete")
)
RIGHTS: dict[str, set[str]] = {
    FACILITATION: set(),
    MODERATION: ADMIN,
    COMMITTEE: ADMIN,
    TERRITORY_COORDINATION: ADMIN
    | _rights("appreciation", INSTRUMENTS, "view")
    | {"appreciation.view_appraisal"},
    EDITION: EDITOR_RIGHTS,
    COORDINATION: EDITOR_RIGHTS
    | _rights("reference", REFERENCE + VOCABULARIES, "delete")
    | _rights("appreciation", INSTRUMENTS, "add", "change", "delete")
    | _rights("appreciation", ("frequentquestion", "tool"), "delete")
    | _rights("home", ("organisation",), "delete")
    | _rights("appreciation", ("documenttemplate",), "view", "add", "change", "delete")
    | {
        "appreciation.view_appraisal",
        "cms.change_sitesettings",
        "pratiques.change_reviewsettings",
    },
}
PAGE_RIGHTS = tuple(f"wagtailcore.{action}_page" for action in ("add", "change", "publish"))
FILE_RIGHTS = (
    *("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image"),
    *("wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document"),
    *("wagtailmedia.add_media", "wagtailmedia.change_media"),
)
COMMITTEE_FILE_RIGHTS = tuple(right for right in FILE_RIGHTS if ".change_" not in right)
"""She adds files, and changes those that she added."""
WRITERS = (EDITION, COORDINATION)
ROLE_GROUPS = {
    RoleAssignment.Role.COORDINATOR: (COORDINATION,),
    RoleAssignment.Role.EDITOR: (EDITION,),
    RoleAssignment.Role.MODERATOR: (MODERATION,),
}
TERRITORY_GROUPS = {
    RoleAssignment.Role.COORDINATOR: (COMMITTEE, TERRITORY_COORDINATION),
    RoleAssignment.Role.EDITOR: (COMMITTEE,),
    RoleAssignment.Role.MODERATOR: (MODERATION,),
}

WAGTAIL_GROUPS = ("Editors", "Moderators")
WAGTAIL_WORKFLOW = "Moderators approval"

_committee_rights: list[Callable[[Group, Place], None]] = []


def register_committee_rights(give: Callable[[Group, Place], None]) -> None:
    """The apps above say what a territory's group may do with their pages, in `ready()`."""
    _committee_rights.append(give)


@transaction.atomic
def ensure_groups() -> dict[str, Group]:
    """Create the groups of the house and give each the rights it lacks; add nothing to anyone else.

    Rights that an administrator added to a group are left alone. A dozen queries, for each role
    that is given passes here.
    """
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in RIGHTS}
    rights = _permissions({*PAGE_RIGHTS, *FILE_RIGHTS}.union(*RIGHTS.values()))
    for name, labels in RIGHTS.items():
        groups[name].permissions.add(*(rights[label] for label in sorted(labels)))
    root = Page.objects.filter(depth=1).first()
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=groups[name], page=root, permission=rights[label])
            for name in WRITERS
            for label in PAGE_RIGHTS
        ],
        ignore_conflicts=True,
    )
    collection = Collection.get_first_root_node()
    on_files = dict.fromkeys(WRITERS, FILE_RIGHTS) | {COMMITTEE: COMMITTEE_FILE_RIGHTS}
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(
                group=groups[name], collection=collection, permission=rights[label]
            )
            for name, labels in on_files.items()
            for label in labels
        ],
        ignore_conflicts=True,
    )
    return groups


@transaction.atomic
def assign_role(*, user: User, role: str, place: Place) -> RoleAssignment:
    """Give a role for a place, and the rights in the admin that go with it."""
    assignment, _ = RoleAssignment.objects.get_or_create(user=user, role=role, place=place)
    ensure_groups()
    follow_roles(user)
    return assignment


@transaction.atomic
def follow_roles(user: User) -> None:
    """Be in the groups that her roles bring, and in no other group of the house."""
    wanted: set[Group] = set()
    for assignment in user.role_assignments.select_related("place"):
        wanted |= _groups_of(assignment)
    held = set(house_groups().exclude(name=FACILITATION).filter(user=user))
    user.groups.remove(*(held - wanted))
    user.groups.add(*wanted)


@transaction.atomic
def remove_unused_wagtail_groups() -> int:
    """Take away « Editors » and « Moderators », which Wagtail makes in English with rights on the
    whole site, and the workflow « Moderators approval » that hangs on them.

    Left alone: a group that has somebody, and whatever a page or an approval uses. Returns how many
    groups went.
    """
    for workflow in Workflow.objects.filter(name=WAGTAIL_WORKFLOW, active=True):
        in_use = workflow.workflow_pages.exists() or workflow.workflow_states.exists()
        if not in_use:
            tasks = [row.task for row in workflow.workflow_tasks.select_related("task")]
            workflow.delete()
            for task in tasks:
                if not (task.workflow_tasks.exists() or task.task_states.exists()):
                    task.delete()
    unused = Group.objects.filter(name__in=WAGTAIL_GROUPS, user=None, groupapprovaltask=None)
    return len([group.delete() for group in unused])


def follow_all_roles() -> None:
    """For a site older than the groups of territories."""
    for user in User.objects.filter(groups__in=house_groups()).distinct():
        follow_roles(user)
    for user in User.objects.filter(role_assignments__isnull=False).distinct():
        follow_roles(user)


def house_groups() -> QuerySet[Group]:
    """Those that come and go with roles; what an administrator makes is left alone."""
    return Group.objects.filter(Q(name__in=RIGHTS) | Q(name__startswith=COMMITTEE_OF))


def committee_group(place: Place) -> Group:
    """The group of a territory, with what the apps give it."""
    group, _ = Group.objects.get_or_create(name=f"{COMMITTEE_OF}{place.name} ({place.pk})")
    for give in _committee_rights:
        give(group, place)
    return group


def _groups_of(assignment: RoleAssignment) -> set[Group]:
    role = RoleAssignment.Role(assignment.role)
    is_region = assignment.place.kind == PlaceKind.REGION
    names = ROLE_GROUPS[role] if is_region else TERRITORY_GROUPS[role]
    found = set(Group.objects.filter(name__in=names))
    if COMMITTEE in names:
        found.add(committee_group(assignment.place))
    return found


def _permissions(labels: set[str]) -> dict[str, Permission]:
    """`{label: permission}`, in one query; a right that no model has is refused by its label."""
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type").filter(
            codename__in={label.partition(".")[2] for label in labels}
        )
    }
    for label in ADMIN - found.keys():  # made by a data migration of Wagtail's: emptied tables
        admin = ContentType.objects.get_for_model(Admin)
        found[label] = Permission.objects.create(
            content_type=admin, codename=label.partition(".")[2], name="Can access Wagtail admin"
        )
    return {label: found[label] for label in labels}
