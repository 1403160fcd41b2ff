"""Deciding what to talk about, and in which order (FEATURES.md §2, items 3 and 4).

Two hours go where the group differs: dimensions come from the lowest agreement up, what nobody
answered or what must stay hidden last. The agenda keeps two agreed strengths to begin with, so that
a meeting never opens on what is missing (DOMAIN.md §1.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from appreciation.domain.results import DimensionResult, ItemResult, MeetingResults
from appreciation.domain.wording import CLEAR, OPPOSED, PARTIAL, SHARED, many_do_not_know
from core.disclosure import Suppressed

STRENGTHS_FIRST = 2
MOST_DISCUSSED = 2
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class AgendaPoint:
    """One thing to talk about, and why it is proposed."""

    dimension: DimensionResult
    item: ItemResult
    reason: str

    @property
    def name(self) -> str:
        return self.dimension.name_of(self.item)


@dataclass(frozen=True)
class Agenda:
    """Strengths to begin with, then every opposed item and the most discussed, then doubts."""

    strengths: tuple[AgendaPoint, ...]
    differences: tuple[AgendaPoint, ...]
    unknowns: tuple[AgendaPoint, ...]

    @property
    def points(self) -> tuple[AgendaPoint, ...]:
        return (*self.strengths, *self.differences, *self.unknowns)


def is_unsure(item: ItemResult) -> bool:
    """More than a third do not know: a finding in itself."""
    final = item.final
    if final is None or isinstance(final.distribution, Suppressed):
        return False
    return many_do_not_know(final.distribution.does_not_know, final.distribution.respondents)


def discussion_order(results: MeetingResults) -> tuple[DimensionResult, ...]:
    """Dimensions from the lowest agreement up; hidden then unanswered ones last, as they came."""

    def place(dimension: DimensionResult) -> tuple[int, Fraction]:
        lowest = dimension.lowest_agreement
        if lowest is not None:
            return 0, lowest
        return (1 if dimension.has_answers else 2), Fraction(0)

    return tuple(sorted(results.dimensions, key=place))


def propose_agenda(results: MeetingResults) -> Agenda:
    """Two most agreed strengths, the most discussed items, every opposed one, and the doubts.

    Where more than a third do not know, nothing is a shared strength: it is a doubt, said once.
    """
    points = [(dimension, item) for dimension in results.dimensions for item in dimension.items]
    strengths = sorted(
        (pair for pair in points if _is_agreed_strength(pair[1])),
        key=lambda pair: (_agreement(pair[1]), _relative_median(pair[1])),
        reverse=True,
    )[:STRENGTHS_FIRST]
    differing = sorted(
        (pair for pair in points if _words(pair[1]) in (OPPOSED, SHARED)),
        key=lambda pair: _agreement(pair[1]),
    )
    opposed = [pair for pair in differing if _words(pair[1]) == OPPOSED]
    kept = (
        opposed
        + [pair for pair in differing if pair not in opposed][
            : max(0, MOST_DISCUSSED - len(opposed))
        ]
    )
    unsure = [pair for pair in points if is_unsure(pair[1]) and pair not in kept]
    return Agenda(
        strengths=tuple(AgendaPoint(*pair, "une force partagée") for pair in strengths),
        differences=tuple(AgendaPoint(*pair, _words(pair[1])) for pair in kept),
        unknowns=tuple(AgendaPoint(*pair, "plus du tiers ne sait pas") for pair in unsure),
    )


def _is_agreed_strength(item: ItemResult) -> bool:
    return (
        _words(item) in (CLEAR, PARTIAL) and _relative_median(item) > HALF and not is_unsure(item)
    )


def _words(item: ItemResult) -> str:
    return item.final.agreement_words if item.final else ""


def _agreement(item: ItemResult) -> Fraction:
    known = item.final.agreement if item.final else None
    return Fraction(-1) if known is None else known


def _relative_median(item: ItemResult) -> Fraction:
    known = item.final.median if item.final else None
    return Fraction(0) if known is None else known / len(item.item.levels)
