"""« Données ouvertes »: what can be taken along, what its columns mean, under which licence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from appreciation.interfaces.register_export import TABLE as REGISTER
from cms.caching import for_everyone
from cms.models import SiteSettings
from core.citation import organisation
from core.open_data import LICENCE, LICENCE_URL, TYPES, OpenTable
from home.domain.navigation import first_of_type
from pratiques.interfaces.open_data import TABLE as CATALOGUE

SHOWN = (
    (CATALOGUE, "cataloguepage", "Le catalogue des pratiques", "Une ligne par fiche publiée."),
    (REGISTER, "registerpage", "Le registre des démarches", "Une ligne par démarche publiée."),
)


@dataclass(frozen=True)
class Offered:
    table: OpenTable
    page: Page
    heading: str
    words: str


def _dataset(request: HttpRequest, each: Offered) -> dict[str, Any]:
    """schema.org: search engines for data read it."""
    address = request.build_absolute_uri(each.page.get_url(request))
    return {
        "@type": "Dataset",
        "name": each.heading,
        "description": f"{each.words} Les colonnes sont expliquées dans un dictionnaire.",
        "url": address,
        "inLanguage": "fr-CA",
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "creator": organisation(SiteSettings.for_request(request).organisation),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": content_type.partition(";")[0],
                "contentUrl": f"{address}?format={name}",
            }
            for name, content_type in TYPES.items()
        ],
    }


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Only lists that have a live page; the same for all."""
    found = [
        Offered(table, page, heading, words)
        for table, model, heading, words in SHOWN
        if (page := first_of_type(request, model)) is not None
    ]
    context = {
        "offered": found,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "structured": {"@graph": [_dataset(request, each) for each in found]},
    }
    return for_everyone(render(request, "home/open_data.html", context))
