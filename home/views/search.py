"""`/recherche/`: the whole site, by its words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.caching import for_everyone
from cms.kept_site import site_of
from home.domain.doors import doors_of
from home.domain.promoted import promoted_for
from home.domain.site_search import Asked, exact_address, search_site, words_alone
from home.pages.issues import issue_pages


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """No engine keeps this page: its answers are pages that engines know already."""
    site = site_of(request)
    root = site.root_page.url_path if site else "/"
    found = search_site(Asked.from_query(request.GET), root=root)
    is_empty_handed = not found.lines
    context = {
        "found": found,
        "question": found.question,
        "results": found.results,
        "page_numbers": found.results.paginator.get_elided_page_range(
            found.results.number, on_each_side=1, on_ends=1
        ),
        "promoted": promoted_for(found.question, request) if found.results.number == 1 else [],
        "exact_address": exact_address(found.question, found.asked),
        "words_alone": words_alone(found.question) if is_empty_handed else [],
    }
    if is_empty_handed or found.is_browsing:
        context |= {"doors": doors_of(request), "issue_pages": issue_pages()}
    answer = for_everyone(render(request, "search/search.html", context))
    answer["X-Robots-Tag"] = "noindex"
    return answer
