"""A choice made with dots, as a table."""

from __future__ import annotations

from collections.abc import Iterator

from appreciation.domain.ranking import Ranking
from core.csv_export import Value
from core.disclosure import TOO_FEW

DOTS = "points"
"""What the figure is called in an address."""


def ranking_rows(ranking: Ranking) -> Iterator[tuple[Value, ...]]:
    """Headings, then one row per option; one row that says so when too few people chose."""
    counted = ("points",) if ranking.has_counts else ()
    yield ("piste choisie avec des points", "rang", *counted)
    if ranking.is_hidden:
        yield (TOO_FEW,)
    for line in ranking.lines:
        yield (line.text, line.rank, *((line.dots,) if counted else ()))
