"""What is done each night."""

from __future__ import annotations

from datetime import datetime, timedelta

from background.models import OutgoingMail
from core.purges import earliest_due, run_purges

KEPT = timedelta(days=30)


def purge_every_night(now: datetime) -> None:
    """As `purge_personal_data` does; the journal of the server says what went."""
    for _ in run_purges(now):
        pass


def erase_old_mails(now: datetime) -> int:
    """Thirty days after it left, or was given up, a mail goes with its address."""
    limit = now - KEPT
    sent = OutgoingMail.objects.filter(sent_at__lt=limit).delete()[0]
    return sent + OutgoingMail.objects.filter(given_up_at__lt=limit).delete()[0]


def next_old_mail() -> datetime | None:
    return earliest_due(OutgoingMail.objects.all(), "sent_at", "given_up_at", kept=KEPT)
