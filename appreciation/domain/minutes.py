"""The minutes of a meeting: context, course, observations. For the team only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin
from appreciation.models import Meeting, MeetingMinutes
from core.errors import ConcurrentEditError

if TYPE_CHECKING:
    from accounts.models import User

TEXTS = ("context", "course", "observations")
TOO_LATE = "Quelqu’un a enregistré ce compte rendu pendant que vous écriviez."


def minutes_of(meeting: Meeting) -> MeetingMinutes:
    """What is stored, or an empty one at version 0 (not stored yet)."""
    stored = MeetingMinutes.objects.filter(meeting=meeting).first()
    return stored or MeetingMinutes(meeting=meeting, version=0)


def save_minutes(
    *, meeting: Meeting, user: User, version: int, context: str, course: str, observations: str
) -> MeetingMinutes:
    """Keep the three texts, before, during or long after the evening.

    ConcurrentEditError when somebody saved since `version`, unless both wrote the same.
    """
    with transaction.atomic():
        minutes = minutes_of(begin(meeting, Actor(user=user)))
        wanted = (context, course, observations)
        if tuple(getattr(minutes, name) for name in TEXTS) == wanted:
            return minutes
        if minutes.version != version:
            theirs = "\n\n".join(filter(None, (getattr(minutes, name) for name in TEXTS)))
            raise ConcurrentEditError(TOO_LATE, theirs=theirs)
        minutes.context, minutes.course, minutes.observations = wanted
        minutes.version += 1
        minutes.updated_by = user
        minutes.save()
        return minutes
