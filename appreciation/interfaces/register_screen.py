"""All that the page of the register shows or gives for one address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.queries.register_browsing import (
    PAGE_SIZES,
    RegisterBrowsing,
    RegisterFilters,
    browse,
    editions_of,
)
from appreciation.interfaces.register_export import codebook_response, export_response
from appreciation.interfaces.register_lines import (
    communities_in_words,
    lines_of,
    results_in_words,
)
from cms.caching import for_everyone
from cms.models import SiteSettings
from core.citation import FILE_TYPES, Citation, citation_response
from core.facets import LIST, MAP, TABLE, facets_shown, page_of_answers, tags_of
from core.open_data import CODEBOOK, exports_of, is_export_format
from core.slowdown import slow_down
from core.typography import fr_date
from reference.domain.territories import map_of_answers

EXPORTS_AN_HOUR = 60
LABELS = {
    "territoire": "Territoire",
    "annee": "Année",
    "phase": "Phase",
    "enjeu": "Enjeu",
    "dimension": "Dimension",
    "instrument": "Grille",
    "niveau": "Niveau de publication",
}
VIEWS = {LIST: "Liste", TABLE: "Tableau", MAP: "Carte"}


def register_file_response(request: HttpRequest, address: str) -> HttpResponseBase | None:
    """The file that `?format=` asks for, of the entries that the rest of the address asks for.

    None when none is asked for.
    """
    asked = request.GET.get("format", "")
    if asked == CODEBOOK:
        return for_everyone(codebook_response())
    filters = RegisterFilters.from_query(request.GET)
    if asked in FILE_TYPES:
        citation = register_citation(request, browse(filters), address)
        return for_everyone(citation_response(citation, asked))
    if not is_export_format(asked):
        return None
    slow_down(request, "register_export", most=EXPORTS_AN_HOUR)
    editions = editions_of(browse(filters).ids)
    return for_everyone(export_response(editions, asked, source=request.build_absolute_uri()))


def register_context(request: HttpRequest, url: str, address: str) -> dict[str, Any]:
    browsing = browse(RegisterFilters.from_query(request.GET))
    filters = browsing.filters
    size, asked = PAGE_SIZES[filters.view], request.GET.get("page", "")
    page = page_of_answers(browsing.ids, filters, url=url, size=size, asked=asked)
    is_map = filters.view == MAP
    query = filters.as_query(view=LIST)
    return page | {
        "filters": filters,
        "left_out": browsing.left_out,
        "register_url": url,
        "has_entries": bool(browsing.index.ids),
        "heading": communities_in_words(len(browsing.index.by_place)),
        "count_sentence": results_in_words(browsing.total),
        "facets": facets_shown(browsing.facets, LABELS),
        "tags": tags_of(filters, browsing.index, LABELS, url),
        "views": [
            (words, url + filters.as_query(view=view), view == filters.view)
            for view, words in VIEWS.items()
        ],
        "lines": [] if is_map else _lines(browsing, page["results"].object_list),
        "map": map_of_answers(browsing, url=url) if is_map else None,
        "outside": browsing.outside,
        "feed_url": reverse("register:feed") + query,
        "exports": exports_of(url + query),
        "citation": register_citation(request, browsing, address),
        "citation_start": f"{query}&" if query else "?",
    }


def register_citation(request: HttpRequest, browsing: RegisterBrowsing, address: str) -> Citation:
    """Of the register, or of what is found in it: the address gives the same search anew."""
    publisher = SiteSettings.for_request(request).organisation
    today = timezone.localdate()
    names = browsing.index.names
    chosen = [
        names[facet][value] for facet, values in browsing.filters.chosen.items() for value in values
    ]
    asked = ", ".join(filter(None, [browsing.filters.text, *chosen]))
    title = f"Registre des démarches d’appréciation{f': {asked}' if asked else ''}"
    return Citation(
        key="registre-demarches",
        author=publisher,
        year=today.year,
        title=title,
        publisher=publisher,
        words=(
            f"{publisher} ({today.year}). {title}, {results_in_words(browsing.total).lower()}. "
            f"Consulté le {fr_date(today)}."
        ),
        url=address + browsing.filters.as_query(view=LIST),
    )


def _lines(browsing: RegisterBrowsing, ids: list[int]) -> list[Any]:
    related = ("issues",) if browsing.filters.view == TABLE else ()
    return lines_of(editions_of(ids, related=related), browsing.index.names["territoire"].values())
