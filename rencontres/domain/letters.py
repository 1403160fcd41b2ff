"""What is written to somebody who registered: her place, the waiting list, a change, the end."""

from __future__ import annotations

import datetime as dt

from background.letters import full_address, write_letter
from background.outbox import Attachment, cancel_mails, queue_mail

from rencontres.domain.calendar import event_calendar
from rencontres.domain.choices import chosen_workshops
from rencontres.domain.events import when_in_words
from rencontres.models import EventPage, Registration

KIND = "registration"
LETTERS = {
    "confirmed": "rencontres/mail/confirmed.txt",
    "waiting": "rencontres/mail/waiting.txt",
    "promoted": "rencontres/mail/promoted.txt",
    "known": "rencontres/mail/known.txt",
    "cancelled": "rencontres/mail/cancelled.txt",
    "word": "rencontres/mail/word.txt",
}
WITH_CALENDAR = ("confirmed", "promoted")


def tell(
    registration: Registration, letter: str, *, key: str, now: dt.datetime, **more: object
) -> None:
    """Queue a letter of `LETTERS`, with the calendar file for whoever has a place.

    Nothing leaves for whoever gave no address. The same `key` again writes nothing more.
    """
    if not registration.email:
        return
    event = registration.event
    context = {
        "event": event,
        "when": when_in_words(event),
        "places": list(event.places.all()),
        "registration": registration,
        "workshops": chosen_workshops(registration),
        "link": full_address("rencontres:mine", registration.token),
        "page_url": event.full_url or "",
        **more,
    }
    subject, body = write_letter(LETTERS[letter], context)
    queue_mail(
        kind=KIND,
        to=registration.email,
        subject=subject,
        body=body,
        key=f"{key_of(registration)}{key}",
        attachment=_calendar(event, now) if letter in WITH_CALENDAR else None,
    )


def forget_mails(registration: Registration) -> None:
    """What was about to leave for her."""
    cancel_mails(key_prefix=key_of(registration))


def key_of(registration: Registration) -> str:
    return f"rencontre/{registration.event_id}/{registration.pk}/"


def _calendar(event: EventPage, now: dt.datetime) -> Attachment:
    return Attachment(name=f"{event.slug[:60]}.ics", text=event_calendar([event], now))
