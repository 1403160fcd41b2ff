"""What registered people were told of an event, and what they are told when it changes.

Called off, or on again, everyone who is expected is written to as soon as the page says it. A new
date or another hall is the organiser's to tell: the screens offer her the mail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from core.typography import join_words
from rencontres.domain.letters import tell
from rencontres.domain.seats import lock_event
from rencontres.models import EventPage, Registration

NAMES = {"date": "la date", "lieu": "le lieu"}


@dataclass(frozen=True)
class Facts:
    """What a live event says to those who come."""

    is_called_off: bool
    starts_at: dt.datetime
    ends_at: dt.datetime
    places: tuple[str, ...]


def facts_of(pk: int | None) -> Facts | None:
    """As it is stored; None for an event that nobody reads."""
    event = EventPage.objects.filter(pk=pk, live=True).first() if pk else None
    if event is None:
        return None
    places = tuple(str(place) for place in event.places.all())
    return Facts(event.is_called_off, event.starts_at, event.ends_at, places)


def what_changed(before: Facts | None, after: Facts | None) -> list[str]:
    """« date », « lieu »: what those who come would get wrong."""
    if before is None or after is None or after.is_called_off or after.ends_at <= timezone.now():
        return []
    return _moved(before, after)


def _moved(before: Facts, after: Facts | None) -> list[str]:
    changed: list[str] = []
    if after is None:
        return changed
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        changed.append("date")
    if before.places != after.places:
        changed.append("lieu")
    return changed


def changed_words(changed: Iterable[str]) -> str:
    """« La date et le lieu ont changé. », or nothing."""
    names = [NAMES[one] for one in dict.fromkeys(changed) if one in NAMES]
    if not names:
        return ""
    said = f"{join_words(names)} {'ont' if len(names) > 1 else 'a'} changé."
    return said[0].upper() + said[1:]


@transaction.atomic
def tell_whether_it_is_on(*, event: EventPage, before: Facts | None, now: dt.datetime) -> int:
    """One mail to each person who is expected, when what was announced is called off, or on again.

    Nobody is written to about an event that is over, nor twice for one change. Returns to how many.
    """
    if before is None:
        return 0
    locked = lock_event(event)
    if locked.is_called_off == before.is_called_off or now >= locked.ends_at:
        return 0
    letter = "called_off" if locked.is_called_off else "back_on"
    changed = changed_words(_moved(before, facts_of(locked.pk)))
    expected = list(Registration.objects.expected().filter(event=locked).exclude(email=""))
    for one in expected:
        one.event = locked
        tell(one, letter, key=f"{letter}/{locked.live_revision_id}", now=now, changed=changed)
    return len(expected)


def without_address(event: EventPage) -> list[str]:
    """The names of those whom no mail reaches."""
    rows = Registration.objects.expected().filter(event=event, email="", erased_at=None)
    return [one.name for one in rows.order_by("pk")]
