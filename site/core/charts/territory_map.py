"""A map of counts: the region with a mark per territory, or marks alone in a grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.outline_map import Area, OutlineMap
from core.shapes import SHAPES

COLUMNS = 3
CELL_WIDTH = 200
CELL_HEIGHT = 190
SCALE = 1.9
SMALL = 0.8
"""Of many territories: marks must not cover each other."""
MOST_NAMED = 12
"""Beyond, names would cover each other: they are read in the table, and in each mark's own."""
GRID = 12
"""Half of the 24 px on which a shape is drawn."""
HEAVY_BELOW = {2: 7, 6: 2}
"""A triangle and a half-disc are wider below: their number stands lower."""
MARGIN = 130
"""Beside the region, for the names of its east."""
BESIDE = 30


@dataclass(frozen=True)
class Region:
    """A territory on the map: how many answers it has, and the address that lists them."""

    code: str
    name: str
    shape: int
    count: int
    url: str


@dataclass(frozen=True)
class Spot:
    """`area`: the outline; "" in a grid. `anchor`: the end of its name at (name_x, name_y)."""

    region: Region
    area: str
    path: str
    transform: str
    x: int
    count_y: int
    name_x: int
    name_y: int
    anchor: str


@dataclass(frozen=True)
class TerritoryMap:
    """`has_names`: drawn beside their marks."""

    width: int
    height: int
    spots: tuple[Spot, ...]
    sources: tuple[str, ...] = ()
    has_names: bool = True

    @property
    def total(self) -> int:
        return sum(spot.region.count for spot in self.spots)

    @property
    def spoken(self) -> str:
        """What the map shows, for whoever does not see it."""
        return "; ".join(f"{spot.region.name}, {spot.region.count}" for spot in self.spots)


def territory_map(
    regions: Sequence[Region], drawing: OutlineMap | None, sources: tuple[str, ...]
) -> TerritoryMap:
    """Shape and number say all: areas have one tint, and a larger one does not mean more."""
    if drawing is None or any(region.code not in drawing.areas for region in regions):
        rows = math.ceil(len(regions) / COLUMNS)
        spots = tuple(_in_grid(region, at) for at, region in enumerate(regions))
        return TerritoryMap(CELL_WIDTH * COLUMNS, CELL_HEIGHT * rows, spots)
    has_names = len(regions) <= MOST_NAMED
    return TerritoryMap(
        round(drawing.width) + (MARGIN if has_names else 0),
        round(drawing.height),
        _on_region(regions, drawing, SCALE if has_names else SMALL),
        sources,
        has_names,
    )


def _on_region(regions: Sequence[Region], drawing: OutlineMap, scale: float) -> tuple[Spot, ...]:
    """Names of the west end at their mark, names of the east begin there: they do not meet."""
    areas = [drawing.areas[region.code] for region in regions]
    middle = sum(area.x for area in areas) / len(areas)
    return tuple(
        _spot(region, area.path, _mark(area), _name(area, middle), scale=scale)
        for region, area in zip(regions, areas, strict=True)
    )


def _mark(area: Area) -> tuple[int, int]:
    return round(area.x), round(area.y)


def _name(area: Area, middle: float) -> tuple[int, int, str]:
    is_east = area.x >= middle
    beside = BESIDE if is_east else -BESIDE
    return round(area.x) + beside, round(area.y) + 8, "start" if is_east else "end"


def _in_grid(region: Region, at: int) -> Spot:
    x = at % COLUMNS * CELL_WIDTH + CELL_WIDTH // 2
    y = at // COLUMNS * CELL_HEIGHT + 72
    return _spot(region, "", (x, y), (x, y + 78, "middle"))


def _spot(
    region: Region,
    area: str,
    mark: tuple[int, int],
    name: tuple[int, int, str],
    *,
    scale: float = SCALE,
) -> Spot:
    x, y = mark
    half = GRID * scale
    return Spot(
        region=region,
        area=area,
        path=SHAPES[region.shape],
        transform=f"translate({x - half:.1f} {y - half:.1f}) scale({scale})",
        x=x,
        count_y=y + round((7 + HEAVY_BELOW.get(region.shape, 0)) * scale / SCALE),
        name_x=name[0],
        name_y=name[1],
        anchor=name[2],
    )
