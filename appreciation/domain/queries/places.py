"""Reads of the public portraits: which places have one, and what was published of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from appreciation.domain.queries.register import entries
from appreciation.models import PlaceFact, PlacePage, PlaceReading, Publication
from core.search_words import fold, search_words
from reference.enums import PlaceKind
from reference.models import Place, TypeAssignment

ELSEWHERE = "Ailleurs"


@dataclass(frozen=True)
class ListedTerritory:
    """The page of a territory, if it may be read, and those of its places by name."""

    name: str
    page: PlacePage | None
    pages: tuple[PlacePage, ...]


@dataclass(frozen=True)
class ListedPlaces:
    region: PlacePage | None
    territories: tuple[ListedTerritory, ...]
    count: int


def listed_places(asked: str = "") -> ListedPlaces:
    """Live portraits by territory, by name; `asked` keeps the names that answer."""
    pages = list(
        PlacePage.objects.live()
        .filter(view_restrictions__isnull=True)
        .select_related("place__parent")
        .order_by("title", "pk")
    )
    words = search_words(asked)
    region = next((page for page in pages if page.place.kind == PlaceKind.REGION), None)
    own = {page.place_id: page for page in pages if page.place.kind == PlaceKind.TERRITORY}
    under: dict[Place | None, list[PlacePage]] = defaultdict(list)
    for page in pages:
        if page.place.kind not in (PlaceKind.REGION, PlaceKind.TERRITORY) and _answers(page, words):
            under[page.place.parent].append(page)
    territories = {place.pk: place for place in under if place is not None}
    territories |= {page.place_id: page.place for page in own.values() if _answers(page, words)}
    rows = [
        ListedTerritory(place.name, own.get(place.pk), tuple(under.get(place, ())))
        for place in sorted(territories.values(), key=lambda place: fold(place.name))
    ]
    if None in under:
        rows.append(ListedTerritory(ELSEWHERE, None, tuple(under[None])))
    return ListedPlaces(region, tuple(rows), sum(len(row.pages) for row in rows))


def _answers(page: PlacePage, words: list[str]) -> bool:
    known = search_words(page.title)
    return all(any(one.startswith(word) for one in known) for word in words)


def portrait_at(slug: str) -> PlacePage | None:
    """The page at an address, with its place and what is above it; None when never published.

    What else there is to read of it (`has_…`) is asked in the same query.
    """
    place = OuterRef("place")
    shown = Q(community_agreed_on__isnull=False)
    return (
        PlacePage.objects.filter(Q(live=True) | Q(first_published_at__isnull=False), slug=slug)
        .select_related("place__parent__parent__parent")
        .annotate(
            has_words=Exists(PlaceFact.objects.filter(page=OuterRef("pk")))
            | Exists(PlaceReading.objects.filter(page=OuterRef("pk"))),
            has_types=Exists(TypeAssignment.objects.filter(shown, place=place)),
            has_entries=Exists(Publication.objects.listed().filter(place=place)),
        )
        .first()
    )


def beside_figures(page: PlacePage) -> dict[str, list]:
    """Local facts, readings, types and démarches; what is known not to be there is not asked."""
    has_words = getattr(page, "has_words", True)
    has_types, has_entries = getattr(page, "has_types", True), getattr(page, "has_entries", True)
    return {
        "facts": list(page.local_facts.all()) if has_words else [],
        "readings": list(page.readings.select_related("indicator")) if has_words else [],
        "types": types_shown(page.place) if has_types else [],
        "entries": published_of(page.place) if has_entries else [],
    }


def published_of(place: Place) -> list[Publication]:
    """The register's entries about this very place, latest first."""
    return list(entries().filter(place=place))


def types_shown(place: Place) -> list[TypeAssignment]:
    """The types that the community agreed to show; the others are nobody's business here."""
    rows = TypeAssignment.objects.filter(place=place, community_agreed_on__isnull=False)
    return list(rows.select_related("type", "typology__source"))
