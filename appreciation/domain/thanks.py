"""« Merci, voici ce que vous avez dit »: one page before people leave, with what the room may see.

Votes come from `results.py` at the room's k and only once revealed; findings are the group's words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from appreciation.domain.deliberation import propose_agenda
from appreciation.domain.discretion import discretion_rules
from appreciation.domain.restitution import LEVEL_READ
from appreciation.domain.results import Audience, meeting_results
from appreciation.enums import FindingKind, MeetingState
from appreciation.models import Meeting

MOST_LINES = 8
"""More would not fit on the page: the report has the rest."""


@dataclass(frozen=True)
class Thanks:
    """`shared` and `differing` name statements; the others are findings in the group's words."""

    strengths: tuple[str, ...]
    shared: tuple[str, ...]
    differing: tuple[str, ...]
    challenges: tuple[str, ...]
    leads: tuple[str, ...]
    next_meeting: Meeting | None
    is_read_online: bool

    @property
    def is_short(self) -> bool:
        """Nothing is written nor revealed yet: what comes next is all there is to say."""
        said = (self.strengths, self.shared, self.differing, self.challenges, self.leads)
        return not any(said)


def thanks_of(meeting: Meeting, now: dt.datetime) -> Thanks:
    """What to hand to the people of this evening: never another evening's words."""
    found = meeting_results(
        meeting, audience=Audience.ROOM, thresholds=discretion_rules().thresholds
    )
    agenda = propose_agenda(found)
    findings = list(meeting.findings.values_list("kind", "text"))

    def said(kind: str) -> tuple[str, ...]:
        return tuple(text for one, text in findings if one == kind)[:MOST_LINES]

    later = meeting.appraisal.meetings.filter(starts_at__gt=now, state=MeetingState.PLANNED)
    return Thanks(
        strengths=said(FindingKind.STRENGTH),
        shared=tuple(point.name for point in agenda.strengths),
        differing=tuple(point.name for point in agenda.differences)[:MOST_LINES],
        challenges=said(FindingKind.CHALLENGE),
        leads=said(FindingKind.ACTION_LEAD),
        next_meeting=later.exclude(pk=meeting.pk).order_by("starts_at").first(),
        is_read_online=meeting.appraisal.announced_level in LEVEL_READ,
    )


def is_shown_on_phones(meeting: Meeting) -> bool:
    """From the exit questions on: before, the team may still be writing its first words down."""
    return meeting.exit_questions_open or meeting.state in (
        MeetingState.CLOSED,
        MeetingState.ENTRY_DONE,
    )
