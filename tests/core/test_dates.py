import datetime as dt

import pytest

from core.dates import months_later, start_of_day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-15", 24, "2028-12-15"),
        ("2026-09-30", 3, "2026-12-30"),
    ],
)
def test_months_later(day, months, later):
    assert months_later(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(later)


@pytest.mark.parametrize(("day", "hour"), [("2026-11-29", 5), ("2026-07-01", 4)])
def test_a_day_starts_at_midnight_here_whatever_the_season(day, hour):
    start = start_of_day(dt.date.fromisoformat(day)).astimezone(dt.UTC)
    assert (start.date().isoformat(), start.hour) == (day, hour)
