"""What the menus and the home page may link to: live pages right under the home page."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from wagtail.models import Page, Site

from appreciation.models import (
    PlaceIndexPage,
    RegisterPage,
    SynthesisIndexPage,
    ToolkitPage,
    VideoIndexPage,
)
from cms.kept import kept
from cms.kept_site import site_of
from pratiques.models import CataloguePage
from rencontres.models import RegionalMeetingIndexPage

DEPTH_UNDER_HOME = 3
EMPTY_LISTS_HIDDEN = (
    VideoIndexPage,
    CataloguePage,
    PlaceIndexPage,
    RegionalMeetingIndexPage,
    SynthesisIndexPage,
)
"""Lists that no menu names while nothing is published under them."""
NEWS_LIST = "newsindexpage"


def children_of_home(request: HttpRequest | None) -> list[Page]:
    """Live, public pages under the home page, in the order of the tree. Read once per request."""
    if request is None:
        return []
    if not hasattr(request, "children_of_home"):
        site = site_of(request)
        request.children_of_home = (
            kept(request, ("children", site.root_page_id), lambda: _read_children(site))
            if site
            else []
        )
    return request.children_of_home


def _read_children(site: Site) -> list[Page]:
    return list(
        Page.objects.child_of(site.root_page)
        .live()
        .filter(view_restrictions__isnull=True)
        .exclude(_is_empty_list())
        .order_by("path")
    )


def _is_empty_list() -> Q:
    names = [model._meta.model_name for model in EMPTY_LISTS_HIDDEN] + [NEWS_LIST]
    live_children = Page.objects.live().filter(
        path__startswith=OuterRef("path"), depth__gt=OuterRef("depth")
    )
    return Q(content_type__model__in=names) & ~Exists(live_children)


def register_page(request: HttpRequest | None) -> Page | None:
    """The live register, if there is one."""
    pages = children_of_home(request)
    return next((page for page in pages if page.specific_class is RegisterPage), None)


def toolkit_page(request: HttpRequest | None) -> Page | None:
    """The live toolkit, if there is one."""
    pages = children_of_home(request)
    return next((page for page in pages if page.specific_class is ToolkitPage), None)


def first_of_type(request: HttpRequest | None, model: str) -> Page | None:
    """The live page of a type right under the home page, if there is one; `model` in lower case."""
    pages = children_of_home(request)
    return next((page for page in pages if page.cached_content_type.model == model), None)


def ancestors_of(page: Page, request: HttpRequest | None = None) -> list[Page]:
    """The live pages between the home page and this one, from the top.

    One right under a child of the home page asks nothing: the menus have read its parent.
    """
    if page.depth <= DEPTH_UNDER_HOME:
        return []
    if request is not None and page.depth == DEPTH_UNDER_HOME + 1:
        known = [one for one in children_of_home(request) if page.path.startswith(one.path)]
        if known:
            return known
    return list(page.get_ancestors().live().filter(depth__gte=DEPTH_UNDER_HOME))
