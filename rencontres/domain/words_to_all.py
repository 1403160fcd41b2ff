"""A word from the organiser to those who registered: the hall changes, it does not take place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from cms.public_forms import key_of_words
from core.errors import DomainError
from rencontres.domain.letters import tell
from rencontres.domain.seats import lock_event
from rencontres.enums import EXPECTED_STATES
from rencontres.models import EventPage, Registration

NOBODY = "Personne n’a laissé de courriel dans ce groupe."


@transaction.atomic
def write_to_registered(
    *,
    event: EventPage,
    states: Collection[str],
    subject: str,
    text: str,
    form_key: str,
    now: dt.datetime,
) -> int:
    """One mail each, with her own link; the same word twice writes once. Returns to how many."""
    locked = lock_event(event)
    word = key_of_words(form_key, f"{subject}/{text}")
    asked = set(states) & set(EXPECTED_STATES)
    rows = Registration.objects.filter(event=locked, state__in=asked).exclude(email="")
    written = list(rows)
    if not written:
        raise DomainError(NOBODY)
    for one in written:
        one.event = locked
        tell(one, "word", key=f"mot/{word}", now=now, subject=subject, text=text)
    return len(written)
