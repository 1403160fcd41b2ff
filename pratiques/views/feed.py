"""New sheets for feed readers: the latest first, with the choices of the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.caching import for_everyone
from cms.models import SiteSettings
from core.open_data import DEMO
from core.slowdown import slow_down
from pratiques.domain.queries.browsing import Browsing, browse
from pratiques.domain.queries.filters import CatalogueFilters
from pratiques.models import CataloguePage, PracticePage

MOST = 30
FEEDS_AN_HOUR = 240


class NewSheets(Feed):
    """A reader is told of a sheet once: it is known by its permanent number."""

    language = "fr-ca"
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest) -> dict[str, Any]:
        browsing = browse(CatalogueFilters.from_query(request.GET))
        page = CataloguePage.objects.live().first()
        settings = SiteSettings.for_request(request)
        return {
            "browsing": browsing,
            "address": page.address(request) if page else request.build_absolute_uri("/"),
            "query": browsing.filters.as_query(view="liste"),
            "settings": settings,
        }

    def title(self, obj: dict[str, Any]) -> str:
        asked = _asked(obj["browsing"])
        return f"Nouvelles pratiques{f' ({asked})' if asked else ''} – {obj['settings'].site_title}"

    def description(self, obj: dict[str, Any]) -> str:
        warning = f"{DEMO} " if obj["settings"].is_demo else ""
        return f"{warning}Ce que des milieux ont fait, et qui appeler: les dernières fiches."

    def link(self, obj: dict[str, Any]) -> str:
        return obj["address"] + obj["query"]

    def items(self, obj: dict[str, Any]) -> Iterable[tuple[PracticePage, str]]:
        sheets = obj["browsing"].sheets().only("title", "slug", "summary", "first_published_at")
        latest = sheets.order_by("-first_published_at", "-pk").prefetch_related("issues")
        return [(sheet, obj["address"]) for sheet in latest[:MOST]]

    def item_title(self, item: tuple[PracticePage, str]) -> str:
        return item[0].title

    def item_description(self, item: tuple[PracticePage, str]) -> str:
        return item[0].summary

    def item_link(self, item: tuple[PracticePage, str]) -> str:
        return f"{item[1]}{item[0].slug}/"

    def item_guid(self, item: tuple[PracticePage, str]) -> str:
        return f"pratique-{item[0].pk}"

    def item_pubdate(self, item: tuple[PracticePage, str]) -> Any:
        return item[0].first_published_at


_feed = NewSheets()


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    slow_down(request, "feed", most=FEEDS_AN_HOUR)
    return for_everyone(_feed(request))


def _asked(browsing: Browsing) -> str:
    """The words and choices that are in force."""
    names = browsing.index.names
    chosen = [
        names[facet][value] for facet, values in browsing.filters.chosen.items() for value in values
    ]
    return ", ".join(filter(None, [browsing.filters.text, *chosen]))
