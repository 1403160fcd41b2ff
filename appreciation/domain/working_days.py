"""Working days, Monday to Friday: what a promised delay is counted in."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

FRIDAY = 4


def after_working_days(moment: dt.datetime, days: int) -> dt.datetime:
    """The same local hour `days` working days later: asked on a Friday evening, two: Tuesday."""
    local = timezone.localtime(moment)
    date = local.date()
    while days > 0:
        date += dt.timedelta(days=1)
        if date.weekday() <= FRIDAY:
            days -= 1
    return timezone.make_aware(dt.datetime.combine(date, local.time()))
