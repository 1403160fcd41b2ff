"""Live sheets in a few integers: one bit per sheet, one integer per value that can be chosen.

Kept in the memory of the process under the version of the public content: whatever changes a sheet
or a name that its list shows renews it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import F

from cms.models import ContentVersion
from core.facets import BitIndex, Pairs, labels_of, masks_of
from core.search_words import fold
from pratiques.domain.queries.filters import CLOSED
from pratiques.models import PracticePage
from reference.domain.territories import Territory, territories
from reference.models import Dimension, Issue, Place

READ: tuple[str, ...] = ("pk", "slug", "title", "verified_on", "status", "cost_band", "effort_band")
READ += ("milieu_size", "milieu_kind", "is_demo")


class Beside(NamedTuple):
    """What a sheet is compared by, and named with, beside another."""

    pk: int
    slug: str
    title: str
    status: str
    milieu_size: str
    milieu_kind: str
    verified_on: date | None


@dataclass(frozen=True)
class FacetIndex(BitIndex):
    """Sheets stand in the order of the list: the last checked first, then the last made."""

    by_title: tuple[int, ...]
    territories: dict[int, tuple[Territory, ...]]
    sheets: dict[int, Beside]
    kinds: dict[str, int]
    invented: int
    """Sheets of the demonstration."""


def facet_index() -> FacetIndex:
    version = ContentVersion.current()
    return index_of(version) if version else _build(version)


@lru_cache(maxsize=2)
def index_of(version: str) -> FacetIndex:
    return _build(version)


def live_sheets():
    """Sheets that everyone may read, the last checked first: what a search could find."""
    return PracticePage.objects.filter(public_text__isnull=False).order_by(
        F("verified_on").desc(nulls_last=True), "-pk"
    )


def _build(version: str) -> FacetIndex:
    rows = list(live_sheets().values(*READ))
    bits = {row["pk"]: position for position, row in enumerate(rows)}
    in_territories, territory_names = _territories()
    pairs = {
        "enjeu": _linked("issues", "issue__code"),
        "dimension": _linked("dimensions", "dimension__code"),
        "territoire": [(pk, each.code) for pk, some in in_territories.items() for each in some],
        "taille": [(row["pk"], row["milieu_size"]) for row in rows],
        "cout": [(row["pk"], row["cost_band"]) for row in rows],
        "effort": [(row["pk"], row["effort_band"]) for row in rows],
        "statut": [(row["pk"], row["status"]) for row in rows],
        "annee": [(row["pk"], str(row["verified_on"].year)) for row in rows if row["verified_on"]],
    }
    masks = {facet: masks_of(its_pairs, bits) for facet, its_pairs in pairs.items()}
    names: dict[str, dict[str, str]] = {
        "enjeu": dict(Issue.objects.order_by("position", "pk").values_list("code", "name")),
        "dimension": dict(Dimension.objects.order_by("position", "pk").values_list("code", "name")),
        "territoire": territory_names,
        "annee": {year: year for year in sorted(masks["annee"], reverse=True)},
    } | {facet: labels_of(choices) for facet, choices in CLOSED.items()}
    by_title = sorted(range(len(rows)), key=lambda at: (fold(rows[at]["title"]), at))
    return FacetIndex(
        version=version,
        ids=tuple(bits),
        bits=bits,
        masks=masks,
        names=names,
        by_title=tuple(by_title),
        territories={pk: some for pk, some in in_territories.items() if pk in bits},
        sheets={row["pk"]: Beside(*(row[name] for name in Beside._fields)) for row in rows},
        kinds=masks_of(((row["pk"], row["milieu_kind"]) for row in rows), bits),
        invented=masks_of(((row["pk"], "yes") for row in rows if row["is_demo"]), bits).get(
            "yes", 0
        ),
    )


def _linked(field: str, code: str) -> Pairs:
    through = PracticePage._meta.get_field(field).remote_field.through
    return through.objects.values_list("practicepage_id", code)


def _territories() -> tuple[dict[int, tuple[Territory, ...]], dict[str, str]]:
    """The territories in which the places of each sheet lie, and the names of all territories."""
    above = dict(Place.objects.values_list("pk", "parent_id"))
    known = territories()
    found: dict[int, dict[int, Territory]] = defaultdict(dict)
    for sheet, place in _linked("places", "place_id"):
        at: int | None = place
        while at is not None and at not in known:
            at = above.get(at)
        if at is not None:
            found[sheet][at] = known[at]
    return (
        {sheet: tuple(some.values()) for sheet, some in found.items()},
        {each.code: each.name for each in known.values()},
    )
