"""The outlines of the territories, drawn once for each version of the public content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from core.charts.outline_map import OutlineMap, outline_map
from pratiques.domain.queries.facet_index import mrc_codes
from reference.enums import PlaceKind
from reference.models import Place

WIDTH = 600.0


@dataclass(frozen=True)
class RegionMap:
    """`drawing`: areas by the name that their territory has in addresses."""

    drawing: OutlineMap
    sources: tuple[str, ...]


def region_map(version: str) -> RegionMap | None:
    """None until every territory has its outline: half a region is no map.

    `version`: of the public content, as the facets were counted at.
    """
    return _at(version) if version else _draw()


@lru_cache(maxsize=1)
def _at(version: str) -> RegionMap | None:
    return _draw()


def _draw() -> RegionMap | None:
    codes = mrc_codes()
    rows = list(
        Place.objects.filter(kind=PlaceKind.TERRITORY).values_list(
            "pk", "slug", "geometry", "geometry_source"
        )
    )
    outlines = {codes.get(pk) or slug: geometry or {} for pk, slug, geometry, _ in rows}
    drawing = outline_map(outlines, width=WIDTH)
    if drawing is None:
        return None
    return RegionMap(drawing, tuple(sorted({source for *_, source in rows if source})))
