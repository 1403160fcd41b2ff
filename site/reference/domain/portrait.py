"""The portrait of a place in figures: the editor's list, beside its territory and its region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from core.typography import fr_number
from reference.domain.comparability import are_comparable, boundary_changes
from reference.domain.figure_words import (
    NOT_AT_THIS_SCALE,
    is_shown,
    status_words,
    unit_words,
    value_words,
)
from reference.domain.periods import period_words
from reference.enums import PlaceKind, ValueStatus
from reference.models import Indicator, IndicatorSource, IndicatorValue, Place, PortraitItem

HUNDRED = Decimal(100)
MINUS = "\N{MINUS SIGN}"
COMPARISON_IMPOSSIBLE = "comparaison impossible: les limites ont changé"


@dataclass(frozen=True)
class Shown:
    """One figure of one place, in words. `value` is None whenever it may not be drawn."""

    place: Place
    period: str
    value: Decimal | None
    words: str
    caution: str
    """What to know of the figure; empty for a plain one."""
    source: IndicatorSource
    is_computed: bool

    @property
    def when(self) -> str:
        return period_words(self.period)


@dataclass(frozen=True)
class Beside:
    """The territory or the region on the same line; `shown` is None when it has no figure."""

    place: Place
    shown: Shown | None
    is_same_period: bool


@dataclass(frozen=True)
class PortraitLine:
    indicator: Indicator
    is_key_figure: bool
    here: Shown | None
    beside: tuple[Beside, ...]
    series: tuple[Shown, ...]
    """Every edition of the place, oldest first."""
    breaks: frozenset[str]
    """Periods before which the limits changed."""
    change: str

    @property
    def is_missing(self) -> bool:
        return self.here is None or self.here.value is None

    @property
    def why_missing(self) -> str:
        return self.here.words if self.here else NOT_AT_THIS_SCALE


@dataclass(frozen=True)
class PlacePortrait:
    place: Place
    territory: Place | None
    region: Place | None
    lines: tuple[PortraitLine, ...]

    @property
    def key_lines(self) -> list[PortraitLine]:
        return [line for line in self.lines if line.is_key_figure and not line.is_missing]

    @property
    def missing(self) -> list[PortraitLine]:
        return [line for line in self.lines if line.is_missing]

    @property
    def is_empty(self) -> bool:
        return all(line.here is None for line in self.lines)

    @property
    def sources(self) -> list[IndicatorSource]:
        """Each once, in the order of the lines."""
        shown = [
            one
            for line in self.lines
            for one in (line.here, *(each.shown for each in line.beside))
            if one is not None
        ]
        return list({one.source.pk: one.source for one in shown}.values())


def portrait_of_place(place: Place, *, dimensions: Collection[str] | None = None) -> PlacePortrait:
    """What the editor's list says of a place. Three queries, whatever the list.

    With `dimensions` (codes), only the figures that shed light on one of them: one query when there
    is none.
    """
    listed = PortraitItem.objects.filter(indicator__is_active=True)
    if dimensions is not None:
        listed = listed.filter(indicator__dimension__code__in=dimensions)
    items = list(listed.select_related("indicator__dimension"))
    if not items:
        return PlacePortrait(place, None, None, ())
    above = [one for one in _above(place) if one.pk != place.pk]
    known = _figures([place, *above], [item.indicator for item in items])
    changes = boundary_changes([place.pk]) if _compares(known, place) else {}
    lines = []
    for item in items:
        series = known[place.pk, item.indicator.pk]
        breaks = frozenset(
            later.period
            for earlier, later in pairwise(series)
            if not are_comparable(changes, place.pk, earlier.period, later.period)
        )
        here = series[-1] if series else None
        lines.append(
            PortraitLine(
                indicator=item.indicator,
                is_key_figure=item.is_key_figure,
                here=here,
                beside=tuple(_beside(one, here, known[one.pk, item.indicator.pk]) for one in above),
                series=tuple(series),
                breaks=breaks,
                change=_change(item.indicator, series, breaks),
            )
        )
    kinds = {one.kind: one for one in above}
    return PlacePortrait(
        place, kinds.get(PlaceKind.TERRITORY), kinds.get(PlaceKind.REGION), tuple(lines)
    )


def _compares(known: Mapping[tuple[int, int], list[Shown]], place: Place) -> bool:
    return any(pk == place.pk and series[1:] for (pk, _indicator), series in known.items())


def _above(place: Place) -> list[Place]:
    """Its territory, then its region."""
    found, one = [], place.parent
    while one is not None:
        found.append(one)
        one = one.parent
    return [each for each in found if each.kind in (PlaceKind.TERRITORY, PlaceKind.REGION)]


def _figures(
    places: list[Place], indicators: list[Indicator]
) -> defaultdict[tuple[int, int], list[Shown]]:
    by_place = {place.pk: place for place in places}
    by_indicator = {indicator.pk: indicator for indicator in indicators}
    rows = IndicatorValue.objects.filter(
        place__in=places, indicator__in=indicators, breakdown=None
    ).select_related("source")
    found: defaultdict[tuple[int, int], list[Shown]] = defaultdict(list)
    for row in rows.order_by("period"):
        indicator = by_indicator[row.indicator_id]
        found[row.place_id, row.indicator_id].append(_shown(row, indicator, by_place[row.place_id]))
    return found


def _shown(row: IndicatorValue, indicator: Indicator, place: Place) -> Shown:
    caution = status_words(row.status, row.symbol)
    if row.value is not None and is_shown(row.value, row.status):
        words = value_words(row.value, indicator.unit, indicator.decimals)
        return Shown(place, row.period, row.value, words, caution, row.source, row.is_computed)
    said = COMPARISON_IMPOSSIBLE if row.status == ValueStatus.NOT_COMPARABLE else caution
    return Shown(place, row.period, None, said, "", row.source, row.is_computed)


def _beside(place: Place, here: Shown | None, series: list[Shown]) -> Beside:
    """The figure of the same period; otherwise the latest, which says its own."""
    same = [one for one in series if here is not None and one.period == here.period]
    known = same or series
    return Beside(place, known[-1] if known else None, bool(same))


def _change(indicator: Indicator, series: list[Shown], breaks: frozenset[str]) -> str:
    """From the edition before to this one, in words; empty when there is nothing to compare."""
    shown = [one for one in series if one.value is not None and "/" not in one.period]
    if not shown[1:] or shown[-1] is not series[-1]:
        return ""
    later = shown[-1]
    earlier = _edition_before(shown)
    between = [one.period for one in shown if earlier.period < one.period <= later.period]
    if any(period in breaks for period in between):
        return f"{earlier.when}: {COMPARISON_IMPOSSIBLE}."
    before, after = earlier.value or Decimal(0), later.value or Decimal(0)
    if indicator.is_compared:
        return f"{earlier.words} en {earlier.when}."
    return _difference(indicator, before, after, earlier.when)


def _edition_before(shown: list[Shown]) -> Shown:
    """The same month of another year when figures are monthly: seasons are not changes."""
    month = shown[-1].period[4:]
    same = [one for one in shown[:-1] if one.period[4:] == month]
    return (same or shown[:-1])[-1]


def _difference(indicator: Indicator, before: Decimal, after: Decimal, when: str) -> str:
    difference = after - before
    if not difference:
        return f"Autant qu’en {when}."
    count = fr_number(abs(difference), indicator.decimals)
    unit = unit_words(abs(difference), indicator.unit)
    said = "de plus" if difference > 0 else "de moins"
    if not before:
        return f"{count} {unit} {said} qu’en {when}."
    share = fr_number(abs(difference / before * HUNDRED), 1)
    sign = "+" if difference > 0 else MINUS
    return f"{count} {unit} {said} qu’en {when} ({sign}{share} %)."
