"""The calendar of a démarche and of one meeting, for the agendas of those who come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.utils import timezone

from appreciation.domain.queries.progress import progress_of
from appreciation.domain.queries.tasks import DatedTask, calendar_of
from appreciation.enums import AppraisalState, MeetingKind
from appreciation.models import Appraisal, Meeting
from core.calendar_file import CalendarEntry, calendar_text, uid_of
from core.typography import NBSP, fr_typo, of_name

USUAL_LENGTH = dt.timedelta(hours=2, minutes=30)


def appraisal_calendar(appraisal: Appraisal, now: dt.datetime) -> str:
    """The meetings and the tasks that have a date. Taken again, it updates what the agenda holds.

    A task's number of sequence grows with what moves its date: itself, the frame, the gestures,
    the meetings.
    """
    meetings = list(appraisal.meetings.all())
    changes = _changes(appraisal)
    entries = [one for meeting in meetings for one in _entries(appraisal, meeting, changes)]
    moved = changes + sum(meeting.revision for meeting in meetings)
    for phase in calendar_of(appraisal, progress_of(appraisal), timezone.localdate(now)):
        entries += [
            _task_entry(appraisal, one, one.due_on, moved) for one in phase.tasks if one.due_on
        ]
    return calendar_text(name=f"Démarche {of_name(appraisal.place)}", entries=entries, now=now)


def meeting_calendar(meeting: Meeting, now: dt.datetime | None = None) -> str:
    """One meeting, to attach to a mail: what guests may know, without link to the space."""
    appraisal = meeting.appraisal
    entries = _entries(appraisal, meeting, _changes(appraisal))
    return calendar_text(
        name=_meeting_title(appraisal, meeting), entries=entries, now=now or timezone.now()
    )


@dataclass(frozen=True)
class SharedDate:
    """A date that people keep before its evening is planned, by its task of the checklist."""

    kind: str
    words: str


SHARED_DATES = {
    "soiree": SharedDate(MeetingKind.RESTITUTION, "Soirée publique: le rapport (date à confirmer)"),
    "priorites": SharedDate(MeetingKind.CHOICE, "Soirée de choix (date à confirmer)"),
    "suivi-3": SharedDate("", "Suivi, trois mois après"),
    "suivi-6": SharedDate("", "Suivi, six mois après"),
    "suivi-12": SharedDate("", "Suivi, un an après"),
    "suivi-24": SharedDate("", "Suivi, deux ans après"),
}


def shared_calendar(appraisal: Appraisal, now: dt.datetime, notice: str = "") -> str:
    """Every date that is told to everybody: the evenings and the follow-ups. No name, no link.

    An evening that is planned takes the place of its approximate date. `notice` is written in
    front of each title.
    """
    meetings = list(appraisal.meetings.all())
    changes = _changes(appraisal)
    entries = [one for meeting in meetings for one in _entries(appraisal, meeting, changes)]
    moved = changes + sum(meeting.revision for meeting in meetings) + len(meetings)
    kinds = {meeting.kind for meeting in meetings if meeting.starts_at}
    for phase in calendar_of(appraisal, progress_of(appraisal), timezone.localdate(now)):
        for one in phase.tasks:
            shared = SHARED_DATES.get(one.task.code)
            if shared and one.due_on:
                is_over = shared.kind in kinds
                entries.append(_shared_entry(appraisal, one, one.due_on, shared, moved, is_over))
    named = [replace(entry, title=f"{notice}{entry.title}") for entry in entries]
    return calendar_text(
        name=f"{notice}Démarche {of_name(appraisal.place)}", entries=named, now=now
    )


def _shared_entry(
    appraisal: Appraisal,
    one: DatedTask,
    due_on: dt.date,
    shared: SharedDate,
    moved: int,
    is_over: bool,
) -> CalendarEntry:
    return CalendarEntry(
        uid=uid_of(f"date-{appraisal.reference}-{one.task.code}"),
        sequence=moved + one.task.version,
        title=fr_typo(f"{shared.words}, {appraisal.place}"),
        start=due_on,
        is_cancelled=is_over or one.task.is_dropped or _is_cancelled(appraisal),
    )


def _entries(appraisal: Appraisal, meeting: Meeting, changes: int) -> list[CalendarEntry]:
    """One entry; none without a date. Postponed to a day unknown, the former one is cancelled."""
    start = meeting.starts_at or meeting.postponed_from
    if start is None:
        return []
    return [
        CalendarEntry(
            uid=uid_of(f"rencontre-{meeting.reference}"),
            sequence=meeting.revision + changes,
            title=_meeting_title(appraisal, meeting),
            start=start,
            lasts=USUAL_LENGTH,
            place=meeting.venue,
            is_cancelled=meeting.starts_at is None or _is_cancelled(appraisal),
        )
    ]


def _task_entry(appraisal: Appraisal, one: DatedTask, due_on: dt.date, moved: int) -> CalendarEntry:
    said = f"Fait{NBSP}: {one.task.label}" if one.task.done_at else one.task.label
    return CalendarEntry(
        uid=uid_of(f"tache-{appraisal.reference}-{one.task.code}"),
        sequence=moved + one.task.version,
        title=f"{said} ({appraisal.place})",
        start=due_on,
        text=f"Confiée à {one.owner}" if one.owner else "",
        is_cancelled=one.task.is_dropped or _is_cancelled(appraisal),
    )


def _changes(appraisal: Appraisal) -> int:
    """Grows each time the frame is saved or the démarche changes state; never shrinks."""
    return appraisal.version + appraisal.transitions.count()


def _is_cancelled(appraisal: Appraisal) -> bool:
    return appraisal.state == AppraisalState.CANCELLED


def _meeting_title(appraisal: Appraisal, meeting: Meeting) -> str:
    words = meeting.get_kind_display()
    return f"{words[:1].upper()}{words[1:]}, {appraisal.place}"
