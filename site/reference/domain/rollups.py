"""The figures of territories, regions and communities made from their municipalities'.

Only where the source gives none, only in the way the indicator says, and only when every inhabited
part has its figure: a sum with a hole is not a sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from reference.domain.comparability import Changes, are_comparable, boundary_changes
from reference.domain.imports.indicator_cells import PLACES
from reference.enums import SHOWN_STATUSES, PlaceKind, Rollup, ValueStatus
from reference.models import Indicator, IndicatorValue, Place, PlacePart

PART_KINDS = (
    PlaceKind.MUNICIPALITY,
    PlaceKind.UNORGANIZED_TERRITORY,
    PlaceKind.FIRST_NATION_COMMUNITY,
)
HUNDRED = Decimal(100)
Key = tuple[int, int, str, int | None]
"""Place, indicator, period, breakdown."""


@dataclass(frozen=True)
class Figure:
    value: Decimal
    status: str
    source: int


@dataclass
class _Known:
    """The figures of the indicators at hand, sourced and computed."""

    figures: dict[Key, Figure] = field(default_factory=dict)
    computed: dict[Key, IndicatorValue] = field(default_factory=dict)
    sourced: set[Key] = field(default_factory=set)
    periods: dict[int, set[tuple[str, int | None]]] = field(
        default_factory=lambda: defaultdict(set)
    )


@transaction.atomic
def rebuild_rollups(indicators: Iterable[Indicator]) -> int:
    """Make anew what these indicators, and those made from them, give above; return how many."""
    ids = {each.pk for each in indicators}
    wanted = [
        each
        for each in Indicator.objects.exclude(rollup=Rollup.NONE)
        if {each.pk, each.rollup_of_id, each.rollup_over_id} & ids
    ]
    wanted.sort(key=lambda each: each.rollup != Rollup.SUM)
    known = _read(wanted)
    wholes = _wholes()
    changes = boundary_changes(wholes)
    made: dict[Key, Figure] = {}
    for indicator in wanted:
        for whole, parts in wholes.items():
            for period, breakdown in known.periods[indicator.pk]:
                key = (whole, indicator.pk, period, breakdown)
                figure = None if key in known.sourced else _make(key, indicator, parts, known)
                if figure and indicator.rollup == Rollup.CHANGE:
                    figure = _careful(figure, key, changes)
                if figure:
                    made[key] = known.figures[key] = figure
    _write(known.computed, made)
    return len(made)


def _careful(figure: Figure, key: Key, changes: Changes) -> Figure:
    earlier, _, later = key[2].partition("/")
    if are_comparable(changes, key[0], earlier, later or earlier):
        return figure
    return Figure(figure.value, ValueStatus.NOT_COMPARABLE, figure.source)


def _make(key: Key, indicator: Indicator, parts: list[int], known: _Known) -> Figure | None:
    whole, _pk, period, breakdown = key
    if indicator.rollup == Rollup.SUM:
        return _sum([known.figures.get((part, *key[1:])) for part in parts])
    top = known.figures.get((whole, indicator.rollup_of_id or 0, period, breakdown))
    if indicator.rollup == Rollup.RATIO:
        under = known.figures.get((whole, indicator.rollup_over_id or 0, period, breakdown))
        return _divided(top, under, less=Decimal(0), times=Decimal(1))
    earlier, _, later = period.partition("/")
    of = indicator.rollup_of_id or 0
    before = known.figures.get((whole, of, earlier, breakdown))
    after = known.figures.get((whole, of, later, breakdown))
    return _divided(after, before, less=Decimal(1), times=HUNDRED)


def _sum(figures: list[Figure | None]) -> Figure | None:
    told = [figure for figure in figures if figure is not None]
    if not told or len(told) != len(figures):
        return None
    rounded = any(figure.status != ValueStatus.PUBLISHED for figure in told)
    status = ValueStatus.ROUNDED if rounded else ValueStatus.PUBLISHED
    return Figure(sum((one.value for one in told), Decimal(0)), status, told[-1].source)


def _divided(
    top: Figure | None, under: Figure | None, *, less: Decimal, times: Decimal
) -> Figure | None:
    if top is None or under is None or not under.value:
        return None
    value = (top.value / under.value - less) * times
    return Figure(value.quantize(PLACES), top.status, top.source)


def _wholes() -> dict[int, list[int]]:
    """Each territory, region and local community with its inhabited parts.

    A part where nobody lives may be missing from a census. A community made of a part of a
    municipality cannot be summed: nobody published that part.
    """
    wholes: dict[int, list[int]] = defaultdict(list)
    rows = Place.objects.filter(kind__in=PART_KINDS, valid_to__isnull=True, is_demo=False)
    for pk, parent, above in rows.exclude(population=0).values_list(
        "pk", "parent_id", "parent__parent_id"
    ):
        for whole in filter(None, (parent, above)):
            wholes[whole].append(pk)
    whole_parts: dict[int, list[tuple[int, Decimal | None]]] = defaultdict(list)
    for whole, part, share in PlacePart.objects.values_list("whole_id", "part_id", "share"):
        whole_parts[whole].append((part, share))
    for whole, links in whole_parts.items():
        if all(share == 1 for _part, share in links):
            wholes[whole] = [part for part, _share in links]
    return wholes


def _read(indicators: list[Indicator]) -> _Known:
    known = _Known()
    ids = {each.pk for each in indicators}
    ids |= {pk for each in indicators for pk in (each.rollup_of_id, each.rollup_over_id) if pk}
    rows = IndicatorValue.objects.filter(indicator__in=ids)
    for row in rows.filter(Q(is_computed=True) | ~Q(place__kind=PlaceKind.EXTERNAL)):
        key = (row.place_id, row.indicator_id, row.period, row.breakdown_id)
        if row.is_computed:
            known.computed[key] = row
            continue
        known.sourced.add(key)
        known.periods[row.indicator_id].add((row.period, row.breakdown_id))
        if row.value is not None and row.status in SHOWN_STATUSES:
            known.figures[key] = Figure(row.value, row.status, row.source_id)
    return known


def _write(computed: dict[Key, IndicatorValue], made: dict[Key, Figure]) -> None:
    gone = [row.pk for key, row in computed.items() if key not in made]
    IndicatorValue.objects.filter(pk__in=gone).delete()
    fresh, changed = [], []
    for key, figure in made.items():
        row = computed.get(key)
        if row is None:
            place, indicator, period, breakdown = key
            row = IndicatorValue(
                place_id=place,
                indicator_id=indicator,
                period=period,
                breakdown_id=breakdown,
                is_computed=True,
            )
            fresh.append(row)
        elif (row.value, row.status, row.source_id) == (figure.value, figure.status, figure.source):
            continue
        else:
            changed.append(row)
        row.value, row.status, row.source_id = figure.value, figure.status, figure.source
    IndicatorValue.objects.bulk_create(fresh, batch_size=500)
    IndicatorValue.objects.bulk_update(changed, ["value", "status", "source"], batch_size=500)
