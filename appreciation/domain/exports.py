"""The whole of a démarche in one file: asked, made by one worker of several, handed to the asker.

A worker that dies leaves no half file: the row names a file once it is whole, and another worker
starts again, three times at most (QUALITY.md §4 rows 11 and 25).
"""

from __future__ import annotations

import datetime as dt
import logging
import tempfile
from collections.abc import Callable
from typing import IO, TYPE_CHECKING

from django.core import signing
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from appreciation.domain.team import can_edit
from appreciation.enums import ExportState
from appreciation.models import Appraisal, ExportJob
from core.errors import DomainError
from core.purges import earliest_due

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger("consortium.exports")

MOST_ATTEMPTS = 3
CLAIM = dt.timedelta(minutes=5)
LINK_LASTS = dt.timedelta(hours=1)
FILE_LASTS = dt.timedelta(hours=24)
SALT = "appreciation.export"
IN_HAND = (ExportState.WAITING, ExportState.RUNNING)

Build = Callable[[Appraisal, IO[bytes]], None]


def ask_for_export(
    *, appraisal: Appraisal, user: User, now: dt.datetime | None = None
) -> ExportJob:
    """Ask for the file. One being made for the same person is given back: two clicks ask once."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
        if not can_edit(locked, user):
            raise DomainError("Seule l’équipe d’animation emporte une démarche.")
        mine = locked.export_jobs.filter(asked_by=user)
        being_made = mine.filter(state__in=IN_HAND).first()
        return being_made or ExportJob.objects.create(appraisal=locked, asked_by=user, asked_at=now)


def latest_export(appraisal: Appraisal, user: User) -> ExportJob | None:
    """What this person asked last, and may still take."""
    limit = timezone.now() - FILE_LASTS
    return appraisal.export_jobs.filter(asked_by=user, asked_at__gt=limit).first()


def sign_link(job: ExportJob) -> str:
    """What stands in the address: good for an hour, for the asker."""
    return signing.dumps([job.pk, job.asked_by_id], salt=SALT)


def export_of_link(
    *, appraisal: Appraisal, user: User, signed: str, now: dt.datetime | None = None
) -> ExportJob | None:
    """The file behind a link, checked again: hour, person, right, 24 hours. None otherwise."""
    now = now or timezone.now()
    try:
        pk, asker = signing.loads(signed, salt=SALT, max_age=LINK_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if asker != user.pk or not can_edit(appraisal, user):
        return None
    return appraisal.export_jobs.filter(
        pk=pk, asked_by=user, state=ExportState.READY, asked_at__gt=now - FILE_LASTS
    ).first()


def open_export(job: ExportJob) -> IO[bytes]:
    return storages["private"].open(job.file_name)


def make_exports(now: dt.datetime, build: Build) -> None:
    """Make what waits, one after the other. `build(appraisal, file)` writes the whole file."""
    free = Q(state=ExportState.WAITING) | Q(state=ExportState.RUNNING, claimed_until__lt=now)
    for pk in list(
        ExportJob.objects.filter(free).order_by("asked_at").values_list("pk", flat=True)
    ):
        claimed = ExportJob.objects.filter(free, pk=pk).update(
            state=ExportState.RUNNING, claimed_until=now + CLAIM, attempts=F("attempts") + 1
        )
        if claimed:
            _make(
                ExportJob.objects.select_related("appraisal__place", "asked_by").get(pk=pk), build
            )


def _make(job: ExportJob, build: Build) -> None:
    user = job.asked_by
    if job.attempts > MOST_ATTEMPTS or user is None or not can_edit(job.appraisal, user):
        _settle(job, state=ExportState.FAILED)
        return
    try:
        name, size = _write(job, build)
    except Exception:
        logger.exception("Copie complète: %s", job.pk)
        is_over = job.attempts >= MOST_ATTEMPTS
        _settle(job, state=ExportState.FAILED if is_over else ExportState.WAITING)
        return
    if not _settle(
        job, state=ExportState.READY, file_name=name, size=size, ready_at=timezone.now()
    ):
        storages["private"].delete(name)


def _write(job: ExportJob, build: Build) -> tuple[str, int]:
    """Built aside, then stored under a name that only this attempt has."""
    with tempfile.TemporaryFile() as aside:
        build(job.appraisal, aside)
        size = aside.tell()
        aside.seek(0)
        return storages["private"].save(_file_name(job, job.attempts), File(aside)), size


def _settle(job: ExportJob, **values) -> bool:
    """Whether the attempt still was this worker's: another may have taken it meanwhile."""
    mine = ExportJob.objects.filter(pk=job.pk, state=ExportState.RUNNING, attempts=job.attempts)
    return mine.update(claimed_until=None, **values) == 1


def _file_name(job: ExportJob, attempt: int) -> str:
    return f"exports/{job.token}-{attempt}.zip"


def erase_old_exports(now: dt.datetime) -> int:
    """After 24 hours the file goes, and what a dead worker may have left."""
    old = list(ExportJob.objects.filter(asked_at__lt=now - FILE_LASTS))
    for job in old:
        for attempt in range(1, MOST_ATTEMPTS + 1):
            storages["private"].delete(_file_name(job, attempt))
    return ExportJob.objects.filter(pk__in=[job.pk for job in old]).delete()[0]


def next_old_export() -> dt.datetime | None:
    return earliest_due(ExportJob.objects.all(), "asked_at", kept=FILE_LASTS)
