"""What is personal in registrations goes on its day: needs first, the rest later (Loi 25)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Min, Q, QuerySet

from rencontres.domain.registrations import KEPT, NEEDS_KEPT, PERSONAL_FIELDS
from rencontres.models import Registration

BLANK = dict.fromkeys(PERSONAL_FIELDS, "")


def erase_old_registrations(now: dt.datetime) -> int:
    """Needs a week after the event, names and addresses ninety days after; counts stay."""
    over = _with_something().filter(event__ends_at__lte=now - KEPT)
    erased = over.update(erased_at=now, **BLANK)
    return erased + _with_needs().filter(event__ends_at__lte=now - NEEDS_KEPT).update(needs="")


def next_old_registration() -> dt.datetime | None:
    """The first moment at which something of a registration is due to go."""
    dates = [
        first + kept
        for rows, kept in ((_with_needs(), NEEDS_KEPT), (_with_something(), KEPT))
        if (first := rows.aggregate(first=Min("event__ends_at"))["first"])
    ]
    return min(dates, default=None)


def _with_needs() -> QuerySet[Registration]:
    return Registration.objects.exclude(needs="")


def _with_something() -> QuerySet[Registration]:
    return Registration.objects.exclude(Q(**BLANK))
