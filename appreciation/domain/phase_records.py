"""What the team writes at a phase: a text, its source, a document; and its little checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from appreciation.domain.queries.tasks import new_code, next_position, tasks_of
from appreciation.domain.team import can_edit
from appreciation.enums import Phase
from appreciation.models import Appraisal, PhaseRecord, PhaseTask
from cms.stored_documents import forget_unheld
from core.errors import ConcurrentEditError, DomainError

if TYPE_CHECKING:
    from accounts.models import User
    from cms.models import SiteDocument


def record_version(appraisal: Appraisal, phase: str) -> int:
    """The version a form starts from: 0 while nothing is written."""
    record = PhaseRecord.objects.filter(appraisal=appraisal, phase=phase).first()
    return record.version if record else 0


def save_record(
    *,
    appraisal: Appraisal,
    phase: str,
    user: User,
    version: int,
    text: str,
    source: str = "",
    document: SiteDocument | None = None,
) -> PhaseRecord:
    """Save what is written at `phase`; `document=None` keeps the one already joined.

    Another one replaces it.

    Refused when somebody else saved since `version`, unless both wrote the same.
    """
    with transaction.atomic():
        lock_to_write(appraisal, user)
        record = PhaseRecord.objects.filter(appraisal=appraisal, phase=phase).first()
        record = record or PhaseRecord(appraisal=appraisal, phase=phase, version=0)
        former = record.document
        document = document or former
        if (record.text, record.source, record.document) == (text, source, document):
            return record
        check_version(record.version, version, theirs=record.text)
        record.text, record.source, record.document = text, source, document
        record.version += 1
        record.updated_by = user
        record.save()
        if former != document:
            forget_unheld(former)
        return record


def bump_record(*, appraisal: Appraisal, phase: str, user: User, version: int, theirs: str) -> None:
    """Count a version for what is stored elsewhere but written on the same page."""
    record, _ = PhaseRecord.objects.get_or_create(
        appraisal=appraisal, phase=phase, defaults={"version": 0}
    )
    check_version(record.version, version, theirs=theirs)
    record.version += 1
    record.updated_by = user
    record.save()


def save_convening(
    *, appraisal: Appraisal, user: User, version: int, done: list[str], added: str = ""
) -> None:
    """Tick exactly the labels of `done`; `added` is one more thing to do.

    Refused when somebody else saved since `version`, unless both ticked the same. A list of guests
    written here before there was one line for each stays as it was.
    """
    phase = Phase.CONVENING
    with transaction.atomic():
        lock_to_write(appraisal, user)
        tasks = tasks_of(appraisal, phase)
        ticked = {task.label for task in tasks if task.done_at}
        added = "" if added in {task.label for task in tasks} else added.strip()
        if (ticked, "") == (set(done), added):
            return
        bump_record(
            appraisal=appraisal,
            phase=phase,
            user=user,
            version=version,
            theirs=", ".join(sorted(ticked)),
        )
        if added:
            tasks.append(
                PhaseTask(
                    appraisal=appraisal,
                    code=new_code(),
                    phase=phase,
                    label=added,
                    position=next_position(appraisal),
                )
            )
        _tick(tasks, done, user)


def _tick(tasks: list[PhaseTask], done: list[str], user: User) -> None:
    for task in tasks:
        is_done = task.label in done
        if task.pk is None or is_done != (task.done_at is not None):
            task.done_at = timezone.now() if is_done else None
            task.done_by = user if is_done else None
            task.version += 1
            task.save()


def lock_to_write(appraisal: Appraisal, user: User) -> Appraisal:
    """The démarche, locked, for somebody who may change it."""
    locked = Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
    if not can_edit(locked, user):
        raise DomainError("Vous pouvez voir cette démarche, pas la changer.")
    return locked


def check_version(stored: int, given: int, *, theirs: str) -> None:
    if stored != given:
        raise ConcurrentEditError(
            "Quelqu’un a enregistré cette étape pendant que vous écriviez.", theirs=theirs
        )
