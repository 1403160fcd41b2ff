"""The date of the meeting moves, or the démarche stops: what depends on it is told here.

A module that keeps something about the date (guests to warn, reminders to send again) registers a
function once, in `AppreciationConfig.ready`:

    from appreciation.domain.postponing import register_on_postponed
    register_on_postponed(tell_guests)      # def tell_guests(move: Move) -> None

It is called inside the transaction of the gesture, once the new date is stored and the mails that
gave the former one are forgotten. A mail that gives the date carries a key that begins with
`dated_prefix(appraisal)`; put the new date in the rest of the key, so that a mail already sent does
not keep the next one from leaving:

    queue_mail(key=f"{dated_prefix(move.appraisal)}rappel/{move.after}/{guest.pk}", …)

The join code, the posters and the sheets of paper stay as they are: the meeting keeps its row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import record
from appreciation.domain.journal import log_gesture
from appreciation.domain.locks import lock_meeting
from appreciation.enums import AppraisalState, MeetingKind, MeetingState
from appreciation.models import Appraisal, Meeting
from background.outbox import cancel_mails
from core.errors import DomainError
from core.typography import fr_date

if TYPE_CHECKING:
    from accounts.models import User


class Why(StrEnum):
    POSTPONED = "postponed"
    RESUMED = "resumed"
    ASLEEP = "asleep"
    CANCELLED = "cancelled"
    MOVED = "moved"


WHY_OF_GESTURE = {
    "postpone": Why.POSTPONED,
    "put_to_sleep": Why.ASLEEP,
    "resume": Why.RESUMED,
    "revive": Why.RESUMED,
    "cancel": Why.CANCELLED,
}
"""Gestures of the table of transitions that others are told of. MOVED: another day, no gesture."""


@dataclass(frozen=True)
class Move:
    """`before` and `after` are the moments of the meeting (None: unknown). Cancelled: no `after`.

    `before_day` and `after_day` are also known when only an approximate date is.
    """

    appraisal: Appraisal
    why: Why
    meeting: Meeting | None
    before: dt.datetime | None
    after: dt.datetime | None
    before_day: dt.date | None
    after_day: dt.date | None
    user: User | None


Hook = Callable[[Move], None]
on_postponed: list[Hook] = []


def register_on_postponed(hook: Hook) -> None:
    """Registered twice, called once."""
    if hook not in on_postponed:
        on_postponed.append(hook)


def dated_prefix(appraisal: Appraisal) -> str:
    """How the key of a mail that gives the date of the meeting begins."""
    return f"{appraisal.reference}/date/"


def can_move_date(appraisal: Appraisal) -> bool:
    """Whether the meeting is still to come: none was opened, the phase is not behind."""
    opened = appraisal.meetings.filter(kind=MeetingKind.APPRAISAL, opened_at__isnull=False)
    return appraisal.meeting_done_at is None and not opened.exists()


def check_new_date(new_date: dt.date | None, today: dt.date) -> None:
    if new_date is not None and new_date < today:
        message = "Cette date est passée: choisissez un jour à venir, ou laissez la case vide."
        raise DomainError(message, fields={"new_date": message})


def follow_gesture(
    *, appraisal: Appraisal, gesture: str, user: User, new_date: dt.date | None, was: str
) -> None:
    """Move the meeting as the gesture asks, then tell those who registered.

    Postponed: to `new_date`, or to a day unknown yet. Resumed: to `new_date` if one is given. The
    hour and the place are kept. The caller holds the lock of the démarche and saves its state.
    Resumed on the date that was said when it was postponed (`was`, the state before): nothing new.
    """
    check_new_date(new_date, timezone.localdate())
    why = WHY_OF_GESTURE[gesture]
    meeting = _meeting_to_come(appraisal)
    before, before_day = _when(appraisal, meeting)
    moves = why == Why.POSTPONED or (why == Why.RESUMED and new_date is not None)
    if moves and can_move_date(appraisal):
        _move(appraisal, meeting, user, new_date)
    after, after_day = (None, None) if why == Why.CANCELLED else _when(appraisal, meeting)
    if before_day != after_day and why != Why.CANCELLED:
        _log_move(appraisal, user, before_day, after_day)
    is_told_already = was == AppraisalState.POSTPONED and (before, before_day) == (after, after_day)
    if why == Why.RESUMED and is_told_already:
        return
    prefix = f"{appraisal.reference}/" if why == Why.CANCELLED else dated_prefix(appraisal)
    cancel_mails(key_prefix=prefix)
    _tell(Move(appraisal, why, meeting, before, after, before_day, after_day, user))


def tell_of_new_time(*, meeting: Meeting, before: dt.datetime | None, user: User | None) -> None:
    """The team changed the hour of a meeting already planned, without any gesture."""
    if meeting.kind != MeetingKind.APPRAISAL or before in (None, meeting.starts_at):
        return
    appraisal = meeting.appraisal
    after, after_day = _when(appraisal, meeting)
    cancel_mails(key_prefix=dated_prefix(appraisal))
    before_day = timezone.localdate(before)
    _tell(Move(appraisal, Why.MOVED, meeting, before, after, before_day, after_day, user))


def _tell(move: Move) -> None:
    for hook in on_postponed:
        hook(move)


def _meeting_to_come(appraisal: Appraisal) -> Meeting | None:
    planned = appraisal.meetings.filter(kind=MeetingKind.APPRAISAL, state=MeetingState.PLANNED)
    found = planned.first()
    return lock_meeting(found) if found else None


def _when(
    appraisal: Appraisal, meeting: Meeting | None
) -> tuple[dt.datetime | None, dt.date | None]:
    starts_at = meeting.starts_at if meeting else None
    return starts_at, timezone.localdate(starts_at) if starts_at else appraisal.expected_on


def _move(
    appraisal: Appraisal, meeting: Meeting | None, user: User, new_date: dt.date | None
) -> None:
    appraisal.expected_on = new_date
    appraisal.version += 1
    appraisal.save(update_fields=["expected_on", "version", "updated_at"])
    if meeting is None:
        return
    known = meeting.starts_at or meeting.postponed_from
    meeting.starts_at = _same_hour(known, new_date)
    meeting.postponed_from = None if meeting.starts_at else known
    record(
        meeting,
        Actor(user=user),
        "Rencontre reportée",
        fr_date(new_date) if new_date else "à une date à venir",
        fields=("starts_at", "postponed_from"),
    )


def _same_hour(known: dt.datetime | None, new_date: dt.date | None) -> dt.datetime | None:
    """The same hour on the wall that day, whatever the season."""
    if known is None or new_date is None:
        return None
    return timezone.make_aware(dt.datetime.combine(new_date, timezone.localtime(known).time()))


def _log_move(
    appraisal: Appraisal, user: User, before: dt.date | None, after: dt.date | None
) -> None:
    said = [fr_date(day) if day else "date inconnue" for day in (before, after)]
    log_gesture(appraisal, "date_moved", user, f"Avant: {said[0]}. Maintenant: {said[1]}.")
