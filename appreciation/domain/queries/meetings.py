"""The meetings of a démarche, each with its own number of people: no line adds two evenings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from appreciation.enums import RATING_KINDS, MeetingKind
from appreciation.models import Appraisal, Meeting


@dataclass(frozen=True)
class MeetingLine:
    """`answered`: people who answered something, by phone or paper; hands are not people."""

    meeting: Meeting
    answered: int
    is_rated: bool
    state: str


def meeting_lines(
    appraisal: Appraisal, now: dt.datetime
) -> list[tuple[MeetingKind, list[MeetingLine]]]:
    """Every kind in the order of the démarche, with its meetings, oldest first. One query."""
    meetings = list(
        appraisal.meetings.annotate(
            answered=Count("seats", filter=Q(seats__ratings__isnull=False), distinct=True)
        ).order_by("starts_at", "pk")
    )
    return [
        (kind, [_line(meeting, now) for meeting in meetings if meeting.kind == kind])
        for kind in MeetingKind
    ]


def _line(meeting: Meeting, now: dt.datetime) -> MeetingLine:
    is_rated = meeting.kind in RATING_KINDS
    return MeetingLine(
        meeting=meeting,
        answered=meeting.answered,  # type: ignore[attr-defined]
        is_rated=is_rated,
        state=str(meeting.get_state_display()) if is_rated else state_of_gathering(meeting, now),
    )


def state_of_gathering(meeting: Meeting, now: dt.datetime) -> str:
    """An evening without rating has no gestures: its date tells whether it took place."""
    is_past = meeting.starts_at is not None and meeting.starts_at <= now
    return "tenue" if is_past else "prévue"
