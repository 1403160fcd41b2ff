"""Territories as lists and maps name and draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.charts.outline_map import OutlineMap, outline_map
from core.charts.territory_map import Region, TerritoryMap, territory_map
from core.facets import Browsed
from core.search_words import fold
from core.shapes import shapes_for, short_name
from reference.enums import CodeScheme, PlaceKind
from reference.models import Place, PlaceCode

WIDTH = 600.0


@dataclass(frozen=True)
class RegionMap:
    """`drawing`: areas by the name that their territory has in addresses."""

    drawing: OutlineMap
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Territory:
    """`code`: how addresses name it."""

    code: str
    name: str


def mrc_codes() -> dict[int, str]:
    """One per place, the lowest, as the addresses of the register name a territory."""
    rows = PlaceCode.objects.filter(scheme=CodeScheme.MRC).order_by("-code")
    return dict(rows.values_list("place", "code"))


def territories() -> dict[int, Territory]:
    """All of them by name. In addresses: their MRC code, or their slug where they have none."""
    codes = mrc_codes()
    rows = Place.objects.filter(kind=PlaceKind.TERRITORY).values_list("pk", "slug", "name")
    found = [(pk, Territory(codes.get(pk) or slug, name)) for pk, slug, name in rows]
    return dict(sorted(found, key=lambda each: fold(each[1].name)))


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


def territory_shapes(names: Mapping[str, str]) -> dict[str, int]:
    """`names`: code → name, of all the territories of the site."""
    by_name = sorted(names, key=lambda code: names[code])
    return dict(zip(by_name, shapes_for([names[code] for code in by_name]), strict=True))


def map_of_answers(browsing: Browsed, *, url: str) -> TerritoryMap:
    """Every territory, with the answers that lie in it: the choice of territories is left aside."""
    names = browsing.index.names["territoire"]
    shapes = territory_shapes(names)
    counts = {option.value: option.count for option in browsing.facets["territoire"]}
    regions = [
        Region(
            code=code,
            name=short_name(name),
            shape=shapes[code],
            count=counts.get(code, 0),
            url=url + browsing.filters.only("territoire", code).as_query(),
        )
        for code, name in names.items()
    ]
    known = region_map(browsing.index.version)
    return territory_map(regions, known.drawing if known else None, known.sources if known else ())
