"""The catalogue for programs: the list and the sheets, as everyone reads them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Router

from cms.api import Problem, one_page
from pratiques.domain.queries.browsing import browse
from pratiques.domain.queries.facet_index import facet_index, live_sheets
from pratiques.domain.queries.filters import CatalogueFilters
from pratiques.domain.queries.whole_sheets import whole_sheets
from pratiques.interfaces.api_sheets import (
    CatalogueQuery,
    PracticeList,
    PracticeSheet,
    line_of,
    sheet_of,
)
from pratiques.models import CataloguePage

router = Router(tags=["Pratiques"])


@router.get(
    "/",
    response={200: PracticeList, 422: Problem, 429: Problem},
    operation_id="list_practices",
    summary="Les fiches de pratiques",
)
def practices(request: HttpRequest, asked: Query[CatalogueQuery]) -> dict[str, Any]:
    """Les fiches publiées, avec la recherche et les choix de la page /pratiques/."""
    browsing = browse(CatalogueFilters.from_query(request.GET))
    about, ids = one_page(request, browsing.ids, asked)
    addresses = _addresses(request)
    items = [line_of(sheet, **addresses) for sheet in whole_sheets(ids, browsing.index)]
    return about | {"items": items}


@router.get(
    "/{slug}/",
    response={200: PracticeSheet, 404: Problem, 429: Problem},
    operation_id="read_practice",
    summary="Une fiche de pratique",
)
def practice(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Toute une fiche publiée, sauf qui appeler: cela se lit sur sa page.

    Les textes sont sans mise en forme; ils sont vides quand la licence réserve les droits.
    """
    pk = live_sheets().filter(slug=slug).values_list("pk", flat=True).first()
    for sheet in whole_sheets([pk] if pk else [], facet_index()):
        return sheet_of(sheet, **_addresses(request))
    raise Http404


def _addresses(request: HttpRequest) -> dict[str, str]:
    catalogue = CataloguePage.objects.live().first()
    return {
        "address": catalogue.address(request) if catalogue else "",
        "api_address": request.build_absolute_uri(reverse("api:practices")),
    }
