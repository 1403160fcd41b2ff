"""Evenings where nothing is rated: restitution, choice of priorities, follow-up.

They take no answer and never open; what is kept of them is a date, a place and what was said. Their
kind never changes: planning another kind is planning another meeting.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin, record
from appreciation.domain.meetings import create_meeting
from appreciation.domain.phase_records import lock_to_write
from appreciation.enums import RATING_KINDS
from appreciation.models import Appraisal, Meeting, MeetingMinutes
from core.errors import ConcurrentEditError, DomainError
from core.typography import fr_date, fr_time

if TYPE_CHECKING:
    from accounts.models import User

RATED_ELSEWHERE = "La rencontre d’appréciation se planifie à l’étape « Tenir la rencontre »."
WRITTEN_MEANWHILE = "Quelqu’un a changé cette rencontre pendant que vous écriviez."


def plan_gathering(
    *, appraisal: Appraisal, user: User, kind: str, starts_at: dt.datetime, venue: str
) -> Meeting:
    """Plan an evening without rating, past or to come. The same form sent twice plans one."""
    if kind in RATING_KINDS:
        raise DomainError(RATED_ELSEWHERE)
    with transaction.atomic():
        locked = lock_to_write(appraisal, user)
        same = locked.meetings.filter(kind=kind, starts_at=starts_at, venue=venue).first()
        return same or create_meeting(
            appraisal=locked, actor=Actor(user=user), starts_at=starts_at, venue=venue, kind=kind
        )


def change_gathering(
    *, meeting: Meeting, user: User, version: int, starts_at: dt.datetime, venue: str
) -> Meeting:
    """Another date or place. `version` is the meeting's revision when the form was opened."""
    if meeting.kind in RATING_KINDS:
        raise DomainError(RATED_ELSEWHERE)
    actor = Actor(user=user)
    with transaction.atomic():
        locked = begin(meeting, actor)
        if (locked.starts_at, locked.venue) == (starts_at, venue):
            return locked
        if locked.revision != version:
            raise ConcurrentEditError(WRITTEN_MEANWHILE, theirs=when_and_where(locked))
        locked.starts_at, locked.venue = starts_at, venue
        record(locked, actor, "Date ou lieu changé", when_and_where(locked), ("starts_at", "venue"))
    return locked


def remove_gathering(*, meeting: Meeting, user: User) -> None:
    """Take away an evening planned by mistake: only while nothing is written about it."""
    if meeting.kind in RATING_KINDS:
        raise DomainError("Une rencontre d’appréciation ne se retire pas.")
    with transaction.atomic():
        locked = begin(meeting, Actor(user=user))
        if locked.findings.exists():
            raise DomainError("Des constats viennent de cette rencontre: retirez-les d’abord.")
        if locked.photos.exists() or MeetingMinutes.objects.filter(meeting=locked).exists():
            raise DomainError("Cette rencontre a un compte rendu ou des photos: elle a eu lieu.")
        locked.delete()


def when_and_where(meeting: Meeting) -> str:
    """« 12 novembre 2026, 19 h, Salle des loisirs »."""
    when = ""
    if meeting.starts_at:
        local = timezone.localtime(meeting.starts_at)
        when = f"{fr_date(local)}, {fr_time(local)}"
    return ", ".join(filter(None, (when, meeting.venue)))
