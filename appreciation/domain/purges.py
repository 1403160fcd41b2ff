"""What démarches erase when its time has come. Counts, agreed levels and words stay."""

from __future__ import annotations

import datetime as dt

from appreciation.domain.joining import WRONG_CODES_KEPT
from appreciation.domain.unlinking import DAYS_LINKED
from appreciation.models import EveningPass, JoinAttempt
from core.purges import earliest_due


def erase_wrong_codes(now: dt.datetime) -> int:
    """Join codes mistyped: the imprint of the address serves ten minutes, is kept a day at most."""
    return JoinAttempt.objects.filter(at__lt=now - WRONG_CODES_KEPT).delete()[0]


def erase_old_evening_passes(now: dt.datetime) -> int:
    """Passes of meetings that never closed: the first names on them go like the others."""
    limit = now - dt.timedelta(days=DAYS_LINKED)
    return EveningPass.objects.filter(expires_at__lt=limit).delete()[0]


def next_wrong_code() -> dt.datetime | None:
    return earliest_due(JoinAttempt.objects.all(), "at", kept=WRONG_CODES_KEPT)


def next_old_evening_pass() -> dt.datetime | None:
    kept = dt.timedelta(days=DAYS_LINKED)
    return earliest_due(EveningPass.objects.all(), "expires_at", kept=kept)
