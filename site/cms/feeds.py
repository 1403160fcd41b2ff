"""The latest of a list for feed readers, with the choices of its address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.caching import for_everyone
from cms.models import SiteSettings
from core.facets import LIST, BitIndex, FacetFilters
from core.open_data import DEMO
from core.slowdown import slow_down

MOST = 30
FEEDS_AN_HOUR = 240


@dataclass(frozen=True)
class FeedItem:
    """`guid`: permanent, so that a reader is told of it once."""

    title: str
    words: str
    url: str
    guid: str
    published: dt.datetime | None


@dataclass(frozen=True)
class Listed:
    """`heading` and `words` say what the feed brings; `url`, the list that it follows."""

    heading: str
    words: str
    url: str
    items: Iterable[FeedItem]


class ListFeed(Feed):
    """`listed` reads the request; the rest is the same for every list."""

    language = "fr-ca"
    item_guid_is_permalink = False

    def __init__(self, listed: Callable[[HttpRequest], Listed]) -> None:
        self.listed = listed

    def get_object(self, request: HttpRequest) -> tuple[Listed, SiteSettings]:
        return self.listed(request), SiteSettings.for_request(request)

    def title(self, obj: tuple[Listed, SiteSettings]) -> str:
        return f"{obj[0].heading} – {obj[1].site_title}"

    def description(self, obj: tuple[Listed, SiteSettings]) -> str:
        return f"{DEMO} {obj[0].words}" if obj[1].is_demo else obj[0].words

    def link(self, obj: tuple[Listed, SiteSettings]) -> str:
        return obj[0].url

    def items(self, obj: tuple[Listed, SiteSettings]) -> Iterable[FeedItem]:
        return obj[0].items

    def item_title(self, item: FeedItem) -> str:
        return item.title

    def item_description(self, item: FeedItem) -> str:
        return item.words

    def item_link(self, item: FeedItem) -> str:
        return item.url

    def item_guid(self, item: FeedItem) -> str:
        return item.guid

    def item_pubdate(self, item: FeedItem) -> dt.datetime | None:
        return item.published


def feed_of(listed: Callable[[HttpRequest], Listed]) -> Callable[[HttpRequest], HttpResponse]:
    made = ListFeed(listed)

    @require_safe
    def feed(request: HttpRequest) -> HttpResponse:
        slow_down(request, "feed", most=FEEDS_AN_HOUR)
        return for_everyone(made(request))

    return feed


def in_words(heading: str, filters: FacetFilters, index: BitIndex) -> str:
    """The heading, with the words and choices that are in force."""
    names: Mapping[str, Mapping[str, str]] = index.names
    chosen = [names[facet][value] for facet, values in filters.chosen.items() for value in values]
    asked = ", ".join(filter(None, [filters.text, *chosen]))
    return f"{heading} ({asked})" if asked else heading


def address_of(filters: FacetFilters, url: str) -> str:
    """Of the list itself, whatever view was asked for."""
    return url + filters.as_query(view=LIST)
