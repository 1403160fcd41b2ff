"""The organisation's pages, with the places and the vocabularies that they stand on."""

from __future__ import annotations

from itertools import count

from home.domain import starter_pages
from home.domain.organisation_pages import ensure_organisation_pages
from home.models import NewsIndexPage, NewsPage, ResourceIndexPage, ResourcePage
from reference.domain.vocabularies import load_vocabularies
from reference.enums import CodeScheme
from reference.models import Place, PlaceCode
from tests.factories.places import PlaceFactory
from tests.factories.remembered import remembered

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
    for code, name in TERRITORIES.items():
        place = PlaceFactory(territory=True, name=name, parent=region)
        PlaceCode.objects.create(place=place, scheme=CodeScheme.MRC, code=code)
    return _by_code()


def organisation_site() -> dict[str, Place]:
    """Every page of the organisation; the six territories by their code."""
    _organisation_pages()
    return _by_code()


def _by_code() -> dict[str, Place]:
    codes = PlaceCode.objects.filter(scheme=CodeScheme.MRC).select_related("place")
    return {code.code: code.place for code in codes}


@remembered
def _organisation_pages() -> None:
    load_vocabularies()
    six_territories()
    starter_pages.ensure_site_pages()
    ensure_organisation_pages()


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
