"""The same figure of one place at each edition: from zero, broken where limits changed."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import ClassVar

from core.charts.figure import Cell, Chart, Table, svg_number

LEFT, RIGHT, TOP, BOTTOM = 12.0, 388.0, 32.0, 124.0
"""Of a drawing 400 by 150: on a phone it is about as large as drawn."""
FEWEST = 2
NOT_COMPARABLE = "comparaison impossible avec ce qui précède"


@dataclass(frozen=True, kw_only=True)
class EditionPoint:
    """`moment` is the year, with months as a part of it. `is_break`: the limits changed before."""

    label: str
    moment: Decimal
    value: Decimal | None
    words: str
    is_break: bool = False


@dataclass(frozen=True)
class DrawnPoint:
    label: str
    words: str
    x: str
    y: str
    text_y: str
    anchor: str
    """Where its words stand: the first and the last are labelled, the table has them all."""


@dataclass(frozen=True, kw_only=True)
class Editions(Chart):
    template_name: ClassVar[str] = "charts/editions.html"

    points: tuple[EditionPoint, ...]
    value_heading: str = "Valeur"

    def __post_init__(self) -> None:
        super().__post_init__()
        if len([point for point in self.points if point.value is not None]) < FEWEST:
            raise ValueError("Il faut deux éditions pour montrer un changement.")

    @cached_property
    def drawn(self) -> tuple[DrawnPoint, ...]:
        shown = [point for point in self.points if point.value is not None]
        anchors = {0: "start", len(shown) - 1: "end"}
        return tuple(
            DrawnPoint(
                point.label,
                point.words,
                svg_number(self._x(point)),
                svg_number(self._y(point)),
                svg_number(self._y(point) - 12),
                anchors.get(index, ""),
            )
            for index, point in enumerate(shown)
        )

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """One path per run of comparable editions."""
        runs: list[list[str]] = [[]]
        for point in self.points:
            if point.is_break or point.value is None:
                runs.append([])
            if point.value is not None:
                runs[-1].append(f"{svg_number(self._x(point))},{svg_number(self._y(point))}")
        return tuple(" ".join(run) for run in runs if len(run) > 1)

    @property
    def spoken(self) -> str:
        return "; ".join(f"{point.label}\N{NO-BREAK SPACE}: {point.words}" for point in self.points)

    def table(self) -> Table:
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (point.label, f"{point.words}, {NOT_COMPARABLE}" if point.is_break else point.words)
            for point in self.points
        )
        return Table(("Période", self.value_heading), rows)

    def _x(self, point: EditionPoint) -> float:
        moments = [each.moment for each in self.points]
        span = float(max(moments) - min(moments)) or 1.0
        return LEFT + float(point.moment - min(moments)) / span * (RIGHT - LEFT)

    def _y(self, point: EditionPoint) -> float:
        values = [0.0, *(float(each.value) for each in self.points if each.value is not None)]
        low, high = min(values), max(values)
        share = (float(point.value or 0) - low) / ((high - low) or 1.0)
        return BOTTOM - share * (BOTTOM - TOP)
