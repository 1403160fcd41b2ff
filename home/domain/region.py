"""The region at a glance: what each territory has published, and where it lies."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import F

from appreciation.domain.queries.register import territory_code
from appreciation.models import Publication
from core.search_words import fold
from core.shapes import SHAPES, shapes_for, short_name
from pratiques.domain.queries.facet_index import FacetIndex
from reference.models import Place

OUTLINES = Path(__file__).resolve().parents[1] / "starter" / "outlines.toml"
MARKER = 0.72
GRID = 12
"""Half of the 24 px on which a shape is drawn."""


@dataclass(frozen=True)
class Outline:
    """Where a territory lies on the drawing; `x` and `y` are those of its marker."""

    path: str
    x: int
    y: int
    transform: str


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
    practices: int
    width: int
    height: int
    source: str

    @property
    def is_drawn(self) -> bool:
        """A map with a hole would mislead: every territory has an outline, or none is shown."""
        return bool(self.territories) and all(one.outline for one in self.territories)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        return [(one.name, one.code, one.appraisals) for one in self.territories]


def region_at_a_glance(index: FacetIndex) -> Region:
    """Two queries; practices are counted in the index of the catalogue, kept in memory."""
    published = Counter(Publication.objects.listed().order_by().values_list("territory", flat=True))
    places = sorted(_territories(), key=lambda place: place.name)
    shapes = shapes_for([place.name for place in places])
    drawing = _drawing()
    territories = [
        Territory(
            code=place.code or place.slug,
            name=place.name,
            slug=place.page_slug if place.page_is_live else "",
            shape=shape,
            appraisals=published[place.pk],
            practices=index.masks["territoire"].get(place.code or place.slug, 0).bit_count(),
            outline=_outlines().get(place.code),
        )
        for place, shape in zip(places, shapes, strict=True)
    ]
    return Region(
        territories=sorted(territories, key=lambda one: fold(one.short_name)),
        appraisals=published.total(),
        practices=len(index.ids),
        width=drawing["width"],
        height=drawing["height"],
        source=drawing["source"],
    )


def _territories():
    return Place.objects.territories().annotate(
        code=territory_code("pk"),
        page_slug=F("territory_page__slug"),
        page_is_live=F("territory_page__live"),
    )


@cache
def _drawing() -> dict:
    return tomllib.loads(OUTLINES.read_text(encoding="utf-8"))


@cache
def _outlines() -> dict[str, Outline]:
    return {
        code: Outline(one["path"], *one["marker"], transform=_placed(*one["marker"]))
        for one in _drawing()["territories"]
        for code in one["codes"]
    }


def _placed(x: int, y: int) -> str:
    half = GRID * MARKER
    return f"translate({x - half:.1f} {y - half:.1f}) scale({MARKER})"
