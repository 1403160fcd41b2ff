"""The things to do in a démarche: whose, for when, done or not. Dates follow the meeting.

A shipped task is stored only once somebody touches it; until then it is shown as the table says.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from appreciation.domain.phase_records import lock_to_write
from appreciation.domain.queries.tasks import find_task, next_position
from appreciation.domain.shipped_tasks import SHIPPED_BY_CODE
from appreciation.enums import ENDED_STATES
from appreciation.models import Appraisal, PhaseTask
from core.errors import ConcurrentEditError, DomainError
from core.typography import fr_date

if TYPE_CHECKING:
    from accounts.models import User

OWNERS_KEPT = dt.timedelta(days=90)
MOST_ADDED = 100


@dataclass(frozen=True)
class TaskWish:
    """What the form of one task says. One owner at most: a member, or words."""

    owner: User | None
    owner_words: str
    due_on: dt.date | None
    is_done: bool
    is_dropped: bool


def save_task(
    *, appraisal: Appraisal, user: User, code: str, version: int, wish: TaskWish
) -> PhaseTask:
    """Keep whose it is, for when, and where it stands.

    Refused when somebody else saved since `version`, unless both wrote the same. The owner is in
    the team, or is named in words.
    """
    with transaction.atomic():
        locked = lock_to_write(appraisal, user)
        task = _get(locked, code)
        if _as_wished(task) == wish:
            return task
        if task.version != version:
            raise ConcurrentEditError(
                "Quelqu’un a changé cette tâche pendant que vous écriviez.",
                theirs=task_in_words(task),
            )
        _check_owner(locked, wish)
        task.owner, task.owner_words = wish.owner, wish.owner_words
        task.due_on, task.is_dropped = wish.due_on, wish.is_dropped
        _mark(task, user, is_done=wish.is_done)
        _store(task)
        return task


def tick_task(*, appraisal: Appraisal, user: User, code: str, is_done: bool) -> PhaseTask:
    """Done, or to do again. Asking twice changes nothing: no version is needed."""
    with transaction.atomic():
        task = _get(lock_to_write(appraisal, user), code)
        if (task.done_at is not None) != is_done or task.is_dropped:
            task.is_dropped = False
            _mark(task, user, is_done=is_done)
            _store(task)
        return task


def add_task(
    *, appraisal: Appraisal, user: User, code: str, phase: str, label: str, due_on: dt.date | None
) -> PhaseTask:
    """One more thing to do. The same form sent twice (same `code`) adds one."""
    with transaction.atomic():
        locked = lock_to_write(appraisal, user)
        if code in SHIPPED_BY_CODE:
            raise DomainError("Rouvrez le calendrier, puis ajoutez la tâche de nouveau.")
        already = PhaseTask.objects.filter(appraisal=locked, code=code).first()
        if already is not None:
            return already
        if PhaseTask.objects.filter(appraisal=locked).count() >= MOST_ADDED:
            raise DomainError(f"La liste a déjà {MOST_ADDED} tâches: terminez-en quelques-unes.")
        return PhaseTask.objects.create(
            appraisal=locked,
            code=code,
            phase=phase,
            label=" ".join(label.split()),
            due_on=due_on,
            position=next_position(locked),
        )


def date_check_in(
    *, appraisal: Appraisal, months: int, due_on: dt.date | None, before: dt.date | None
) -> None:
    """The calendar says the day of the check-in itself, or counts it again from the meeting.

    A day that somebody wrote stays.
    """
    task = _get(appraisal, f"suivi-{months}")
    if task.due_on in (None, before) and task.due_on != due_on:
        task.due_on = due_on
        _store(task)


def tick_check_in(
    *, appraisal: Appraisal, months: int, user: User | None, now: dt.datetime
) -> None:
    """The check-in was answered, wherever it came from: its task is done."""
    task = _get(appraisal, f"suivi-{months}")
    if task.done_at is None and not task.is_dropped:
        task.done_at, task.done_by = now, user
        _store(task)


def erase_old_task_owners(now: dt.datetime) -> int:
    """Names written beside a task, 90 days after the démarche ended."""
    old = _ended_with_names().filter(ended_at__lt=now - OWNERS_KEPT).values("pk")
    named = PhaseTask.objects.exclude(owner_words="")
    return named.filter(appraisal__in=old).update(owner_words="")


def next_old_task_owner() -> dt.datetime | None:
    """When the next of these names goes."""
    first = _ended_with_names().order_by("ended_at").first()
    return first.ended_at + OWNERS_KEPT if first else None


def _ended_with_names() -> QuerySet:
    named = PhaseTask.objects.exclude(owner_words="").values("appraisal")
    ended = Appraisal.objects.filter(state__in=ENDED_STATES, pk__in=named)
    return ended.annotate(ended_at=Max("transitions__at")).filter(ended_at__isnull=False)


def task_in_words(task: PhaseTask) -> str:
    """Where it stands, for the colleague who wrote at the same time."""
    owner = str(task.owner) if task.owner else task.owner_words
    words = [
        f"confiée à {owner}" if owner else "confiée à personne",
        f"pour le {fr_date(task.due_on)}" if task.due_on else "date calculée",
        "sans objet" if task.is_dropped else "faite" if task.done_at else "à faire",
    ]
    return ", ".join(words)


def _get(appraisal: Appraisal, code: str) -> PhaseTask:
    found = find_task(appraisal, code)
    if found is None:
        raise DomainError("Cette tâche n’est plus dans la liste: rouvrez le calendrier.")
    return found


def _as_wished(task: PhaseTask) -> TaskWish:
    return TaskWish(
        task.owner, task.owner_words, task.due_on, task.done_at is not None, task.is_dropped
    )


def _check_owner(appraisal: Appraisal, wish: TaskWish) -> None:
    if wish.owner and wish.owner_words:
        message = "Choisissez quelqu’un de l’équipe ou écrivez un nom, pas les deux."
        raise DomainError(message, fields={"owner_words": message})
    if wish.owner and not appraisal.memberships.filter(user=wish.owner).exists():
        message = "Cette personne n’est plus dans l’équipe: choisissez quelqu’un d’autre."
        raise DomainError(message, fields={"owner": message})


def _mark(task: PhaseTask, user: User, *, is_done: bool) -> None:
    if is_done != (task.done_at is not None):
        task.done_at = timezone.now() if is_done else None
        task.done_by = user if is_done else None


def _store(task: PhaseTask) -> None:
    task.version += 1
    task.save()
