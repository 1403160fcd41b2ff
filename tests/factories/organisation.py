"""The organisation's pages, with the places and the vocabularies that they stand on."""

from __future__ import annotations

from itertools import count

from home.domain.organisation_pages import ensure_organisation_pages
from home.domain.starter_pages import ensure_site_pages
from home.models import NewsIndexPage, NewsPage, ResourceIndexPage, ResourcePage
from reference.domain.vocabularies import load_vocabularies
from reference.enums import CodeScheme
from reference.models import Place, PlaceCode
from tests.factories.places import PlaceFactory

NUMBERS = count(1)
TERRITORIES = {
    "90": "La Tuque",
    "350": "MRC de Mékinac",
    "372": "MRC des Chenaux",
    "371": "Trois-Rivières",
    "510": "MRC de Maskinongé",
    "36": "Shawinigan",
}


def six_territories() -> dict[str, Place]:
    region = PlaceFactory(region=True, name="Mauricie")
    places = {}
    for code, name in TERRITORIES.items():
        places[code] = PlaceFactory(territory=True, name=name, parent=region)
        PlaceCode.objects.create(place=places[code], scheme=CodeScheme.MRC, code=code)
    return places


def organisation_site() -> dict[str, Place]:
    """Every page of the organisation; the six territories by their code."""
    load_vocabularies()
    places = six_territories()
    ensure_site_pages()
    ensure_organisation_pages()
    return places


def news(*, issues=(), places=(), **fields) -> NewsPage:
    number = next(NUMBERS)
    page = NewsPage(
        **{
            "title": f"Nouvelle {number}",
            "summary": "Un marché ouvre le samedi.",
            "source_name": "Journal fictif",
            "source_url": "https://exemple.org/marche",
        }
        | fields
    )
    page.issues, page.places = list(issues), list(places)
    return NewsIndexPage.objects.get().add_child(instance=page)


def resource(*, issues=(), **fields) -> ResourcePage:
    number = next(NUMBERS)
    page = ResourcePage(
        **{
            "title": f"Guide {number}",
            "kind": "guide",
            "summary": "Pour préparer une soirée.",
            "author": "Collectif fictif",
            "url": "https://exemple.org/guide",
        }
        | fields
    )
    page.issues = list(issues)
    return ResourceIndexPage.objects.get().add_child(instance=page)
