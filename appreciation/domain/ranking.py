"""A choice made with dots, ranked: frozen, without a database, cleared by `domain.dots`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from core.disclosure import enough_people

TOO_FEW = "Trop peu de personnes ont choisi: rien n’est montré."


@dataclass(frozen=True)
class RankedOption:
    """`dots` is None where only the order leaves."""

    rank: int
    text: str
    dots: int | None
    is_tied: bool


@dataclass(frozen=True)
class Ranking:
    """`lines` is empty and `is_hidden` true when too few people chose: then nothing else is said.

    `floor`: the smallest number of people that k is compared with, never shown.
    """

    lines: tuple[RankedOption, ...]
    phones: int
    from_poster: int
    is_hidden: bool
    floor: int | None = None

    @property
    def has_counts(self) -> bool:
        return any(line.dots is not None for line in self.lines)

    @property
    def sentence(self) -> str:
        """What comes first, ties said."""
        if self.is_hidden:
            return TOO_FEW
        first = [line for line in self.lines if line.rank == 1]
        dots = first[0].dots
        told = "" if dots is None else f", avec {dots} point{'s' if dots > 1 else ''}"
        names = [f"« {line.text.rstrip('.')} »" for line in first]
        if len(first) == 1:
            return f"{names[0]} vient en premier{told}."
        each = f"{told} chacune" if told else ""
        return f"{', '.join(names[:-1])} et {names[-1]} sont à égalité{each}."


HIDDEN = Ranking(lines=(), phones=0, from_poster=0, is_hidden=True)


def rank_options(totals: Sequence[tuple[str, int]]) -> tuple[RankedOption, ...]:
    """Most dots first; the same dots, the same rank; the order of the poster between them."""
    values = [dots for _, dots in totals]
    lines = [
        RankedOption(
            rank=1 + sum(other > dots for other in values),
            text=text,
            dots=dots,
            is_tied=values.count(dots) > 1,
        )
        for text, dots in totals
    ]
    return tuple(sorted(lines, key=lambda line: line.rank))


def without_counts(ranking: Ranking) -> Ranking:
    """The order alone, for the level that counts nothing."""
    lines = tuple(replace(line, dots=None) for line in ranking.lines)
    return replace(ranking, lines=lines, phones=0, from_poster=0)


def ranking_to_snapshot(ranking: Ranking) -> dict[str, Any]:
    return asdict(ranking) | {"lines": [asdict(line) for line in ranking.lines]}


def ranking_from_snapshot(stored: Mapping[str, Any], *, k: int) -> Ranking:
    """The ranking that was published, or nothing of it once k was raised over its people."""
    if stored["is_hidden"] or not enough_people(stored["floor"], k=k):
        return HIDDEN
    lines = tuple(RankedOption(**line) for line in stored["lines"])
    return Ranking(**{**stored, "lines": lines})
