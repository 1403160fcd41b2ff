"""What the pages of events show, put in the order in which it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from appreciation.models import SynthesisEdition
from cms.models import SiteSettings
from core.citation import organisation
from core.rich_text import to_plain
from rencontres.domain.events import door_of, when_in_words
from rencontres.domain.queries.events import coming_meetings, past_meetings
from rencontres.domain.seats import full_workshops, seats_of
from rencontres.enums import Door
from rencontres.models import (
    EventPage,
    EventPlace,
    ProgrammeItem,
    RegionalMeetingPage,
    Workshop,
)

SCHEMA = "https://schema.org/"
LONGEST_DESCRIPTION = 300


@dataclass(frozen=True)
class Day:
    on: dt.date
    items: list[ProgrammeItem]


@dataclass(frozen=True)
class Period:
    """Workshops among which one is chosen; without a name, those that stand alone."""

    name: str
    workshops: list[Workshop]


def event_context(event: EventPage, request: HttpRequest) -> dict[str, Any]:
    parent = event.get_parent().specific_deferred
    door = door_of(event, timezone.now())
    places, workshops = list(event.places.all()), list(event.workshops.all())
    is_open = door == Door.OPEN and event.pk is not None
    return {
        "ancestors": [parent],
        "when": when_in_words(event),
        "door": door,
        "seats": seats_of(event) if is_open else None,
        "places": places,
        "days": programme_by_day(event),
        "periods": periods_of(workshops),
        "full": full_workshops(event, among=workshops) if is_open else set(),
        "structured": structured_event(event, places, request),
    }


def index_context() -> dict[str, Any]:
    now = timezone.now()
    coming = list(coming_meetings(now))
    return {
        "coming": [(one, when_in_words(one), door_of(one, now)) for one in coming],
        "past": [(one, when_in_words(one)) for one in past_meetings(now)],
    }


def programme_by_day(event: EventPage) -> list[Day]:
    """In the order of the clock, whatever the order in which the lines were typed."""
    first = timezone.localtime(event.starts_at).date()
    rows = sorted(event.programme.all(), key=lambda one: (one.day or first, one.starts))
    return [Day(on, list(items)) for on, items in groupby(rows, lambda one: one.day or first)]


def periods_of(workshops: Iterable[Workshop]) -> list[Period]:
    """Periods in the order of their first workshop; the editor's order inside."""
    periods: dict[str, list[Workshop]] = {}
    for workshop in workshops:
        periods.setdefault(workshop.period, []).append(workshop)
    return [Period(name, offered) for name, offered in periods.items()]


def structured_event(
    event: EventPage, places: list[EventPlace], request: HttpRequest
) -> dict[str, Any]:
    """schema.org: what search engines and agendas show of it."""
    settings = SiteSettings.for_request(request)
    status = "EventCancelled" if event.is_called_off else "EventScheduled"
    return {
        "@type": "Event",
        "name": event.title,
        "description": to_plain(event.introduction)[:LONGEST_DESCRIPTION],
        "url": event.address(request),
        "startDate": timezone.localtime(event.starts_at).isoformat(),
        "endDate": timezone.localtime(event.ends_at).isoformat(),
        "eventStatus": f"{SCHEMA}{status}",
        "inLanguage": "fr-CA",
        "location": [
            {"@type": "Place", "name": place.name, "address": place.address} for place in places
        ],
        "organizer": organisation(settings.organisation),
    }


def synthesis_context(meeting: RegionalMeetingPage) -> dict[str, Any]:
    """The edition that is out, and its page. One query more, for a meeting that has a synthesis."""
    if meeting.synthesis_id is None:
        return {}
    editions = SynthesisEdition.objects.out().light().select_related("synthesis")
    edition = editions.filter(synthesis=meeting.synthesis_id).first()
    if edition is None:
        return {}
    return {"synthesis": edition, "synthesis_page": getattr(edition.synthesis, "page", None)}
