"""Periods of figures: a year, a month, or the interval of a change, as ISO 8601 writes them."""

from __future__ import annotations

import datetime as dt
import re

from core.errors import DomainError
from core.typography import fr_month

YEARS = range(1850, 2101)
MONTHS_A_YEAR = 12
PERIOD = re.compile(r"(\d{4})(?:\.0)?|(\d{4})-(\d{2})(?:-01)?|(\d{4})/(\d{4})")


def read_period(text: str) -> str:
    """« 2021 », « 2021-03 » or « 2016/2021 »; anything else is refused."""
    found = PERIOD.fullmatch(text.strip())
    if found is None:
        raise DomainError(f"période illisible « {text} »: écrivez 2021, 2021-03 ou 2016/2021.")
    year, month_year, month, start, end = found.groups()
    for one in filter(None, (year, month_year, start, end)):
        if int(one) not in YEARS:
            raise DomainError(f"année impossible ({one}).")
    if month is not None and not 1 <= int(month) <= MONTHS_A_YEAR:
        raise DomainError(f"mois impossible ({text}).")
    if start is not None and start >= end:
        raise DomainError(f"« {text} » finit avant de commencer.")
    return year or (f"{month_year}-{month}" if month else f"{start}/{end}")


def bounds(period: str) -> tuple[dt.date, dt.date]:
    """First day of the first year or month, first day of the last: what a change compares."""
    start, _, end = period.partition("/")
    first = _first_day(start)
    return first, _first_day(end) if end else first


def last_day(period: str) -> dt.date:
    """The last day that a period reaches."""
    end = period.rpartition("/")[2]
    day = _first_day(end)
    if "-" in end:
        return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return dt.date(day.year, 12, 31)


def period_words(period: str) -> str:
    """« 2021 », « mars 2021 », « de 2016 à 2021 »."""
    start, _, end = period.partition("/")
    if end:
        return f"de {start} à {end}"
    return fr_month(_first_day(start)) if "-" in start else start


def _first_day(text: str) -> dt.date:
    year, _, month = text.partition("-")
    return dt.date(int(year), int(month or 1), 1)
