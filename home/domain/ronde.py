"""The ronde: territories in a circle, the number of published démarches in the middle."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from core.shapes import SHAPES, shapes_for, short_name

CENTRE = (300, 290)
RADIUS = 212
FULL_SCALE = 4.7
SMALLEST_SCALE = 1.8
COMFORTABLE = 6
"""Up to six shapes keep their full size; more of them shrink."""

TILTS = {1: 73, 2: 32, 3: 58, 4: 0, 5: -2, 6: 148}


@dataclass(frozen=True)
class Stop:
    """One territory on the circle. `transform` places its 24 px shape."""

    name: str
    code: str
    count: int
    shape: int
    path: str
    x: int
    y: int
    label_y: int
    transform: str

    @property
    def label(self) -> str:
        return short_name(self.name)

    @property
    def spoken(self) -> str:
        return f"{self.label}, {self.count} démarche{'s' if self.count > 1 else ''}"


def ronde(territories: Iterable[tuple[str, str, int]]) -> list[Stop]:
    """Stops clockwise from the top for (name, code, number of démarches), in the mark's order."""
    rows = sorted(territories)
    shaped = sorted(zip(shapes_for([row[0] for row in rows]), rows, strict=True), key=_by_shape)
    scale = round(max(SMALLEST_SCALE, FULL_SCALE * min(1, COMFORTABLE / max(1, len(rows)))), 2)
    return [
        _stop(row, shape, turn=index / len(shaped), scale=scale)
        for index, (shape, row) in enumerate(shaped)
    ]


def _by_shape(pair: tuple[int, tuple[str, str, int]]) -> int:
    return pair[0]


def _stop(row: tuple[str, str, int], shape: int, *, turn: float, scale: float) -> Stop:
    name, code, count = row
    angle = 2 * math.pi * turn - math.pi / 2
    x = round(CENTRE[0] + RADIUS * math.cos(angle))
    y = round(CENTRE[1] + RADIUS * math.sin(angle))
    return Stop(
        name=name,
        code=code,
        count=count,
        shape=shape,
        path=SHAPES[shape],
        x=x,
        y=y,
        label_y=y + round(18 * scale),
        transform=f"translate({x} {y}) rotate({TILTS[shape]}) scale({scale}) translate(-12 -12)",
    )
