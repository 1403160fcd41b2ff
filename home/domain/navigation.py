"""What the menus and the home page may link to: live pages right under the home page."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Page, Site

from appreciation.models import RegisterPage


def children_of_home(request: HttpRequest | None) -> list[Page]:
    """Live, public pages under the home page, in the order of the tree. Read once per request."""
    if request is None:
        return []
    if not hasattr(request, "children_of_home"):
        site = Site.find_for_request(request)
        request.children_of_home = (
            list(
                Page.objects.child_of(site.root_page)
                .live()
                .filter(view_restrictions__isnull=True)
                .order_by("path")
            )
            if site
            else []
        )
    return request.children_of_home


def register_page(request: HttpRequest | None) -> Page | None:
    """The live register, if there is one."""
    pages = children_of_home(request)
    return next((page for page in pages if page.specific_class is RegisterPage), None)
