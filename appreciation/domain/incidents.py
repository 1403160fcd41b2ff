"""The register of incidents of confidentiality (Loi 25): written once, kept five years."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from appreciation.models import Incident
from core.errors import DomainError
from core.purges import earliest_due

KEPT = dt.timedelta(days=5 * 365 + 1)


def record_incident(*, user: User, **facts: Any) -> Incident:
    """Write a line. Told to the Commission and to people when the risk is serious: both dated."""
    if facts["happened_on"] > timezone.localdate():
        message = "Écrivez une date passée."
        raise DomainError(message, fields={"happened_on": message})
    return Incident.objects.get_or_create(**facts, defaults={"written_by": user})[0]


def erase_old_incidents(now: dt.datetime) -> int:
    return Incident.objects.filter(written_at__lt=now - KEPT).delete()[0]


def next_old_incident() -> dt.datetime | None:
    return earliest_due(Incident.objects.all(), "written_at", kept=KEPT)
