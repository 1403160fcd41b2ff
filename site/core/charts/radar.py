"""The turn of all dimensions at one glance: second to the bars, open where nothing is agreed."""

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import ClassVar

from core.charts.figure import HIDDEN, Chart, Outward, Table, check_outward, svg_number
from core.charts.scale import LevelScale
from core.disclosure import Suppressed

FEWEST_AXES = 3
RADIUS = 200.0
WIDTH, HEIGHT = 760.0, 540.0
CENTRE_X, CENTRE_Y = WIDTH / 2, HEIGHT / 2
LABEL_DISTANCE = 24.0
SIDE = 0.2
"""A label whose axis leans less than this (cosine) is centred over or under its end."""


@dataclass(frozen=True, kw_only=True)
class RadarAxis:
    """One dimension. `median` (in levels) is dropped when the answers are suppressed."""

    label: str
    distribution: Outward
    median: Fraction | None
    agreed_level: int | None = None

    def __post_init__(self) -> None:
        check_outward(self.distribution)
        if isinstance(self.distribution, Suppressed):
            object.__setattr__(self, "median", None)


@dataclass(frozen=True)
class Spoke:
    """A drawn axis, its end, its label, and its point (`mark`: agreed, median, loose or none)."""

    number: int
    label: str
    end_x: str
    end_y: str
    label_x: str
    label_y: str
    anchor: str
    mark: str
    x: str
    y: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Radar(Chart):
    """The line joins agreed levels and opens where the group agreed on none (a loose dot is the
    median there). Before any agreement it joins the medians, and opens where there is none.
    """

    template_name: ClassVar[str] = "charts/radar.html"

    scale: LevelScale
    axes: tuple[RadarAxis, ...]
    row_heading: str = "Dimension"

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.axes) < FEWEST_AXES:
            raise ValueError(f"Un radar a au moins {FEWEST_AXES} dimensions.")
        for axis in self.axes:
            check_outward(axis.distribution, len(self.scale))
            self.scale.label_of(axis.agreed_level)

    @property
    def has_agreed_levels(self) -> bool:
        return any(axis.agreed_level for axis in self.axes)

    @property
    def has_loose_points(self) -> bool:
        return any(spoke.mark == "loose" for spoke in self.spokes)

    @property
    def view_box(self) -> str:
        return f"0 0 {svg_number(WIDTH)} {svg_number(HEIGHT)}"

    @property
    def centre(self) -> tuple[str, str]:
        return svg_number(CENTRE_X), svg_number(CENTRE_Y)

    @property
    def rings(self) -> tuple[tuple[int, str], ...]:
        """Each level and the polygon it draws across the axes."""
        return tuple((level, self._polygon(level)) for level in range(1, len(self.scale) + 1))

    @property
    def ring_labels(self) -> tuple[tuple[int, str], ...]:
        """Level numbers, and their height on the first axis."""
        return tuple(
            (level, svg_number(self._point(0, level)[1])) for level in range(1, len(self.scale) + 1)
        )

    @cached_property
    def spokes(self) -> tuple[Spoke, ...]:
        return tuple(self._spoke(index, axis) for index, axis in enumerate(self.axes))

    @property
    def is_closed(self) -> bool:
        return all(self._is_joined(axis) for axis in self.axes)

    @property
    def path(self) -> str:
        """The line in SVG, between joined neighbours; closed only if none is missing."""
        count = len(self.axes)
        joined = [self._is_joined(axis) for axis in self.axes]
        points = [f"{spoke.x} {spoke.y}" for spoke in self.spokes]
        if all(joined):
            return f"M{' L'.join(points)}Z"
        steps = []
        for index in range(count):
            following = (index + 1) % count
            if joined[index] and joined[following]:
                steps.append(f"M{points[index]} L{points[following]}")
        return " ".join(steps)

    @property
    def spoken(self) -> str:
        return ". ".join(f"{spoke.label}\N{NO-BREAK SPACE}: {spoke.value}" for spoke in self.spokes)

    def table(self) -> Table:
        return Table(
            (self.row_heading, "Médiane", "Niveau convenu"),
            tuple(
                (
                    axis.label,
                    _median_cell(axis),
                    self.scale.label_of(axis.agreed_level) or "aucun",
                )
                for axis in self.axes
            ),
        )

    def _is_joined(self, axis: RadarAxis) -> bool:
        return bool(axis.agreed_level) if self.has_agreed_levels else axis.median is not None

    def _mark(self, axis: RadarAxis) -> str:
        if axis.agreed_level:
            return "agreed"
        if axis.median is None:
            return "none"
        return "loose" if self.has_agreed_levels else "median"

    def _spoke(self, index: int, axis: RadarAxis) -> Spoke:
        end = self._point(index, len(self.scale))
        lean = math.sin(self._angle(index))
        value = axis.agreed_level or axis.median
        x, y = self._point(index, value or 0)
        label_x = CENTRE_X + (RADIUS + LABEL_DISTANCE) * lean
        label_y = CENTRE_Y - (RADIUS + LABEL_DISTANCE) * math.cos(self._angle(index))
        return Spoke(
            number=index + 1,
            label=axis.label,
            end_x=svg_number(end[0]),
            end_y=svg_number(end[1]),
            label_x=svg_number(label_x),
            label_y=svg_number(label_y),
            anchor="middle" if abs(lean) < SIDE else ("start" if lean > 0 else "end"),
            mark=self._mark(axis),
            x=svg_number(x),
            y=svg_number(y),
            value=self._value_in_words(axis),
        )

    def _value_in_words(self, axis: RadarAxis) -> str:
        if axis.agreed_level:
            return f"{self.scale.label_of(axis.agreed_level)}, niveau convenu"
        if axis.median is None:
            return _median_cell(axis)
        return f"médiane {_french(axis.median)}, pas de niveau convenu"

    def _angle(self, index: int) -> float:
        """From the top, clockwise, in radians."""
        return 2 * math.pi * index / len(self.axes)

    def _point(self, index: int, value: float | Fraction) -> tuple[float, float]:
        distance = RADIUS * float(value) / len(self.scale)
        angle = self._angle(index)
        return CENTRE_X + distance * math.sin(angle), CENTRE_Y - distance * math.cos(angle)

    def _polygon(self, level: int) -> str:
        points = (self._point(index, level) for index in range(len(self.axes)))
        return " ".join(f"{svg_number(x)},{svg_number(y)}" for x, y in points)


def _french(value: Fraction) -> str:
    return svg_number(float(value)).replace(".", ",")


def _median_cell(axis: RadarAxis) -> str:
    if isinstance(axis.distribution, Suppressed):
        return HIDDEN
    return "aucune réponse" if axis.median is None else _french(axis.median)
