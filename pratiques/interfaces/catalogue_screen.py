"""All that the page of the catalogue shows for one address."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from core.facets import LIST, MAP, facets_shown, page_of_answers, tags_of
from core.open_data import exports_of
from pratiques.domain.queries.browsing import PAGE_SIZE, browse
from pratiques.domain.queries.filters import CatalogueFilters
from pratiques.interfaces.catalogue_list import (
    LABELS,
    lines_of,
    orders_of,
    results_in_words,
)
from reference.domain.territories import map_of_answers


def catalogue_context(query: QueryDict, url: str) -> dict[str, Any]:
    browsing = browse(CatalogueFilters.from_query(query))
    filters = browsing.filters
    asked = query.get("page", "")
    page = page_of_answers(browsing.ids, filters, url=url, size=PAGE_SIZE, asked=asked)
    is_map = filters.view == MAP
    list_url = url + filters.as_query(view=LIST)
    return page | {
        "browsing": browsing,
        "filters": filters,
        "catalogue_url": url,
        "total_sheets": len(browsing.index.ids),
        "count_sentence": results_in_words(browsing.total),
        "facets": facets_shown(browsing.facets, LABELS),
        "tags": tags_of(filters, browsing.index, LABELS, url),
        "orders": orders_of(browsing, url),
        "lines": [] if is_map else lines_of(browsing, page["results"].object_list, url),
        "map": map_of_answers(browsing, url=url) if is_map else None,
        "list_url": list_url,
        "map_url": url + filters.as_query(view=MAP),
        "exact_url": url + filters.as_query(exactly=True),
        "feed_url": reverse("pratiques:feed") + filters.as_query(view=LIST, sort=""),
        "exports": exports_of(list_url),
    }
