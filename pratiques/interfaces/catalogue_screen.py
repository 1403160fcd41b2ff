"""All that the page of the catalogue shows for one address."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from core.charts.territory_map import TerritoryMap
from core.facets import MAP, facets_shown, tags_of
from pratiques.domain.queries.browsing import PAGE_SIZE, Browsing, browse
from pratiques.domain.queries.filters import CatalogueFilters
from pratiques.interfaces.catalogue_list import (
    LABELS,
    lines_of,
    orders_of,
    results_in_words,
)
from reference.domain.territories import map_of_answers

EXPORTS = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))


def exports_of(filters: CatalogueFilters, url: str) -> list[tuple[str, str]]:
    """What the list can be taken along as, and where: all its pages at once, in its order."""
    start = filters.as_query(view="liste")
    return [(name, f"{url}{start}{'&' if start else '?'}format={code}") for name, code in EXPORTS]


def catalogue_context(query: QueryDict, url: str) -> dict[str, Any]:
    browsing = browse(CatalogueFilters.from_query(query))
    filters = browsing.filters
    paginator = Paginator(browsing.ids, PAGE_SIZE)
    asked = query.get("page", "")
    results = paginator.get_page(asked if asked.lstrip("0") else 1)
    is_map = filters.view == MAP
    start = filters.as_query() or "?"
    query_start = f"{url}{start}{'&' if len(start) > 1 else ''}"
    return {
        "browsing": browsing,
        "filters": filters,
        "catalogue_url": url,
        "total_sheets": len(browsing.index.ids),
        "count_sentence": results_in_words(browsing.total),
        "facets": facets_shown(browsing.facets, LABELS),
        "tags": tags_of(filters, browsing.index, LABELS, url),
        "orders": orders_of(browsing, url),
        "results": results,
        "lines": [] if is_map else lines_of(browsing, results.object_list, url),
        "page_numbers": paginator.get_elided_page_range(results.number, on_each_side=2),
        "page_start": f"{query_start}page=",
        "map": _map(browsing, url) if is_map else None,
        "list_url": url + filters.as_query(view="liste"),
        "map_url": url + filters.as_query(view="carte"),
        "exact_url": url + filters.as_query(exactly=True),
        "feed_url": reverse("pratiques:feed") + filters.as_query(view="liste", sort=""),
        "exports": exports_of(filters, url),
    }


def _map(browsing: Browsing, url: str) -> TerritoryMap:
    return map_of_answers(
        browsing.index.names["territoire"],
        browsing.facets["territoire"],
        browsing.filters,
        url=url,
        version=browsing.index.version,
    )
