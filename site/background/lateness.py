"""Whether the worker does its work: mails leave, and it gives a sign of life."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Max, Min

from background.models import JobRun, OutgoingMail

LATE_AFTER = timedelta(minutes=15)
TRIES_IN_LATE_AFTER = 4
"""What `background.outbox.PAUSES` leaves room for in that time."""
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
    return _late_mails(now) or _mails_tried_in_vain()


def _late_mails(now: datetime) -> str:
    late = OutgoingMail.objects.waiting().filter(next_try_at__lt=now - LATE_AFTER)
    found = late.aggregate(count=Count("pk"), oldest=Min("next_try_at"))
    if not found["count"]:
        return ""
    waited = _minutes(now - found["oldest"])
    return f"Des courriels attendent: {found['count']}, le plus ancien depuis {waited}."


def _mails_tried_in_vain() -> str:
    """Each waits for its next try, so that none is late: the server is what does not answer."""
    count = OutgoingMail.objects.waiting().filter(attempts__gte=TRIES_IN_LATE_AFTER).count()
    return f"Le serveur de courriel ne prend pas ce qu’on lui donne: {count}." if count else ""


def _minutes(waited: timedelta) -> str:
    return f"{int(waited.total_seconds() // 60)} min"
