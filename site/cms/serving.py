"""Wagtail's own view of public pages, from the site and the home page that are kept in memory.

Apart from `cms.kept_site`, which models read: Wagtail's view asks for the models to be there.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from wagtail.views import serve as wagtail_serve

from cms.kept import kept
from cms.kept_site import site_of


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    site = site_of(request)
    if site is not None:
        site.root_page = kept(request, ("home", site), lambda: site.root_page.specific)
    return wagtail_serve(request, path)
