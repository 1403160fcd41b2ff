"""Lists whose entries are read from a table of theirs rather than from the page tree."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from wagtail.url_routing import RouteResult


class SlugRouteMixin:
    """One level below: `serve` is given the `slug`, in one query of its own."""

    live: bool

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not path_components:
            return super().route(request, path_components)  # type: ignore[misc]  it is a page
        if len(path_components) > 1 or not self.live:
            raise Http404
        return RouteResult(self, kwargs={"slug": path_components[0]})
