"""Outlines of places as paths for an SVG: longitudes and latitudes to units of a drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Area:
    """`x`, `y`: where to put a mark, in the middle of the largest piece."""

    path: str
    x: float
    y: float


@dataclass(frozen=True)
class OutlineMap:
    width: float
    height: float
    areas: dict[str, Area]


def outline_map(outlines: Mapping[str, Mapping[str, Any]], *, width: float) -> OutlineMap | None:
    """GeoJSON polygons on one drawing, north up, true to shape in the middle; None for none.

    Holes are left out: at the size of a region they are lakes of a point.
    """
    rings = {name: _outer_rings(geometry) for name, geometry in outlines.items()}
    points = [point for each in rings.values() for ring in each for point in ring]
    if not points or not all(rings.values()):
        return None
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    unit = width / ((east - west) * squeeze)

    def place(ring: Ring) -> Ring:
        return [((x - west) * squeeze * unit, (north - y) * unit) for x, y in ring]

    drawn = {name: [place(ring) for ring in each] for name, each in rings.items()}
    return OutlineMap(
        width, (north - south) * unit, {name: _area(each) for name, each in drawn.items()}
    )


def _outer_rings(geometry: Mapping[str, Any]) -> list[Ring]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates") or []
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if kind not in ("Polygon", "MultiPolygon"):
        return []
    return [[(point[0], point[1]) for point in polygon[0]] for polygon in polygons]


def _area(rings: list[Ring]) -> Area:
    x, y = _middle(max(rings, key=lambda ring: abs(_twice_the_area(ring))))
    return Area("".join(f"M{_line(ring[:-1])}Z" for ring in rings), round(x, 1), round(y, 1))


def _line(ring: Iterable[Point]) -> str:
    """Whole units: finer than a screen shows; a point where the last one was is not drawn."""
    whole = [f"{x:.0f} {y:.0f}" for x, y in ring]
    return "L".join(one for one, before in zip(whole, ["", *whole], strict=False) if one != before)


def _twice_the_area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def _middle(ring: Ring) -> Point:
    """The centre of gravity of a closed ring; of its points where it has no area."""
    twice = _twice_the_area(ring)
    if not twice:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        part = x1 * y2 - x2 * y1
        x += (x1 + x2) * part
        y += (y1 + y2) * part
    return x / (3 * twice), y / (3 * twice)
