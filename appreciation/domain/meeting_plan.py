"""Planning the meeting of a démarche: one planned meeting at a time, changed until it opens."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from appreciation.domain.actors import Actor
from appreciation.domain.meetings import create_meeting, set_details
from appreciation.domain.phase_records import check_version, lock_to_write
from appreciation.enums import MeetingKind, MeetingState
from appreciation.models import Appraisal, Meeting
from core.typography import fr_date, fr_time

if TYPE_CHECKING:
    from accounts.models import User


def planned_meeting(appraisal: Appraisal) -> Meeting | None:
    """The meeting still to come, if one is planned."""
    return appraisal.meetings.filter(kind=MeetingKind.APPRAISAL, state=MeetingState.PLANNED).first()


def planned_and_held(appraisal: Appraisal) -> tuple[Meeting | None, bool]:
    """The meeting still to come, and whether another one was already opened. One query."""
    meetings = list(appraisal.meetings.filter(kind=MeetingKind.APPRAISAL))
    planned = [meeting for meeting in meetings if meeting.state == MeetingState.PLANNED]
    return next(iter(planned), None), len(planned) < len(meetings)


def plan_meeting(
    *,
    appraisal: Appraisal,
    user: User,
    version: int,
    starts_at: dt.datetime | None,
    venue: str,
    pace: str,
    asks_sector: bool = False,
) -> Meeting:
    """Create the planned meeting, or change it. The same form sent twice plans one meeting.

    `version` is the meeting's revision when the form was opened; 0 for a new one.
    """
    actor = Actor(user=user)
    with transaction.atomic():
        locked = lock_to_write(appraisal, user)
        meeting = planned_meeting(locked)
        if meeting is None:
            meeting = create_meeting(
                appraisal=locked, actor=actor, starts_at=starts_at, venue=venue, pace=pace
            )
        elif _details(meeting) != (starts_at, venue, pace, asks_sector):
            check_version(meeting.revision, version, theirs=_in_words(meeting))
        if _details(meeting) == (starts_at, venue, pace, asks_sector):
            return meeting
        return set_details(
            meeting=meeting,
            actor=actor,
            starts_at=starts_at,
            venue=venue,
            pace=pace,
            asks_sector=asks_sector,
        )


def _details(meeting: Meeting) -> tuple:
    return (meeting.starts_at, meeting.venue, meeting.pace, meeting.asks_sector)


def _in_words(meeting: Meeting) -> str:
    if meeting.starts_at is None:
        return meeting.venue
    return f"{fr_date(meeting.starts_at)}, {fr_time(meeting.starts_at)}, {meeting.venue}"
