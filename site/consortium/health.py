"""`/sante/`: can this process serve? For a monitor: no session, no personal data."""

from __future__ import annotations

import logging
import secrets
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from background.lateness import lateness
from consortium.error_pages import RETRY_AFTER_SECONDS
from core.typography import fr_typo

logger = logging.getLogger("consortium.health")

OK, FAILED, LOW, LATE = "ok", "failed", "low", "late"
SMALLEST_FREE_SHARE = 0.10
PATIENCE_SECONDS = 1.5  # beside the two seconds that a silent database may take
Check = Callable[[], str]

_migrated: set[str] = set()


def check_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def check_migrations() -> str:
    """Once found complete, complete for the life of the process: new code means a new process."""
    if connection.alias not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return FAILED
        _migrated.add(connection.alias)
    return OK


def check_cache() -> str:
    value = secrets.token_hex(4)
    cache.set("sante", value, 10)
    return OK if cache.get("sante") == value else FAILED


def check_storage(alias: str) -> str:
    """The storage answers. Nothing is written: a monitor asks every minute."""
    storages[alias].exists("sante.txt")
    return OK


def check_disk() -> str:
    """The fuller of the disks that hold the database and the files (QUALITY.md §4 row 26)."""
    folders = {Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT)}
    if connection.vendor == "sqlite":
        folders.add(Path(settings.DATABASES["default"]["NAME"]).parent)
    for folder in folders:
        while not folder.exists():
            folder = folder.parent  # noqa: PLW2901  a folder not made yet lies on its parent's disk
        usage = shutil.disk_usage(folder)
        if usage.free < usage.total * SMALLEST_FREE_SHARE:
            return LOW
    return OK


DATABASE_CHECKS: dict[str, Check] = {"database": check_database, "migrations": check_migrations}
OTHER_CHECKS: dict[str, Check] = {
    "cache": check_cache,
    "storage": lambda: check_storage("default"),
    "private_storage": lambda: check_storage("private"),
    "disk": check_disk,
}


def _outcome(name: str, check: Check) -> str:
    try:
        return check()
    except Exception as error:  # noqa: BLE001  whatever fails is the answer
        logger.warning("Santé, %s: %s", name, type(error).__name__)
        return FAILED


def _database_outcomes() -> dict[str, str]:
    """One after the other; once the database failed, nobody waits for it a second time."""
    outcomes = dict.fromkeys(DATABASE_CHECKS, FAILED)
    for name, check in DATABASE_CHECKS.items():
        outcomes[name] = _outcome(name, check)
        if outcomes[name] == FAILED:
            break
    return outcomes


def _other_outcomes() -> dict[str, str]:
    """All at once; what has not answered in time has failed (a bucket may keep silent long)."""
    pool = ThreadPoolExecutor(max_workers=len(OTHER_CHECKS))
    asked = {name: pool.submit(_outcome, name, check) for name, check in OTHER_CHECKS.items()}
    answered = wait(asked.values(), timeout=PATIENCE_SECONDS).done
    pool.shutdown(wait=False, cancel_futures=True)
    return {
        name: future.result() if future in answered else FAILED for name, future in asked.items()
    }


def _worker_outcome() -> tuple[str, str]:
    """What is late, in words, and « late »; after the database, which holds what it did."""
    words: list[str] = []

    def check() -> str:
        words.append(lateness(timezone.now()))
        return LATE if words[0] else OK

    outcome = _outcome("worker", check)
    return fr_typo("".join(words)), outcome


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """503 without the database; « degraded » when only something beside it is missing or late.

    `words` says, in French, what is late: nothing of whom it is for.
    """
    database = _database_outcomes()
    checks = database | _other_outcomes()
    late = ""
    if all(outcome == OK for outcome in database.values()):
        late, checks["worker"] = _worker_outcome()
    if any(outcome != OK for outcome in database.values()):
        status = "down"
    elif any(outcome != OK for outcome in checks.values()):
        status = "degraded"
    else:
        status = OK
    told = {"status": status, "checks": checks} | ({"words": late} if late else {})
    response = JsonResponse(told, status=503 if status == "down" else 200)
    if status == "down":
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
