"""Facts beside perceptions: what is counted about a dimension, next to what people said of it.

Neither is the cause nor the proof of the other: the report shows both, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from appreciation.domain.first_nations import is_first_nation
from appreciation.domain.report.nouns import (
    DimensionStatistics,
    ReportMeeting,
    ReportStatistic,
    StatisticMark,
)
from reference.domain.portrait import PortraitLine, Shown, portrait_of_place
from reference.enums import PlaceKind
from reference.models import Place

KINDS = {PlaceKind.TERRITORY: "territory", PlaceKind.REGION: "region"}


def statistics_beside(
    place: Place, meetings: Sequence[ReportMeeting]
) -> tuple[DimensionStatistics, ...]:
    """The figures of the place's portrait that an editor tied to a dimension of these meetings.

    In the order of the editor's list; a figure is there when the place, its territory or its region
    has one. A First Nations community's wait until its portrait may be read by everyone (DESIGN.md
    §7).
    """
    titles = {item.dimension_code: item.dimension for each in meetings for item in each.items}
    lines = portrait_of_place(place, dimensions=titles).lines if titles else ()
    if not lines or _waits_for_council(place):
        return ()
    told: defaultdict[str, list[ReportStatistic]] = defaultdict(list)
    for line in lines:
        if line.indicator.dimension is not None and (statistic := _statistic(place, line)):
            told[line.indicator.dimension.code].append(statistic)
    return tuple(
        DimensionStatistics(code, title, tuple(told[code]))
        for code, title in titles.items()
        if code in told
    )


def _waits_for_council(place: Place) -> bool:
    from appreciation.models import PlacePage

    return is_first_nation(place) and not PlacePage.objects.live().filter(place=place).exists()


def _statistic(place: Place, line: PortraitLine) -> ReportStatistic | None:
    here = line.here if line.here is not None and line.here.value is not None else None
    marks = [
        StatisticMark("here", str(place), here.words, _value(line, here))
        if here
        else StatisticMark("here", str(place), line.why_missing)
    ]
    figures = [here] if here else []
    for each in line.beside:
        if each.shown is None or each.shown.value is None:
            continue
        figures.append(each.shown)
        is_same = here is not None and each.is_same_period
        words = each.shown.words if is_same else f"{each.shown.words} ({each.shown.when})"
        drawn = _value(line, each.shown) if is_same else ""
        kind = KINDS[PlaceKind(each.place.kind)]
        marks.append(StatisticMark(kind, str(each.place), words, drawn))
    if not figures:
        return None
    return ReportStatistic(
        name=line.indicator.name,
        when=here.when if here else "",
        caution=here.caution if here else "",
        marks=tuple(marks),
        source="; ".join(dict.fromkeys(_source(one) for one in figures)),
    )


def _value(line: PortraitLine, shown: Shown) -> str:
    """A count follows the size of the place: it is said, never drawn."""
    if shown.value is None or not line.indicator.is_compared:
        return ""
    return f"{shown.value.normalize():f}"


def _source(shown: Shown) -> str:
    computed = ", calculé à partir des municipalités" if shown.is_computed else ""
    return f"{shown.source}{computed}"
