"""The site that is asked for and its home page, read once per mark instead of at each request."""

from __future__ import annotations

from copy import copy

from django.http import Http404, HttpRequest
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from cms.kept import kept, mark_of


def site_of(request: HttpRequest) -> Site | None:
    """What `Site.find_for_request` gives, from now on for this request too."""
    if not hasattr(request, "_wagtail_site"):
        key = ("site", request.META.get("HTTP_HOST", ""), request.get_port())
        site = kept(request, key, lambda: Site.find_for_request(request))
        request._wagtail_site = site  # noqa: SLF001  where Wagtail itself remembers it
    return request._wagtail_site  # noqa: SLF001


def route_below(page: Page, request: HttpRequest, path_components: list[str]) -> RouteResult:
    """A page right under a kept one is kept too: it is the section of all that lies under it."""
    slug, *rest = path_components

    def read() -> Page:
        below = page.get_children().filter(slug=slug).first()
        if below is None:
            raise Http404
        return below.specific

    section = copy(kept(request, ("section", page.pk, slug), read))
    section._cached_parent_obj = page  # noqa: SLF001  treebeard's own way of remembering it
    return section.route(request, rest)


def no_restriction(request: HttpRequest) -> bool:
    """True where it is known that every page of the site is for everyone."""
    if not mark_of(request):
        return False
    return not kept(request, "restricted", PageViewRestriction.objects.exists)
