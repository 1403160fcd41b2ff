"""The map of the answers: a shape per territory, larger where there are more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.shapes import SHAPES
from pratiques.interfaces.catalogue_list import Region

COLUMNS = 3
CELL_WIDTH = 200
CELL_HEIGHT = 190
LARGEST = 4.6
SMALLEST = 1.5
GRID = 12
"""Half of the 24 px on which a shape is drawn."""


@dataclass(frozen=True)
class Spot:
    region: Region
    path: str
    transform: str
    x: int
    count_y: int
    name_y: int


@dataclass(frozen=True)
class TerritoryMap:
    width: int
    height: int
    spots: tuple[Spot, ...]


def territory_map(regions: Sequence[Region]) -> TerritoryMap:
    """The area of a shape follows the number; the number is written on it, colour says nothing."""
    most = max((region.count for region in regions), default=0)
    rows = math.ceil(len(regions) / COLUMNS)
    spots = tuple(_spot(region, at, most) for at, region in enumerate(regions))
    return TerritoryMap(CELL_WIDTH * COLUMNS, CELL_HEIGHT * rows, spots)


def _spot(region: Region, at: int, most: int) -> Spot:
    share = math.sqrt(region.count / most) if most else 0
    scale = round(SMALLEST + (LARGEST - SMALLEST) * share, 2)
    x = at % COLUMNS * CELL_WIDTH + CELL_WIDTH // 2
    y = at // COLUMNS * CELL_HEIGHT + 72
    return Spot(
        region=region,
        path=SHAPES[region.shape],
        transform=f"translate({x - GRID * scale:.1f} {y - GRID * scale:.1f}) scale({scale})",
        x=x,
        count_y=y + 9,
        name_y=y + 88,
    )
