"""A file of a démarche or of a synthesis: asked, made by one worker of several, handed out.

A worker that dies leaves no half file: the row names a file once it is whole, and another worker
starts again, three times at most (QUALITY.md §4 rows 11 and 25).
"""

from __future__ import annotations

import datetime as dt
import errno
import logging
import tempfile
from collections.abc import Callable
from typing import IO, TYPE_CHECKING

from django.core import signing
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from appreciation.domain.team import can_edit
from appreciation.enums import ExportState
from appreciation.models import Appraisal, ExportJob, Meeting
from appreciation.models.exports import FULL_COPY
from core.errors import DomainError
from core.purges import earliest_due
from core.storages import delete_once_committed

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger("consortium.exports")

MOST_ATTEMPTS = 3
CLAIM = dt.timedelta(minutes=5)
LINK_LASTS = dt.timedelta(hours=1)
FILE_LASTS = dt.timedelta(hours=24)
FOLDER = "exports"
SALT = "appreciation.export"
IN_HAND = (ExportState.WAITING, ExportState.RUNNING)

NO_SPACE = (
    "Il n’y a plus de place sur le serveur. Prévenez l’administration du site, puis réessayez."
)
BROKEN = "Le fichier n’a pas pu se faire. Réessayez; si cela recommence, appelez la coordination."
GONE = "Le fichier n’a pas été fait: vous n’y avez plus droit."
WAITS = "En préparation"
STOPPED = "La préparation s’est arrêtée en chemin. Elle reprend d’elle-même."
AGAIN = "Nouvel essai. "
MOST_IN_HAND = 12
"""Files that one person may have in preparation in one démarche: a kit and its parts."""

Tell = Callable[[int, str], None]
Build = Callable[[ExportJob, IO[bytes], Tell], str | None]
"""Write the whole file of a job; `tell(percent, words)` says how far it is, and keeps the claim.

What it gives back, if anything, is said beside the file once it is ready.
"""
IsWanted = Callable[[ExportJob], bool]


def ask_for_export(
    *,
    appraisal: Appraisal,
    user: User,
    code: str = FULL_COPY,
    extension: str = "zip",
    meeting: Meeting | None = None,
    options: dict[str, str] | None = None,
    now: dt.datetime | None = None,
) -> ExportJob:
    """Ask for a file. The same one being made for this person is given back: two clicks ask once.

    Raises `DomainError` for who is not in the team, and beyond `MOST_IN_HAND` files in preparation.
    """
    asked = {"code": code, "extension": extension, "meeting": meeting, "options": options or {}}
    with transaction.atomic():
        locked = Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
        if not can_edit(locked, user):
            raise DomainError("Seule l’équipe d’animation emporte une démarche.")
        in_hand = list(locked.export_jobs.filter(asked_by=user, state__in=IN_HAND))
        for job in in_hand:
            if all(getattr(job, name) == value for name, value in asked.items()):
                return job
        if len(in_hand) >= MOST_IN_HAND:
            raise DomainError(
                f"{MOST_IN_HAND} fichiers sont déjà en préparation. Attendez qu’ils soient prêts."
            )
        return ExportJob.objects.create(
            appraisal=locked, asked_by=user, asked_at=now or timezone.now(), **asked
        )


def latest_export(appraisal: Appraisal, user: User) -> ExportJob | None:
    """The whole copy that this person asked for last, and may still take."""
    return latest_exports(appraisal, user, meeting=None).get(FULL_COPY)


def latest_exports(
    appraisal: Appraisal, user: User, *, meeting: Meeting | None
) -> dict[str, ExportJob]:
    """The same for every document about this evening, by code, in one query."""
    limit = timezone.now() - FILE_LASTS
    jobs = appraisal.export_jobs.filter(asked_by=user, meeting=meeting, asked_at__gt=limit)
    return {job.code: job for job in jobs.order_by("asked_at", "pk")}


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


class FileLine:
    """A line that shows a file, on a screen or another: how far its job is, once asked for."""

    job: ExportJob | None

    @property
    def is_ready(self) -> bool:
        return self.job is not None and self.job.state == ExportState.READY

    @property
    def is_in_hand(self) -> bool:
        return self.job is not None and self.job.state in IN_HAND

    @property
    def has_failed(self) -> bool:
        return self.job is not None and self.job.state == ExportState.FAILED

    @property
    def progress(self) -> str:
        """What the worker of a file in hand told last, or that the worker left it."""
        job = self.job
        if job is None or job.state not in IN_HAND:
            return ""
        held = job.claimed_until
        if job.state == ExportState.RUNNING and held and held < timezone.now():
            return STOPPED
        told = job.words or WAITS
        return f"{AGAIN}{told}" if job.attempts > 1 else told

    @property
    def told(self) -> tuple[object, ...]:
        """What changes while the file is made; empty before it is asked for."""
        job = self.job
        return (job.pk, job.state, job.percent, self.progress) if job else ()


def open_export(job: ExportJob) -> IO[bytes]:
    return storages["private"].open(job.file_name)


def is_wanted_by_team(job: ExportJob) -> bool:
    user = job.asked_by
    return job.appraisal is not None and user is not None and can_edit(job.appraisal, user)


def make_exports(now: dt.datetime, build: Build, is_wanted: IsWanted = is_wanted_by_team) -> None:
    """Make what waits, one after the other. A claim counts from the moment it is taken.

    `is_wanted(job)`: whether whoever asked still may have the file.
    """
    begun = timezone.now()
    for pk in list(
        ExportJob.objects.filter(_free(now)).order_by("asked_at").values_list("pk", flat=True)
    ):
        moment = now + (timezone.now() - begun)
        claimed = ExportJob.objects.filter(_free(moment), pk=pk).update(
            state=ExportState.RUNNING,
            claimed_until=moment + CLAIM,
            attempts=F("attempts") + 1,
            percent=0,
            words="",
        )
        if claimed:
            _make(
                ExportJob.objects.select_related(
                    "appraisal__place", "asked_by", "meeting", "edition__synthesis__region"
                ).get(pk=pk),
                build,
                is_wanted,
            )


def _free(moment: dt.datetime) -> Q:
    return Q(state=ExportState.WAITING) | Q(state=ExportState.RUNNING, claimed_until__lt=moment)


def _make(job: ExportJob, build: Build, is_wanted: IsWanted) -> None:
    if not is_wanted(job):
        _settle(job, state=ExportState.FAILED, words=GONE)
        return
    if job.attempts > MOST_ATTEMPTS:
        _settle(job, state=ExportState.FAILED, words=BROKEN)
        return
    try:
        name, size, said = _write(job, build)
    except DomainError as refusal:  # trying again would say the same
        _settle(job, state=ExportState.FAILED, words=str(refusal)[:300])
        return
    except Exception as fault:
        logger.exception("Fichier à faire: %s", job.pk)
        _settle(job, **_after(fault, job))
        return
    ready = {"file_name": name, "size": size, "ready_at": timezone.now(), "percent": 100}
    if not _settle(job, state=ExportState.READY, words=said[:300], **ready):
        storages["private"].delete(name)


def _after(fault: Exception, job: ExportJob) -> dict[str, object]:
    """Once more, unless it was the last time."""
    if job.attempts < MOST_ATTEMPTS:
        return {"state": ExportState.WAITING, "percent": 0, "words": ""}
    is_full = isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT)
    return {"state": ExportState.FAILED, "words": NO_SPACE if is_full else BROKEN}


def _write(job: ExportJob, build: Build) -> tuple[str, int, str]:
    """Built aside, then stored under a name that only this attempt has."""
    with tempfile.TemporaryFile() as aside:
        said = build(job, aside, _teller(job)) or ""
        size = aside.tell()
        aside.seek(0)
        return storages["private"].save(_file_name(job, job.attempts), File(aside)), size, said


def _teller(job: ExportJob) -> Tell:
    def tell(percent: int, words: str) -> None:
        claim = timezone.now() + CLAIM
        _mine(job).update(percent=percent, words=words[:300], claimed_until=claim)

    return tell


def _settle(job: ExportJob, **values) -> bool:
    """Whether the attempt still was this worker's: another may have taken it meanwhile."""
    return _mine(job).update(claimed_until=None, **values) == 1


def _mine(job: ExportJob) -> QuerySet[ExportJob]:
    return ExportJob.objects.filter(pk=job.pk, state=ExportState.RUNNING, attempts=job.attempts)


def _file_name(job: ExportJob, attempt: int) -> str:
    return f"{FOLDER}/{job.token}-{attempt}.{job.extension}"


def erase_old_exports(now: dt.datetime, kept: Q | None = None) -> int:
    """After 24 hours the file goes, and what a dead worker may have left. `kept` stays."""
    lost = _erase_files_without_row()
    old = list(_not_kept(kept).filter(asked_at__lt=now - FILE_LASTS))
    for job in old:
        for attempt in range(1, MOST_ATTEMPTS + 1):
            delete_once_committed(storages["private"], _file_name(job, attempt))
    return lost + ExportJob.objects.filter(pk__in=[job.pk for job in old]).delete()[0]


def _erase_files_without_row() -> int:
    """A démarche that is erased takes its rows with it, not what they named on the disk."""
    store = storages["private"]
    try:
        names = store.listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    known = set(ExportJob.objects.values_list("token", flat=True))
    lost = [name for name in names if name.rpartition("-")[0] not in known]
    for name in lost:
        delete_once_committed(store, f"{FOLDER}/{name}")
    return len(lost)


def next_old_export(kept: Q | None = None) -> dt.datetime | None:
    return earliest_due(_not_kept(kept), "asked_at", kept=FILE_LASTS)


def _not_kept(kept: Q | None) -> QuerySet[ExportJob]:
    return ExportJob.objects.exclude(kept) if kept is not None else ExportJob.objects.all()
