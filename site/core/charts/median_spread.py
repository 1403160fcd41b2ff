"""Medians of communities as marks on a scale, one line per dimension: a spread, never a mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from math import ceil
from typing import ClassVar

from core.charts.figure import Cell, Chart, Table, check_outward, svg_number
from core.disclosure import DisclosedDistribution, Suppressed
from core.shapes import SHAPES
from core.typography import NBSP, fr_number

WIDTH = 420.0
EDGE = 34.0
"""Units on each side, so that a pile on the first or the last level stays inside."""
STEP = 13.0
"""Units between two marks."""
MOST_LINES = 4
"""Marks over one another; beyond, a number stands for a pile."""
SHAPE_SIZE = 12.0
"""Of a mark: shapes are drawn on a grid of 24."""
LEFT_OVER = "sans territoire dit"


@dataclass(frozen=True, kw_only=True)
class SpreadGroup:
    """Where communities belong; `shape` is one of `core.shapes`, None for a ring."""

    name: str
    shape: int | None = None


@dataclass(frozen=True, kw_only=True)
class SpreadPoint:
    """A community. Its median comes from answers that may leave; hidden ones are only counted."""

    group: str
    distribution: DisclosedDistribution | Suppressed
    median: Fraction | None = None

    def __post_init__(self) -> None:
        check_outward(self.distribution)
        if isinstance(self.distribution, Suppressed) and self.median is not None:
            raise ValueError("Des réponses masquées n’ont pas de médiane à montrer.")


@dataclass(frozen=True, kw_only=True)
class SpreadRow:
    label: str
    points: tuple[SpreadPoint, ...]

    @property
    def shown(self) -> tuple[tuple[str, Fraction], ...]:
        return tuple((each.group, each.median) for each in self.points if each.median is not None)

    @property
    def hidden(self) -> int:
        return sum(isinstance(each.distribution, Suppressed) for each in self.points)


@dataclass(frozen=True)
class Mark:
    """`transform` places a shape; a ring has `x` and `y` alone, and so has a number."""

    x: str
    y: str
    shape: int | None
    path: str
    transform: str
    number: int = 0


@dataclass(frozen=True)
class SpreadLine:
    label: str
    words: str
    spoken: str
    marks: tuple[Mark, ...]
    height: str
    base: str


@dataclass(frozen=True, kw_only=True)
class MedianSpread(Chart):
    """`labels` name the levels from the lowest. `groups` are in the order of the legend and of the
    marks, by name: nothing is ranked.
    """

    template_name: ClassVar[str] = "charts/median_spread.html"

    labels: tuple[str, ...]
    groups: tuple[SpreadGroup, ...]
    rows: tuple[SpreadRow, ...]
    row_heading: str = "Dimension"

    def __post_init__(self) -> None:
        super().__post_init__()
        known = {group.name for group in self.groups}
        for row in self.rows:
            for point in row.points:
                check_outward(point.distribution, len(self.labels))
                if point.group not in known:
                    raise ValueError(f"Groupe inconnu: {point.group!r}.")
                if point.median is not None and not 1 <= point.median <= len(self.labels):
                    raise ValueError("Une médiane est hors de l’échelle.")

    @property
    def width(self) -> str:
        return svg_number(WIDTH)

    @property
    def axis(self) -> tuple[str, str]:
        return svg_number(EDGE), svg_number(WIDTH - EDGE)

    @property
    def ticks(self) -> tuple[tuple[str, int], ...]:
        levels = range(1, len(self.labels) + 1)
        return tuple((svg_number(self._x(Fraction(level))), level) for level in levels)

    @property
    def legend(self) -> tuple[tuple[str, int | None, str], ...]:
        """Name, shape and its drawing, of the groups that have a mark."""
        seen = {name for row in self.rows for name, _ in row.shown}
        return tuple(
            (group.name or LEFT_OVER, group.shape, SHAPES[group.shape] if group.shape else "")
            for group in self.groups
            if group.name in seen
        )

    @cached_property
    def lines(self) -> tuple[SpreadLine, ...]:
        return tuple(self._line(row) for row in self.rows)

    @cached_property
    def is_crowded(self) -> bool:
        """Whether numbers stand for piles."""
        most = max((most for row in self.rows for _, most in _piles(row)), default=0)
        return most > self._across * MOST_LINES

    def table(self) -> Table:
        names = [group.name for group in self.groups]
        headers = (self.row_heading, *(name or LEFT_OVER for name in names), "masquées")
        rows: list[tuple[Cell, ...]] = []
        for row in self.rows:
            cells = (_medians_of(row, name) or "aucune" for name in names)
            rows.append((row.label, *cells, row.hidden))
        return Table(headers, tuple(rows))

    @property
    def _across(self) -> int:
        half_level = (WIDTH - 2 * EDGE) / (len(self.labels) - 1) / 2
        return max(1, int(half_level // STEP))

    def _x(self, value: Fraction) -> float:
        return EDGE + float(value - 1) / (len(self.labels) - 1) * (WIDTH - 2 * EDGE)

    def _line(self, row: SpreadRow) -> SpreadLine:
        order = {group.name: place for place, group in enumerate(self.groups)}
        shapes = {group.name: group.shape for group in self.groups}
        shown = sorted(row.shown, key=lambda each: (each[1], order[each[0]]))
        piles = [
            (value, [shapes[name] for name, _ in pile])
            for value, pile in groupby(shown, key=lambda each: each[1])
        ]
        tallest = max((len(pile) for _, pile in piles), default=1)
        lines = 1 if self.is_crowded else ceil(tallest / self._across)
        height = lines * STEP + STEP * (1.6 if self.is_crowded else 0.6)
        base = height - STEP * 0.3
        marks = (mark for value, pile in piles for mark in self._pile(self._x(value), base, pile))
        words = self._words(row)
        return SpreadLine(
            label=row.label,
            words=words,
            spoken=f"{row.label}. {words}",
            marks=tuple(marks),
            height=svg_number(height),
            base=svg_number(base),
        )

    def _words(self, row: SpreadRow) -> str:
        """« Les Chenaux 3; Mékinac 2, 3 (2 fois). Deux masquées. »"""
        told = ((group.name or LEFT_OVER, _medians_of(row, group.name)) for group in self.groups)
        words = "; ".join(f"{name}{NBSP}: {medians}" for name, medians in told if medians)
        ending = "." if words else "Aucune médiane ne peut être montrée."
        plural = "s" if row.hidden > 1 else ""
        return f"{words}{ending}" + (f" Masquée{plural}{NBSP}: {row.hidden}." if row.hidden else "")

    def _pile(self, x: float, base: float, shapes: list[int | None]) -> Iterator[Mark]:
        if self.is_crowded:
            yield Mark(svg_number(x), svg_number(base - STEP), None, "", "", number=len(shapes))
            return
        for index, shape in enumerate(shapes):
            line, place = divmod(index, self._across)
            in_line = min(self._across, len(shapes) - line * self._across)
            yield _mark(x + (place - (in_line - 1) / 2) * STEP, base - (line + 0.5) * STEP, shape)


def _mark(x: float, y: float, shape: int | None) -> Mark:
    half = SHAPE_SIZE / 2
    moved = f"translate({svg_number(x - half)} {svg_number(y - half)}) scale({SHAPE_SIZE / 24:g})"
    path = SHAPES[shape] if shape else ""
    return Mark(svg_number(x), svg_number(y), shape, path, moved if shape else "")


def _piles(row: SpreadRow) -> Iterable[tuple[Fraction, int]]:
    return Counter(value for _, value in row.shown).items()


def _medians_of(row: SpreadRow, group: str) -> str:
    counted = Counter(value for name, value in row.shown if name == group)
    return ", ".join(
        fr_number(value) if times == 1 else f"{fr_number(value)} ({times}{NBSP}fois)"
        for value, times in sorted(counted.items())
    )
