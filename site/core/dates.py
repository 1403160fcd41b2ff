"""Days of the calendar."""

from __future__ import annotations

import calendar
import datetime as dt

from django.utils import timezone


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day: 31 août → 28 février."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def start_of_day(day: dt.date) -> dt.datetime:
    """Its first instant, here."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
