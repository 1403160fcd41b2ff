"""Meetings for feed readers: the last announced first."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from cms.feeds import MOST, FeedItem, Listed, feed_of
from core.rich_text import to_plain
from rencontres.domain.events import when_in_words
from rencontres.domain.queries.events import public_meetings
from rencontres.models import RegionalMeetingIndexPage, RegionalMeetingPage


def _listed(request: HttpRequest) -> Listed:
    page = RegionalMeetingIndexPage.objects.live().first()
    if page is None:
        raise Http404
    address = page.address(request)
    latest = public_meetings().order_by("-first_published_at", "-pk")
    return Listed(
        heading="Rencontres régionales",
        words="Les rencontres annoncées, et ce qu’il en reste.",
        url=address,
        items=[_item(meeting, address) for meeting in latest[:MOST]],
    )


def _item(meeting: RegionalMeetingPage, address: str) -> FeedItem:
    """Known by its permanent number."""
    called_off = f"N’a pas lieu: {meeting.called_off_words} " if meeting.is_called_off else ""
    return FeedItem(
        title=meeting.title,
        words=f"{called_off}{when_in_words(meeting)}. {to_plain(meeting.introduction)}",
        url=f"{address}{meeting.slug}/",
        guid=f"rencontre-{meeting.pk}",
        published=meeting.first_published_at,
    )


feed = feed_of(_listed)
