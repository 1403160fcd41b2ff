"""The map of the answers: the region with a mark per territory, or marks alone in a grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.shapes import SHAPES
from pratiques.domain.queries.outlines import RegionMap
from pratiques.interfaces.catalogue_list import Region

COLUMNS = 3
CELL_WIDTH = 200
CELL_HEIGHT = 190
SCALE = 1.9
GRID = 12
"""Half of the 24 px on which a shape is drawn."""
HEAVY_BELOW = {2: 7, 6: 2}
"""A triangle and a half-disc are wider below: their number stands lower."""
MARGIN = 130
"""Beside the region, for the names of its east."""
BESIDE = 30


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
    width: int
    height: int
    spots: tuple[Spot, ...]
    sources: tuple[str, ...] = ()


def territory_map(regions: Sequence[Region], known: RegionMap | None) -> TerritoryMap:
    """Shape and number say all: areas have one tint, and a larger one does not mean more."""
    if known is None or any(region.code not in known.drawing.areas for region in regions):
        rows = math.ceil(len(regions) / COLUMNS)
        spots = tuple(_in_grid(region, at) for at, region in enumerate(regions))
        return TerritoryMap(CELL_WIDTH * COLUMNS, CELL_HEIGHT * rows, spots)
    return TerritoryMap(
        round(known.drawing.width) + MARGIN,
        round(known.drawing.height),
        _on_region(regions, known),
        known.sources,
    )


def _on_region(regions: Sequence[Region], known: RegionMap) -> tuple[Spot, ...]:
    """Names of the west end at their mark, names of the east begin there: they do not meet."""
    areas = [known.drawing.areas[region.code] for region in regions]
    middle = sum(area.x for area in areas) / len(areas)
    return tuple(
        _spot(
            region,
            area.path,
            (round(area.x), round(area.y)),
            (round(area.x) + (BESIDE if area.x >= middle else -BESIDE), round(area.y) + 8),
            "start" if area.x >= middle else "end",
        )
        for region, area in zip(regions, areas, strict=True)
    )


def _in_grid(region: Region, at: int) -> Spot:
    x = at % COLUMNS * CELL_WIDTH + CELL_WIDTH // 2
    y = at // COLUMNS * CELL_HEIGHT + 72
    return _spot(region, "", (x, y), (x, y + 78), "middle")


def _spot(
    region: Region, area: str, mark: tuple[int, int], name: tuple[int, int], anchor: str
) -> Spot:
    x, y = mark
    return Spot(
        region=region,
        area=area,
        path=SHAPES[region.shape],
        transform=f"translate({x - GRID * SCALE:.1f} {y - GRID * SCALE:.1f}) scale({SCALE})",
        x=x,
        count_y=y + 7 + HEAVY_BELOW.get(region.shape, 0),
        name_x=name[0],
        name_y=name[1],
        anchor=anchor,
    )
