"""Who took part, and where: only what may be added without telling who was left unnamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import Count, Q
from django.utils import timezone

from appreciation.domain.queries.register import territory_code
from appreciation.domain.synthesis.nouns import Coverage, Source, TerritoryCoverage
from appreciation.enums import CheckInState
from appreciation.models import CheckIn
from reference.enums import APPRAISABLE_KINDS
from reference.models import Place


def territories_of(region: Place, *, with_demo: bool) -> tuple[TerritoryCoverage, ...]:
    """The region's territories and how many places of each may be appraised today. One query."""
    territories = (
        Place.objects.territories()
        .filter(parent=region)
        .annotate(
            code=territory_code("pk"),
            near=_standing("children", with_demo=with_demo),
            far=_standing("children__children", with_demo=with_demo),
        )
        .order_by("name", "pk")
    )
    return tuple(
        TerritoryCoverage(each.code or each.slug, each.name, each.near + each.far, 0)
        for each in territories
    )


def _standing(path: str, *, with_demo: bool) -> Count:
    standing = Q(**{f"{path}__kind__in": APPRAISABLE_KINDS, f"{path}__valid_to__isnull": True})
    if not with_demo:
        standing &= Q(**{f"{path}__is_demo": False})
    return Count(path, filter=standing, distinct=True)


def check_ins_of(appraisals: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    """Follow-ups that were due and those answered, by démarche. One query."""
    due = Q(due_on__lte=timezone.localdate()) | Q(state=CheckInState.ANSWERED)
    rows = (
        CheckIn.objects.filter(due, appraisal__in=appraisals)
        .values_list("appraisal")
        .annotate(due=Count("pk"), answered=Count("pk", filter=Q(state=CheckInState.ANSWERED)))
        .order_by()
    )
    return {appraisal: (due, answered) for appraisal, due, answered in rows}


def coverage_of(sources: Sequence[Source], territories: Sequence[TerritoryCoverage]) -> Coverage:
    """Added over the named démarches alone: a total less its named parts would tell the others."""
    named = [each for each in sources if not each.is_anonymous]
    places = {each.community or each.name: each.territory_code for each in named}
    appraised = Counter(places.values())
    heads = [each.people for each in named if each.people is not None]
    media = Counter(medium for each in named for medium in each.media)
    return Coverage(
        territories=tuple(replace(each, appraised=appraised[each.code]) for each in territories),
        people=sum(heads),
        people_known_for=len(heads),
        media=tuple(sorted(media.items())),
        check_ins_due=sum(each.check_ins_due for each in named),
        check_ins_answered=sum(each.check_ins_answered for each in named),
    )
