"""Who lives in a place according to the census: the shares by age and gender that are loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.typography import join_words
from reference.domain.figure_words import is_shown
from reference.domain.periods import period_words
from reference.enums import PlaceKind
from reference.models import IndicatorSource, IndicatorValue, Place

ADULTS = "adults-by-class"
AGES = ("share-under-15", "share-15-64", "share-65-over")
GENDERS = ("gender:women", "gender:men")
EVERYBODY = "toute la population, enfants compris"
FROM_18 = "les personnes de 18 ans et plus"
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class CensusShare:
    """Per cent of `base` who are of one class. `is_elsewhere`: of a larger place than asked."""

    percent: Decimal
    where: str
    is_elsewhere: bool
    period: str
    base: str
    source: IndicatorSource

    @property
    def when(self) -> str:
        return period_words(self.period)


@dataclass(frozen=True)
class _Candidate:
    places: tuple[Place, ...]
    is_elsewhere: bool

    @property
    def name(self) -> str:
        return join_words([str(place) for place in self.places])


Figures = dict[tuple[int, str], list[IndicatorValue]]
"""By place and class, oldest first."""


def census_mix(place: Place) -> dict[str, CensusShare]:
    """The latest share of each class, by code, of the nearest place that has it.

    The place itself, else what it is made of (all of its parts, or none), else its territory, else
    its region. Nothing is made of a figure that the source hides. Three queries, one more for each
    place above.
    """
    candidates = _nearest_first(place)
    figures = _figures([one for candidate in candidates for one in candidate.places])
    found: dict[str, CensusShare] = {}
    for candidate in candidates:
        for code in AGES:
            if code not in found and (share := _age_share(code, candidate, figures)):
                found[code] = share
        if GENDERS[0] not in found:
            found |= _gender_shares(candidate, figures)
    return found


def _nearest_first(place: Place) -> list[_Candidate]:
    candidates = [_Candidate((place,), is_elsewhere=False)]
    if parts := tuple(place.parts.order_by("name", "pk")):
        candidates.append(_Candidate(parts, is_elsewhere=False))
    above = place.parent
    while above is not None:
        if above.kind in (PlaceKind.TERRITORY, PlaceKind.REGION):
            candidates.append(_Candidate((above,), is_elsewhere=True))
        above = above.parent
    return candidates


def _figures(places: Sequence[Place]) -> Figures:
    rows = IndicatorValue.objects.filter(
        place__in=places, indicator__code__in=(*AGES, ADULTS)
    ).select_related("indicator", "breakdown", "source")
    found: Figures = defaultdict(list)
    for row in rows.order_by("period"):
        if row.indicator.code == ADULTS and row.breakdown is not None:
            found[row.place_id, row.breakdown.code].append(row)
        elif row.indicator.code != ADULTS and row.breakdown is None:
            found[row.place_id, row.indicator.code].append(row)
    return found


def _age_share(code: str, candidate: _Candidate, figures: Figures) -> CensusShare | None:
    """As the source gives it: shares of several places are not added up."""
    if len(candidate.places) > 1:
        return None
    rows = figures.get((candidate.places[0].pk, code), [])
    if not rows or rows[-1].value is None or not is_shown(rows[-1].value, rows[-1].status):
        return None
    return _told(rows[-1].value, rows[-1], candidate, EVERYBODY)


def _gender_shares(candidate: _Candidate, figures: Figures) -> dict[str, CensusShare]:
    """From counts, of the same period everywhere; one hidden count hides them all."""
    rows = {
        code: [figures.get((place.pk, code), []) for place in candidate.places] for code in GENDERS
    }
    if not all(each for found in rows.values() for each in found):
        return {}
    latest = {code: [each[-1] for each in found] for code, found in rows.items()}
    last = [row for found in latest.values() for row in found]
    if len({row.period for row in last}) > 1 or not all(is_shown(r.value, r.status) for r in last):
        return {}
    counts = {code: _sum(found) for code, found in latest.items()}
    whole = sum(counts.values(), Decimal(0))
    if not whole:
        return {}
    return {
        code: _told(count / whole * HUNDRED, last[0], candidate, FROM_18)
        for code, count in counts.items()
    }


def _sum(rows: Sequence[IndicatorValue]) -> Decimal:
    return sum((row.value for row in rows if row.value is not None), Decimal(0))


def _told(percent: Decimal, row: IndicatorValue, candidate: _Candidate, base: str) -> CensusShare:
    return CensusShare(
        percent, candidate.name, candidate.is_elsewhere, row.period, base, row.source
    )
