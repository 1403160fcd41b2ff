"""What is written to somebody who registered: her place, the waiting list, a change, the end."""

from __future__ import annotations

import datetime as dt

from background.letters import full_address, write_letter
from background.outbox import Attachment, cancel_mails, queue_mail
from rencontres.domain.calendar import cancelling_calendar, event_calendar
from rencontres.domain.choices import chosen_workshops
from rencontres.domain.events import when_in_words
from rencontres.enums import RegistrationState
from rencontres.models import EventPage, Registration

KIND = "registration"
LETTERS = {
    "confirmed": "rencontres/mail/confirmed.txt",
    "waiting": "rencontres/mail/waiting.txt",
    "promoted": "rencontres/mail/promoted.txt",
    "known": "rencontres/mail/known.txt",
    "cancelled": "rencontres/mail/cancelled.txt",
    "word": "rencontres/mail/word.txt",
    "called_off": "rencontres/mail/called_off.txt",
    "back_on": "rencontres/mail/back_on.txt",
}
WITH_CALENDAR = ("confirmed", "promoted", "word", "called_off", "back_on")
"""For whoever has a place: hers holds the last date and place, or leaves her agenda."""


def tell(
    registration: Registration, letter: str, *, key: str, now: dt.datetime, **more: object
) -> None:
    """Queue a letter of `LETTERS`, for whoever has a place with the calendar file.

    Nothing leaves for whoever gave no address. The same `key` again writes nothing more.
    """
    if not registration.email:
        return
    event = registration.event
    has_place = registration.state == RegistrationState.CONFIRMED
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
        attachment=_calendar(event, now) if letter in WITH_CALENDAR and has_place else None,
    )


def forget_mails(registration: Registration) -> None:
    """What was about to leave for her."""
    cancel_mails(key_prefix=key_of(registration))


def key_of(registration: Registration) -> str:
    return f"rencontre/{registration.event_id}/{registration.pk}/"


def _calendar(event: EventPage, now: dt.datetime) -> Attachment:
    text = cancelling_calendar(event, now) if event.is_called_off else event_calendar([event], now)
    return Attachment(name=f"{event.slug[:60]}.ics", text=text)
