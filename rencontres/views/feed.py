"""Meetings for feed readers: the last announced first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.caching import for_everyone
from cms.models import SiteSettings
from core.open_data import DEMO
from core.rich_text import to_plain
from core.slowdown import slow_down
from rencontres.domain.events import when_in_words
from rencontres.domain.queries.events import public_meetings
from rencontres.models import RegionalMeetingIndexPage, RegionalMeetingPage

MOST = 30
FEEDS_AN_HOUR = 240


class Meetings(Feed):
    """A reader is told of a meeting once: it is known by its permanent number."""

    language = "fr-ca"
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest) -> dict[str, Any]:
        page = RegionalMeetingIndexPage.objects.live().first()
        if page is None:
            raise Http404
        return {"address": page.address(request), "settings": SiteSettings.for_request(request)}

    def title(self, obj: dict[str, Any]) -> str:
        return f"Rencontres régionales – {obj['settings'].site_title}"

    def description(self, obj: dict[str, Any]) -> str:
        warning = f"{DEMO} " if obj["settings"].is_demo else ""
        return f"{warning}Les rencontres annoncées, et ce qu’il en reste."

    def link(self, obj: dict[str, Any]) -> str:
        return obj["address"]

    def items(self, obj: dict[str, Any]) -> Iterable[tuple[RegionalMeetingPage, str]]:
        latest = public_meetings().order_by("-first_published_at", "-pk")
        return [(meeting, obj["address"]) for meeting in latest[:MOST]]

    def item_title(self, item: tuple[RegionalMeetingPage, str]) -> str:
        return item[0].title

    def item_description(self, item: tuple[RegionalMeetingPage, str]) -> str:
        meeting = item[0]
        called_off = f"N’a pas lieu: {meeting.called_off_words} " if meeting.is_called_off else ""
        return f"{called_off}{when_in_words(meeting)}. {to_plain(meeting.introduction)}"

    def item_link(self, item: tuple[RegionalMeetingPage, str]) -> str:
        return f"{item[1]}{item[0].slug}/"

    def item_guid(self, item: tuple[RegionalMeetingPage, str]) -> str:
        return f"rencontre-{item[0].pk}"

    def item_pubdate(self, item: tuple[RegionalMeetingPage, str]) -> Any:
        return item[0].first_published_at


_feed = Meetings()


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    slow_down(request, "feed", most=FEEDS_AN_HOUR)
    return for_everyone(_feed(request))
