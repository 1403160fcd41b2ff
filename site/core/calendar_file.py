"""Calendar files (RFC 5545) that phones and agendas read: events with an hour, or of a whole day.

The same `uid` with a higher `sequence` replaces what an agenda already holds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

PUBLISH, CANCEL = "PUBLISH", "CANCEL"
PRODUCT = "-//Démarches d’appréciation//FR-CA"


@dataclass(frozen=True)
class CalendarEntry:
    """`start` is a moment (with `lasts`) or a day. A cancelled entry leaves the agenda."""

    uid: str
    sequence: int
    title: str
    start: dt.datetime | dt.date
    lasts: dt.timedelta = dt.timedelta()
    place: str = ""
    text: str = ""
    url: str = ""
    organizer: str = ""
    """An address, without which some agendas do not take an entry back."""
    is_cancelled: bool = False


def uid_of(name: str) -> str:
    """`name` is unique in this site; with the name of the site, in every agenda."""
    return f"{name}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or 'localhost'}"


def calendar_text(
    *, name: str, entries: list[CalendarEntry], now: dt.datetime, method: str = PUBLISH
) -> str:
    """The file, with the zone of the site described in it, lines folded and signs escaped.

    By `CANCEL` an agenda that holds the entries takes them out.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, now))
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def _event(entry: CalendarEntry, now: dt.datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    for name, value in (
        ("location", entry.place),
        ("description", entry.text),
        ("url", entry.url),
        ("organizer", f"mailto:{entry.organizer}" if entry.organizer else ""),
    ):
        if value:
            event.add(name, value)
    if isinstance(entry.start, dt.datetime):
        event.add("dtstart", timezone.localtime(entry.start))
        event.add("dtend", timezone.localtime(entry.start + entry.lasts))
    else:
        event.add("dtstart", entry.start)
        event.add("dtend", entry.start + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    return event
