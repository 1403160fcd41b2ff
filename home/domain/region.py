"""The region at a glance: what each territory has published, and where it lies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import F

from appreciation.domain.queries.register import territory_code
from appreciation.models import Publication
from core.charts.outline_map import Area
from core.search_words import fold
from core.shapes import SHAPES, shapes_for, short_name
from pratiques.domain.queries.facet_index import FacetIndex
from reference.domain.territories import region_map
from reference.models import Place

MARKER = 1.45
GRID = 12
"""Half of the 24 px on which a shape is drawn."""


@dataclass(frozen=True)
class Outline:
    """Where a territory lies on the drawing; `x` and `y` are those of its marker."""

    path: str
    x: float
    y: float

    @property
    def transform(self) -> str:
        half = GRID * MARKER
        return f"translate({self.x - half:.0f} {self.y - half:.0f}) scale({MARKER})"


@dataclass(frozen=True)
class Territory:
    """`slug`: of its page, empty when it has none that everyone may read."""

    code: str
    name: str
    slug: str
    shape: int
    appraisals: int
    practices: int
    outline: Outline | None

    @property
    def short_name(self) -> str:
        return short_name(self.name)

    @property
    def marker(self) -> str:
        return SHAPES[self.shape]

    @property
    def total(self) -> int:
        return self.appraisals + self.practices


@dataclass(frozen=True)
class Region:
    """`appraisals` also counts those that lie outside any territory."""

    territories: list[Territory]
    appraisals: int
    width: int = 0
    height: int = 0
    sources: tuple[str, ...] = ()

    @property
    def is_drawn(self) -> bool:
        return bool(self.width)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        return [(one.name, one.code, one.appraisals) for one in self.territories]


def region_at_a_glance(index: FacetIndex) -> Region:
    """Two queries; practices and outlines come from what the catalogue keeps in memory."""
    published = Counter(Publication.objects.listed().order_by().values_list("territory", flat=True))
    places = sorted(_territories(), key=lambda place: place.name)
    shapes = shapes_for([place.name for place in places])
    known = region_map(index.version)
    areas = known.drawing.areas if known else {}
    territories = [
        Territory(
            code=place.code or place.slug,
            name=place.name,
            slug=place.page_slug if place.page_is_live else "",
            shape=shape,
            appraisals=published[place.pk],
            practices=index.masks["territoire"].get(place.code or place.slug, 0).bit_count(),
            outline=_outline(areas.get(place.code or place.slug)),
        )
        for place, shape in zip(places, shapes, strict=True)
    ]
    region = Region(
        territories=sorted(territories, key=lambda one: fold(one.short_name)),
        appraisals=published.total(),
    )
    if known is None:
        return region
    size = round(known.drawing.width), round(known.drawing.height)
    return replace(region, width=size[0], height=size[1], sources=known.sources)


def _outline(area: Area | None) -> Outline | None:
    return Outline(area.path, round(area.x), round(area.y)) if area else None


def _territories():
    return Place.objects.territories().annotate(
        code=territory_code("pk"),
        page_slug=F("territory_page__slug"),
        page_is_live=F("territory_page__live"),
    )
