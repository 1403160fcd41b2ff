"""Lists of démarches: what a person may see, hers first, narrowed by the filters of the list."""

from __future__ import annotations

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from accounts.models import User
from appreciation.domain.queries.progress import with_progress
from appreciation.enums import AppraisalState
from appreciation.models import Appraisal, Membership
from reference.models import Place


def dashboard_appraisals(user: User) -> QuerySet[Appraisal]:
    """Everything this person may open: hers first, then those that run, the latest on top."""
    mine = Membership.objects.filter(appraisal=OuterRef("pk"), user=user)
    rank = Case(
        When(state=AppraisalState.ACTIVE, then=Value(0)),
        When(state__in=(AppraisalState.POSTPONED, AppraisalState.DORMANT), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    visible = Appraisal.objects.filter(pk__in=Appraisal.objects.visible_to(user).values("pk"))
    return (
        with_progress(visible)
        .annotate(is_mine=Exists(mine), state_rank=rank)
        .select_related("place__parent__parent")
        .order_by("-is_mine", "state_rank", "-updated_at", "-pk")
    )


def filter_appraisals(
    queryset: QuerySet[Appraisal],
    *,
    text: str = "",
    phase: str = "",
    state: str = "",
    territory: Place | None = None,
) -> QuerySet[Appraisal]:
    if text:
        queryset = queryset.filter(Q(place__name__icontains=text) | Q(reference__icontains=text))
    if phase:
        queryset = queryset.filter(phase=phase)
    if state:
        queryset = queryset.filter(state=state)
    if territory is not None:
        queryset = queryset.filter(place__in=Place.objects.within(territory))
    return queryset


def territories_of(user: User) -> QuerySet[Place]:
    """The territories where this person has démarches to see."""
    places = Appraisal.objects.visible_to(user).values("place")
    return (
        Place.objects.territories()
        .filter(Q(pk__in=places) | Q(children__in=places) | Q(children__children__in=places))
        .distinct()
        .order_by("name")
    )
