"""The whole table of a meeting for the spreadsheet: every vote, and the figures no screen shows.

Formulas: DOMAIN.md §7.1. Only answers that the audience may see are in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from appreciation.domain import statistics
from appreciation.domain.results import ItemResult, MeetingResults, RoundResult
from core.csv_export import Value
from core.disclosure import TOO_FEW, Suppressed

HEADINGS_BEFORE = ("dimension", "code", "énoncé", "vote", "nombre de niveaux")
HEADINGS_AFTER = (
    "ne sait pas",
    "ont répondu",
    "médiane",
    "médiane en mots",
    "médiane interpolée",
    "premier quartile",
    "troisième quartile",
    "accord A",
    "accord en mots",
    "polarisation",
    "dispersion de Leik",
    "consensus de Tastle et Wierman",
    "niveau convenu",
    "niveau convenu en mots",
    "pourquoi",
    "ce que certains voient autrement",
)


def results_rows(results: MeetingResults, *, source: str) -> Iterator[tuple[Value, ...]]:
    """Headings, one row per item and vote, then the source."""
    widest = max((len(item.item.levels) for item in results.items), default=0)
    levels = tuple(f"niveau {level}" for level in range(1, widest + 1))
    yield (*HEADINGS_BEFORE, *levels, *HEADINGS_AFTER)
    for dimension in results.dimensions:
        for item in dimension.items:
            for round_ in item.rounds or (None,):
                yield _row(dimension.dimension.title, item, round_, widest)
    yield ("source", source)


def _row(
    dimension: str, item: ItemResult, round_: RoundResult | None, widest: int
) -> tuple[Value, ...]:
    before: tuple[Value, ...] = (
        dimension,
        item.item.code,
        item.item.text,
        round_.number if round_ else None,
        len(item.item.levels),
    )
    return (*before, *_answers(round_, widest), *_agreed(item, round_))


def _answers(round_: RoundResult | None, widest: int) -> tuple[Value, ...]:
    hollow: tuple[Value, ...] = (None,) * (widest + 12)
    if round_ is None:
        return hollow
    distribution = round_.distribution
    if isinstance(distribution, Suppressed):
        return (TOO_FEW, *hollow[1:])
    levels = distribution.levels
    quartiles = statistics.quartiles(levels) or (None, None)
    return (
        *levels,
        *(None,) * (widest - len(levels)),
        distribution.does_not_know,
        distribution.respondents,
        round_.median,
        round_.median_words,
        statistics.interpolated_median(levels),
        *quartiles,
        round_.agreement,
        round_.agreement_words,
        statistics.polarisation(levels),
        statistics.leik(levels),
        statistics.consensus(levels),
    )


def _agreed(item: ItemResult, round_: RoundResult | None) -> tuple[Value, ...]:
    """The group's statement stands on the last vote only."""
    if item.agreed is None or (round_ is not None and round_ is not item.final):
        return (None,) * 4
    agreed = item.agreed
    return agreed.level, agreed.label, agreed.reason, agreed.dissent
