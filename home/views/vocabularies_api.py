"""The words that the API's parameters take, and the places, for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from appreciation.enums import Phase
from cms.api import Coded, Problem
from pratiques.domain.queries.facet_index import facet_index
from pratiques.interfaces.catalogue_list import LABELS
from reference.enums import PlaceKind
from reference.models import Place, Sector

OFFICIAL_KINDS = (
    PlaceKind.REGION,
    PlaceKind.TERRITORY,
    PlaceKind.MUNICIPALITY,
    PlaceKind.UNORGANIZED_TERRITORY,
    PlaceKind.FIRST_NATION_COMMUNITY,
)
"""A local community is in the list of places because a démarche is: the register names it."""

router = Router(tags=["Vocabulaires"])


class Vocabulary(Schema):
    """`parameter`: the one that takes these codes; empty where none does."""

    parameter: str
    name: str
    values: list[Coded]


class PlaceCodeOut(Schema):
    scheme: Coded
    code: str


class PlaceOut(Schema):
    """`parent`: the slug of the place that it lies in."""

    slug: str
    name: str
    kind: Coded
    designation: str
    parent: str | None
    codes: list[PlaceCodeOut]
    population: int | None
    population_year: int | None
    source: str
    is_demo: bool


class PlaceQuery(Schema):
    genre: str = Field("", description="Un genre de lieu, par exemple « territory ».")


@router.get(
    "/vocabularies/",
    response={200: list[Vocabulary], 429: Problem},
    operation_id="list_vocabularies",
    summary="Enjeux, dimensions, territoires et autres listes",
)
def vocabularies(request: HttpRequest) -> list[dict[str, Any]]:
    """Les codes que prennent les paramètres, avec leurs mots."""
    names = facet_index().names
    lists = [(parameter, LABELS[parameter], names[parameter].items()) for parameter in LABELS]
    lists += [
        ("phase", "Étape d’une démarche", Phase.choices),
        ("", "Secteur", Sector.objects.values_list("code", "name")),
    ]
    return [
        {
            "parameter": parameter,
            "name": name,
            "values": [{"code": code, "name": str(words)} for code, words in values],
        }
        for parameter, name, values in lists
    ]


@router.get(
    "/places/",
    response={200: list[PlaceOut], 429: Problem},
    operation_id="list_places",
    summary="Les lieux officiels et leurs codes",
)
def places(request: HttpRequest, asked: Query[PlaceQuery]) -> list[dict[str, Any]]:
    """La région, ses territoires, municipalités et communautés, avec leurs codes."""
    found = Place.objects.filter(kind__in=OFFICIAL_KINDS, valid_to=None)
    if asked.genre in PlaceKind.values:
        found = found.filter(kind=asked.genre)
    found = found.defer("geometry").select_related("parent").prefetch_related("codes")
    return [_place(place) for place in found]


def _place(place: Place) -> dict[str, Any]:
    return {
        "slug": place.slug,
        "name": place.name,
        "kind": {"code": place.kind, "name": place.get_kind_display()},
        "designation": place.designation,
        "parent": place.parent.slug if place.parent else None,
        "codes": [
            {"scheme": {"code": one.scheme, "name": one.get_scheme_display()}, "code": one.code}
            for one in place.codes.all()
        ],
        "population": place.population,
        "population_year": place.population_year,
        "source": place.source,
        "is_demo": place.is_demo,
    }
