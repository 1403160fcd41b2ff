"""The distribution of one item in columns, sized for the back row of a hall."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from core.charts.figure import Chart, Outward, Table, check_outward, count_cells, spoken, svg_number
from core.charts.scale import LevelScale
from core.disclosure import Suppressed

TALLEST = 78.0
"""Per cent of the height that the tallest column fills: its number stands above it."""
FLAT = 1.0
"""Per cent of the height drawn for nobody, so that the column's place is seen."""


@dataclass(frozen=True)
class Column:
    """`y` and `height` are percentages of the drawing, from its top."""

    label: str
    count: int
    css_class: str
    y: str
    height: str
    is_agreed: bool


@dataclass(frozen=True, kw_only=True)
class ProjectionColumns(Chart):
    """One item, or one dimension, on the wall. `title` is the statement that was appraised."""

    template_name: ClassVar[str] = "charts/projection_columns.html"

    scale: LevelScale
    distribution: Outward
    agreed_level: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        check_outward(self.distribution, len(self.scale))
        self.scale.label_of(self.agreed_level)

    @property
    def is_suppressed(self) -> bool:
        return isinstance(self.distribution, Suppressed)

    @property
    def spoken(self) -> str:
        agreed = self.scale.label_of(self.agreed_level)
        return spoken(self.title, self.distribution, self.scale, agreed)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """One column per level, then « ne sait pas »; none when the answers are suppressed."""
        if isinstance(self.distribution, Suppressed):
            return ()
        counts = (*self.distribution.levels, self.distribution.does_not_know)
        per_person = TALLEST / max(1, *counts)
        return tuple(
            self._column(position, count, max(FLAT, count * per_person))
            for position, count in enumerate(counts, 1)
        )

    def table(self) -> Table:
        headers = ("Énoncé", *self.scale.labels, self.scale.unknown_label)
        return Table(headers, ((self.title, *count_cells(self.distribution, self.scale)),))

    def _column(self, position: int, count: int, height: float) -> Column:
        is_level = position <= len(self.scale)
        return Column(
            label=self.scale.label_of(position) if is_level else self.scale.unknown_label,
            count=count,
            css_class=self.scale.css_class(position) if is_level else "lvl-unknown",
            y=svg_number(100 - height),
            height=svg_number(height),
            is_agreed=position == self.agreed_level,
        )
