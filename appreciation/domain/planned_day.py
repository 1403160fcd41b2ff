"""The evening opens on its day: on any other, whoever opens it is asked first."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from appreciation.models import Meeting
from core.errors import DomainError
from core.typography import fr_date


def day_question(meeting: Meeting, now: dt.datetime) -> str:
    """When the meeting is planned, said only if that is not today; empty for a rehearsal."""
    if meeting.is_rehearsal or meeting.starts_at is None:
        return ""
    planned = timezone.localdate(meeting.starts_at)
    days = (planned - timezone.localdate(now)).days
    if days == 0:
        return ""
    verb = "est" if days > 0 else "était"
    return f"Cette rencontre {verb} prévue le {fr_date(planned)}, {_how_far(days)}."


def ensure_its_day(meeting: Meeting, now: dt.datetime, *, is_day_confirmed: bool) -> None:
    """Refuse another day than the one planned, unless the person said that she means it."""
    question = day_question(meeting, now)
    if question and not is_day_confirmed:
        raise DomainError(
            f"{question} Pour vous exercer, faites une répétition générale; pour ouvrir la vraie "
            "rencontre aujourd’hui, confirmez-le à la console."
        )


def when_held(meeting: Meeting, now: dt.datetime) -> dt.datetime | None:
    """The planned hour, but for an evening that is over before its day: no report tells the future.

    One that is opened after its day is kept on it: its paper is typed later.
    """
    planned = meeting.starts_at
    if planned is None or timezone.localdate(planned) <= timezone.localdate(now):
        return planned
    return meeting.opened_at or now


def _how_far(days: int) -> str:
    if days == 1:
        return "demain"
    if days == -1:
        return "hier"
    return f"dans {days} jours" if days > 0 else f"il y a {-days} jours"
