"""When each kind of personal data goes, and whether the night's work was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from background.models import JobRun
from core.purges import purges

NIGHTLY_JOB = "purge_personal_data"
LATE_AFTER = timedelta(hours=26)
"""A night and the worker's usual pauses."""


@dataclass(frozen=True)
class Due:
    """One purge: `at` is when its next rows go, None when it has none."""

    label: str
    kept: str
    at: datetime | None
    is_tonight: bool


def retention_clock(now: datetime) -> list[Due]:
    """What goes next, the nearest first; what has nothing to erase comes last."""
    found = []
    for purge in purges():
        at = purge.next_due() if purge.next_due else None
        found.append(Due(purge.label, purge.kept, at, is_tonight=at is not None and at <= now))
    return sorted(found, key=lambda due: (due.at is None, due.at or now, due.label))


@dataclass(frozen=True)
class LastPurge:
    at: datetime | None
    is_late: bool


def last_purge(now: datetime) -> LastPurge:
    """When the night's purge last went to its end; late when a night was missed."""
    at = JobRun.objects.filter(name=NIGHTLY_JOB).values_list("done_at", flat=True).first()
    return LastPurge(at, is_late=at is None or at < now - LATE_AFTER)
