"""An import that an editor asks for on screen: looked at, confirmed, then done by one worker.

A worker that dies leaves nothing half written: all is in one transaction, and another starts again,
three times at most. What was already imported is then « rien à changer ».
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cms.imports.kinds import ImportKind, Tell, may_import
from cms.imports.models import BaseImportJob, ImportState
from core.errors import DomainError
from core.purges import earliest_due
from core.storages import delete_once_committed

logger = logging.getLogger("consortium.imports")

CLAIM = dt.timedelta(minutes=5)
KEPT = dt.timedelta(days=7)
MOST_ATTEMPTS = 3
MOST_IN_HAND = 5
FOLDER = "imports"
BROKEN = "L’import n’a pas pu se faire, et rien n’a été enregistré. Réessayez plus tard."
GONE = "L’import n’a pas été fait: vous n’éditez plus la région."


def prepare_import(
    kind: ImportKind, *, content: bytes, name: str, mapping: bytes, user: Any
) -> BaseImportJob:
    """Look at a file and keep it until she confirms. What is refused is told, and changes nothing.

    Raises when the file cannot be read at all, or when too many wait already.
    """
    waiting = kind.model._default_manager.filter(
        asked_by=user, state__in=(ImportState.WAITING, ImportState.RUNNING)
    )
    if waiting.count() >= MOST_IN_HAND:
        raise DomainError(f"{MOST_IN_HAND} imports sont déjà en cours: attendez qu’ils finissent.")
    report = kind.look(content, name, mapping)
    job = kind.model(
        asked_by=user,
        name=name[-200:],
        mapping=mapping.decode() if mapping else "",
        report=report,
    )
    job.stored_name = storages["private"].save(f"{FOLDER}/{job.token}.bin", ContentFile(content))
    job.save()
    return job


def confirm_import(*, job: BaseImportJob) -> None:
    """Ask the worker to do it; asked twice, it is done once. What was refused is not confirmed."""
    if job.report.get("problems") or not job.report.get("changes"):
        raise DomainError("Rien n’est à importer: corrigez le fichier, puis envoyez-le de nouveau.")
    _all(job).filter(pk=job.pk, state=ImportState.PREVIEW).update(
        state=ImportState.WAITING, percent=0, words="En attente"
    )


def forget_import(*, job: BaseImportJob) -> None:
    """She changed her mind before confirming, or has read what came of it."""
    if job.state in (ImportState.WAITING, ImportState.RUNNING):
        raise DomainError("Cet import est en cours: attendez qu’il finisse.")
    job.delete()
    delete_once_committed(storages["private"], job.stored_name)


def run_imports(kind: ImportKind, now: dt.datetime) -> None:
    """The job of the worker: what waits, one after the other."""
    begun = timezone.now()
    jobs = kind.model._default_manager
    for pk in list(jobs.filter(_free(now)).order_by("asked_at").values_list("pk", flat=True)):
        moment = now + (timezone.now() - begun)
        claimed = jobs.filter(_free(moment), pk=pk).update(
            state=ImportState.RUNNING, claimed_until=moment + CLAIM, attempts=F("attempts") + 1
        )
        if claimed:
            _run(kind, jobs.select_related("asked_by").get(pk=pk))


def _free(moment: dt.datetime) -> Q:
    return Q(state=ImportState.WAITING) | Q(state=ImportState.RUNNING, claimed_until__lt=moment)


def _run(kind: ImportKind, job: BaseImportJob) -> None:
    if job.asked_by is None or not may_import(job.asked_by):
        _settle(job, state=ImportState.FAILED, words=GONE)
        return
    if job.attempts > MOST_ATTEMPTS:
        _settle(job, state=ImportState.FAILED, words=BROKEN)
        return
    try:
        with storages["private"].open(job.stored_name) as file:
            content = file.read()
        report = kind.write(job, content, _teller(job))
    except DomainError as refusal:  # trying again would say the same
        _settle(job, state=ImportState.FAILED, words=f"Rien n’a été enregistré. {refusal}")
        return
    except Exception:
        logger.exception("Import: %s %s", kind.url_name, job.pk)
        again = job.attempts < MOST_ATTEMPTS
        state = ImportState.WAITING if again else ImportState.FAILED
        _settle(job, state=state, words="" if again else BROKEN)
        return
    done = {"percent": 100, "words": "", "report": report, "done_at": timezone.now()}
    _settle(job, state=ImportState.DONE, **done)


def _teller(job: BaseImportJob) -> Tell:
    """Between transactions only, so that whoever looks sees it; keeps the claim too."""

    def tell(percent: int, words: str) -> None:
        claim = timezone.now() + CLAIM
        _mine(job).update(percent=percent, words=words, claimed_until=claim)

    return tell


def _settle(job: BaseImportJob, **values: Any) -> None:
    _mine(job).update(claimed_until=None, **values)


def _mine(job: BaseImportJob) -> QuerySet:
    return _all(job).filter(pk=job.pk, state=ImportState.RUNNING, attempts=job.attempts)


def _all(job: BaseImportJob) -> Any:
    return type(job)._default_manager


def erase_old_imports(kind: ImportKind, now: dt.datetime) -> int:
    """After 7 days the file goes, and the row that told of it."""
    old = kind.model._default_manager.filter(asked_at__lt=now - KEPT)
    for name in old.values_list("stored_name", flat=True):
        delete_once_committed(storages["private"], name)
    return old.delete()[0]


def next_old_import(kind: ImportKind) -> dt.datetime | None:
    return earliest_due(kind.model._default_manager.all(), "asked_at", kept=KEPT)
