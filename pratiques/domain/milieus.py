"""What kind of milieu a place is, as the catalogue describes milieus."""

from __future__ import annotations

from pratiques.enums import MilieuKind
from reference.enums import PlaceKind
from reference.models import Place, PlacePart

TOWN_FROM = 5_000
"""People: below, a municipality that is not called a « ville » is a village for the catalogue."""


def milieu_kind_of(place: Place) -> str:
    """Empty when nothing tells. A community made of a First Nation's is one."""
    if place.kind == PlaceKind.FIRST_NATION_COMMUNITY:
        return MilieuKind.FIRST_NATION
    if place.kind in (PlaceKind.TERRITORY, PlaceKind.REGION):
        return MilieuKind.TERRITORY
    if place.kind == PlaceKind.UNORGANIZED_TERRITORY:
        return MilieuKind.VILLAGE
    if place.kind == PlaceKind.LOCAL_COMMUNITY:
        return _kind_of_local_community(place)
    return _kind_by_size(place) if place.kind == PlaceKind.MUNICIPALITY else ""


def _kind_of_local_community(place: Place) -> str:
    """Part of one town is a neighbourhood; anything else counts its people."""
    links = list(PlacePart.objects.filter(whole=place).select_related("part"))
    if any(link.part.kind == PlaceKind.FIRST_NATION_COMMUNITY for link in links):
        return MilieuKind.FIRST_NATION
    is_part_of_one = len(links) == 1 and links[0].share is not None and links[0].share < 1
    if is_part_of_one and _kind_by_size(links[0].part) == MilieuKind.TOWN:
        return MilieuKind.NEIGHBOURHOOD
    return _kind_by_size(place)


def _kind_by_size(place: Place) -> str:
    if place.designation.lower().startswith("ville"):
        return MilieuKind.TOWN
    if place.population is None:
        return ""
    return MilieuKind.TOWN if place.population >= TOWN_FROM else MilieuKind.VILLAGE
