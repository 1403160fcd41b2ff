"""Whether the worker does its work: mails leave, and it gives a sign of life."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max

from background.models import JobRun, OutgoingMail

LATE_AFTER = timedelta(minutes=15)
HEARTBEAT = "heartbeat"
BEATS_EVERY = timedelta(minutes=1)


def beat(now: datetime) -> None:
    """Nothing to do: that it was done is what is told."""


def lateness(now: datetime) -> str:
    """What is late, in a French sentence without anything personal; empty when nothing is."""
    last = JobRun.objects.aggregate(last=Max("done_at"))["last"]
    if last is None:
        return "Le travail de fond n’a jamais tourné: lancez run_worker."
    if last < now - LATE_AFTER:
        return f"Le travail de fond se tait depuis {_minutes(now - last)}: relancez run_worker."
    late = OutgoingMail.objects.waiting().filter(next_try_at__lt=now - LATE_AFTER)
    oldest = late.order_by("next_try_at").first()
    if oldest is None:
        return ""
    waited = _minutes(now - oldest.next_try_at)
    return f"Des courriels attendent: {late.count()}, le plus ancien depuis {waited}."


def _minutes(waited: timedelta) -> str:
    return f"{int(waited.total_seconds() // 60)} min"
