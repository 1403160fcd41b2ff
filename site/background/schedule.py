"""Jobs that run by themselves: each night, or every so often. One worker of several takes a job."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from background.models import JobRun

logger = logging.getLogger("consortium.schedule")

NIGHT = time(3, 15)
"""Local time; in the hour that no change of time skips or doubles."""
CLAIM = timedelta(hours=1)
REST_AFTER_FAILURE = timedelta(minutes=30)


@dataclass(frozen=True)
class Job:
    """`run(now)` may be run again without harm. `every` is None for a nightly job.

    `claim`: how long one worker holds it; beyond, it is thought dead and another runs it.
    """

    name: str
    run: Callable[[datetime], object]
    every: timedelta | None
    claim: timedelta = CLAIM

    def due_since(self, now: datetime) -> datetime:
        """A run done before this moment is too old."""
        if self.every is not None:
            return now - self.every
        local = timezone.localtime(now)
        night = timezone.make_aware(datetime.combine(local.date(), NIGHT))
        return night if night <= now else night - timedelta(days=1)


_jobs: dict[str, Job] = {}


def register_nightly(name: str, run: Callable[[datetime], object]) -> None:
    _jobs[name] = Job(name, run, None)


def register_every(
    name: str,
    run: Callable[[datetime], object],
    *,
    every: timedelta,
    claim: timedelta = CLAIM,
) -> None:
    _jobs[name] = Job(name, run, every, claim)


def run_due_jobs(now: datetime) -> list[str]:
    """Run what is due; the names of those that were done. One that fails is tried again later."""
    return [job.name for job in _jobs.values() if _claim(job, now) and _run(job, now)]


def _claim(job: Job, now: datetime) -> bool:
    JobRun.objects.get_or_create(name=job.name)
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    due = Q(done_at=None) | Q(done_at__lt=job.due_since(now))
    rested = Q(failed_at=None) | Q(failed_at__lt=now - REST_AFTER_FAILURE)
    rows = JobRun.objects.filter(free, due, rested, name=job.name)
    return rows.update(claimed_until=now + job.claim) == 1


def _run(job: Job, now: datetime) -> bool:
    row = JobRun.objects.filter(name=job.name)
    try:
        job.run(now)
    except Exception:
        logger.exception("Travail de fond: %s", job.name)
        row.update(claimed_until=None, failed_at=now)
        return False
    row.update(claimed_until=None, failed_at=None, done_at=now)
    return True
