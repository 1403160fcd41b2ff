"""The things to do in a démarche, as read: shipped ones, added ones, the dates they are due.

A shipped task is stored only once somebody touches it; until then it is shown as the table says.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from appreciation.domain.queries.progress import Progress
from appreciation.domain.shipped_tasks import POSITIONS, SHIPPED_BY_CODE, SHIPPED_TASKS
from appreciation.enums import ENDED_STATES, Phase
from appreciation.models import Appraisal, PhaseTask

AFTER_THE_SHIPPED = len(SHIPPED_TASKS) + 1
SOON = 3


@dataclass(frozen=True)
class DatedTask:
    """A task and when it is due. `is_late` is said kindly: the date has passed, nothing more."""

    task: PhaseTask
    due_on: dt.date | None
    is_late: bool

    @property
    def owner(self) -> str:
        return str(self.task.owner) if self.task.owner else self.task.owner_words

    @property
    def is_left(self) -> bool:
        return _is_left(self.task)


@dataclass(frozen=True)
class PhaseCalendar:
    phase: Phase
    tasks: list[DatedTask]


def tasks_of(appraisal: Appraisal, phase: str = "") -> list[PhaseTask]:
    """The shipped tasks, as stored where they were touched, and the added ones. One query."""
    rows = PhaseTask.objects.filter(appraisal=appraisal).select_related("owner")
    stored = {task.code: task for task in (rows.filter(phase=phase) if phase else rows)}
    shipped = [
        stored.pop(one.code) if one.code in stored else as_shipped(appraisal, one.code)
        for one in SHIPPED_TASKS
        if not phase or one.phase == phase
    ]
    order = list(Phase)
    return sorted([*shipped, *stored.values()], key=lambda task: order.index(Phase(task.phase)))


def due_date(task: PhaseTask, meeting_on: dt.date | None, opened_on: dt.date) -> dt.date | None:
    """The date typed by hand; else so many days from the meeting; else unknown.

    Nothing waits since before the démarche was opened, however near its meeting is.
    """
    shipped = SHIPPED_BY_CODE.get(task.code)
    if task.due_on is not None or shipped is None or meeting_on is None:
        return task.due_on
    counted = meeting_on + dt.timedelta(days=shipped.days)
    return max(counted, opened_on) if opened_on <= meeting_on else counted


def meeting_day(appraisal: Appraisal, progress: Progress) -> dt.date | None:
    """What dates are counted from: the day of the meeting, else the approximate one."""
    if progress.meeting_starts_at is not None:
        return timezone.localdate(progress.meeting_starts_at)
    return appraisal.expected_on


def calendar_of(appraisal: Appraisal, progress: Progress, today: dt.date) -> list[PhaseCalendar]:
    """Every phase with its things to do, dated. Nothing is late in what has ended."""
    dated = _dated(tasks_of(appraisal), appraisal, progress, today)
    return [
        PhaseCalendar(phase, [one for one in dated if one.task.phase == phase]) for phase in Phase
    ]


def dated_task(
    task: PhaseTask, appraisal: Appraisal, progress: Progress, today: dt.date
) -> DatedTask:
    return _dated([task], appraisal, progress, today)[0]


def find_task(appraisal: Appraisal, code: str) -> PhaseTask | None:
    """A task by its code, touched or not; None when neither the table nor the team has it."""
    rows = PhaseTask.objects.filter(appraisal=appraisal, code=code)
    stored = rows.select_related("owner").first()
    if stored is None and code in SHIPPED_BY_CODE:
        return as_shipped(appraisal, code)
    return stored


def next_tasks(
    appraisal: Appraisal, progress: Progress, today: dt.date, phase: str = ""
) -> list[DatedTask]:
    """What is left to do of a phase; without one, the three due first. None of a phase ended."""
    tasks = [task for task in tasks_of(appraisal, phase) if _is_ahead(appraisal, task)]
    left = [one for one in _dated(tasks, appraisal, progress, today) if one.is_left]
    if phase:
        return left
    return sorted(left, key=lambda one: one.due_on or dt.date.max)[:SOON]


def next_position(appraisal: Appraisal) -> int:
    """After everything shipped, in the order of the additions."""
    last = PhaseTask.objects.filter(appraisal=appraisal).aggregate(last=Max("position"))["last"]
    return max(last or 0, AFTER_THE_SHIPPED) + 1


def new_code() -> str:
    """The code of an added task: unlike any shipped one."""
    return f"ajout-{uuid.uuid4().hex[:16]}"


def _dated(
    tasks: list[PhaseTask], appraisal: Appraisal, progress: Progress, today: dt.date
) -> list[DatedTask]:
    meeting_on = meeting_day(appraisal, progress)
    opened_on = timezone.localdate(appraisal.created_at)
    has_ended = appraisal.state in ENDED_STATES
    dated = []
    for task in tasks:
        due_on = due_date(task, meeting_on, opened_on)
        is_past = due_on is not None and due_on < today and not has_ended
        is_late = is_past and _is_left(task) and _is_ahead(appraisal, task)
        dated.append(DatedTask(task, due_on, is_late))
    return dated


def _is_left(task: PhaseTask) -> bool:
    return task.done_at is None and not task.is_dropped


def _is_ahead(appraisal: Appraisal, task: PhaseTask) -> bool:
    return appraisal.phase_done_at(task.phase) is None


def as_shipped(appraisal: Appraisal, code: str) -> PhaseTask:
    shipped = SHIPPED_BY_CODE[code]
    return PhaseTask(
        appraisal=appraisal,
        code=code,
        phase=shipped.phase,
        label=shipped.label,
        position=POSITIONS[code],
    )
