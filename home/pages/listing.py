"""What lists of pages share: filters from the address, pages of results, addresses in one step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from reference.models import Issue

if TYPE_CHECKING:
    Routed = Page
else:
    Routed = object

PAGE_SIZE = 20
LONGEST = 200


class OneStepChildrenMixin(Routed):
    """Its pages are found with all their fields in one query, where the tree takes two."""

    def children(self) -> QuerySet:
        """Every page under this one, whole; live or not (a draft is previewed elsewhere)."""
        raise NotImplementedError

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not path_components:
            return super().route(request, path_components)
        first, *rest = path_components
        page = self.children().filter(slug=first, path__startswith=self.path).first()
        if page is None:
            raise Http404
        return page.route(request, rest)


def asked(query: Mapping[str, str], name: str) -> str:
    """A word of the address, cut and cleaned. Nonsense finds nothing, and breaks nothing."""
    return query.get(name, "").strip()[:LONGEST]


def page_of(found: QuerySet, request: HttpRequest) -> dict[str, Any]:
    """One page of results; a number that is no page gives the first or the last."""
    paginator = Paginator(found, PAGE_SIZE)
    results = paginator.get_page(request.GET.get("page"))
    return {
        "results": results,
        "page_numbers": paginator.get_elided_page_range(results.number, on_each_side=1, on_ends=1),
    }


def issue_options() -> list[tuple[str, str]]:
    return list(Issue.objects.filter(is_active=True).values_list("code", "name"))
