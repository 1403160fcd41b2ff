"""One dot per person: shows that a distribution is people, and how few they are."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from core.charts.figure import Chart, Outward, Table, check_outward, count_cells, spoken, svg_number
from core.charts.scale import LevelScale
from core.disclosure import Suppressed

COLUMN = 100.0
"""Width of a level's column, in drawing units."""
ROOM = 84.0
"""Part of a column that dots may fill; the marker of the agreed level stands in the rest."""
LARGEST_STEP = 14.0
"""Units between two dots when they are few."""
DOTS_ACROSS = 6
MARGIN = 6.0


@dataclass(frozen=True, kw_only=True)
class DotRow:
    label: str
    distribution: Outward
    agreed_level: int | None = None

    def __post_init__(self) -> None:
        check_outward(self.distribution)


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    css_class: str


@dataclass(frozen=True)
class DotLine:
    """A drawn row. `agreed_x` is the left of the agreed level's marker, empty without one."""

    label: str
    agreed: str
    spoken: str
    dots: tuple[Dot, ...]
    agreed_x: str
    is_suppressed: bool


@dataclass(frozen=True, kw_only=True)
class DotPlot(Chart):
    template_name: ClassVar[str] = "charts/dot_plot.html"

    scale: LevelScale
    rows: tuple[DotRow, ...]
    row_heading: str = "Dimension"

    def __post_init__(self) -> None:
        super().__post_init__()
        for row in self.rows:
            check_outward(row.distribution, len(self.scale))
            self.scale.label_of(row.agreed_level)

    @property
    def has_agreed_levels(self) -> bool:
        return any(row.agreed_level for row in self.rows)

    @property
    def column_count(self) -> int:
        return len(self.scale) + 1

    @property
    def width(self) -> str:
        return svg_number(COLUMN * self.column_count)

    @property
    def height(self) -> str:
        return svg_number(self._height)

    @property
    def middle_y(self) -> str:
        return svg_number(self._height / 2)

    @property
    def axes(self) -> tuple[str, ...]:
        """Where the middle of each column stands, « ne sait pas » last."""
        return tuple(svg_number(_middle(column)) for column in range(self.column_count))

    @property
    def radius(self) -> str:
        return svg_number(self._step * 0.42)

    @cached_property
    def lines(self) -> tuple[DotLine, ...]:
        return tuple(self._line(row) for row in self.rows)

    def table(self) -> Table:
        headers = (self.row_heading, *self.scale.labels, self.scale.unknown_label)
        rows = ((row.label, *count_cells(row.distribution, self.scale)) for row in self.rows)
        return Table(headers, tuple(rows))

    @cached_property
    def _largest(self) -> int:
        counts = (count_cells(row.distribution, self.scale) for row in self.rows)
        return max((count for row in counts for count in row if isinstance(count, int)), default=0)

    @cached_property
    def _across(self) -> int:
        """Dots side by side: more when a column holds a crowd, so that rows stay low."""
        return max(DOTS_ACROSS, math.ceil(math.sqrt(self._largest * 1.6)))

    @cached_property
    def _step(self) -> float:
        return min(LARGEST_STEP, ROOM / self._across)

    @cached_property
    def _height(self) -> float:
        lines = max(1, math.ceil(self._largest / self._across))
        return lines * self._step + 2 * MARGIN

    def _line(self, row: DotRow) -> DotLine:
        agreed = self.scale.label_of(row.agreed_level)
        counts = count_cells(row.distribution, self.scale)
        dots = tuple(
            dot
            for column, count in enumerate(counts)
            if isinstance(count, int)
            for dot in self._dots(column, count)
        )
        marker = _middle(row.agreed_level - 1) + COLUMN / 2 - 9 if row.agreed_level else None
        return DotLine(
            label=row.label,
            agreed=agreed,
            spoken=spoken(row.label, row.distribution, self.scale, agreed),
            dots=dots,
            agreed_x="" if marker is None else svg_number(marker),
            is_suppressed=isinstance(row.distribution, Suppressed),
        )

    def _dots(self, column: int, count: int) -> tuple[Dot, ...]:
        """The people of one column, centred, line after line."""
        lines = math.ceil(count / self._across)
        top = (self._height - (lines - 1) * self._step) / 2
        css_class = "dot-unknown" if column == len(self.scale) else "dot"
        dots = []
        for index in range(count):
            line, place = divmod(index, self._across)
            in_line = min(self._across, count - line * self._across)
            x = _middle(column) + (place - (in_line - 1) / 2) * self._step
            dots.append(Dot(svg_number(x), svg_number(top + line * self._step), css_class))
        return tuple(dots)


def _middle(column: int) -> float:
    return (column + 0.5) * COLUMN
