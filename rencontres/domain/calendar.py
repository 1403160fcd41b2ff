"""Events for the agendas of those who come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings

from core.calendar_file import CANCEL, CalendarEntry, calendar_text, uid_of
from rencontres.models import EventPage

MINUTE = 60


def event_calendar(
    events: Iterable[EventPage], now: dt.datetime, name: str = "", notice: str = ""
) -> str:
    """One entry each; taken again, it updates what the agenda holds. Called off, it leaves it.

    `notice` is written in front of each title.
    """
    shown = list(events)
    entries = [_entry(event, notice) for event in shown]
    title = name or (shown[0].title if shown else "")
    return calendar_text(name=f"{notice}{title}", entries=entries, now=now)


def cancelling_calendar(event: EventPage, now: dt.datetime) -> str:
    """Opened, it takes the event out of the agenda that holds it."""
    return calendar_text(name=event.title, entries=[_entry(event, "")], now=now, method=CANCEL)


def _entry(event: EventPage, notice: str) -> CalendarEntry:
    """Its number of sequence grows with each publication: the minute of the last one."""
    published = event.last_published_at
    return CalendarEntry(
        uid=uid_of(f"evenement-{event.pk}"),
        sequence=int(published.timestamp()) // MINUTE if published else 0,
        title=f"{notice}{event.title}",
        start=event.starts_at,
        lasts=event.ends_at - event.starts_at,
        place="; ".join(str(place) for place in event.places.all()),
        text=event.called_off_words if event.is_called_off else "",
        url=event.full_url or "",
        organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        is_cancelled=event.is_called_off,
    )
