import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from core.calendar_file import CalendarEntry, calendar_text

NOW = dt.datetime(2026, 10, 1, 16, tzinfo=dt.UTC)
HERE = ZoneInfo("America/Toronto")
TWO_HOURS = dt.timedelta(hours=2)


def entry(**changes):
    values = {"uid": "a@exemple.org", "sequence": 3, "title": "Rencontre", "start": NOW}
    return CalendarEntry(**(values | changes))


def text_of(*entries):
    return calendar_text(name="Démarche", entries=list(entries), now=NOW)


def read(*entries):
    return Calendar.from_ical(text_of(*entries))


@pytest.mark.parametrize(
    ("start", "starts", "ends"),
    [
        ((2026, 10, 31, 23, 0), "2026-10-31T23:00:00-04:00", "2026-11-01T01:00:00-04:00"),
        ((2026, 11, 1, 0, 0), "2026-11-01T00:00:00-04:00", "2026-11-01T01:00:00-05:00"),
        ((2026, 11, 1, 19, 0), "2026-11-01T19:00:00-05:00", "2026-11-01T21:00:00-05:00"),
        ((2027, 3, 14, 0, 30), "2027-03-14T00:30:00-05:00", "2027-03-14T03:30:00-04:00"),
    ],
)
def test_the_hour_on_the_wall_whatever_the_season(start, starts, ends):
    moment = dt.datetime(*start, tzinfo=HERE)
    (event,) = read(entry(start=moment.astimezone(dt.UTC), lasts=TWO_HOURS)).walk("VEVENT")
    said = [event[name].dt.replace(tzinfo=HERE) for name in ("DTSTART", "DTEND")]
    assert [event[name].params["TZID"] for name in ("DTSTART", "DTEND")] == ["America/Toronto"] * 2
    assert said[0].isoformat() == starts
    assert said[1].replace(fold=event["DTEND"].dt.fold).isoformat()[:19] == ends[:19]


def test_the_zone_is_described_in_the_file():
    calendar = read(entry())
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "America/Toronto"
    names = {str(part["TZNAME"]) for part in (*zone.walk("STANDARD"), *zone.walk("DAYLIGHT"))}
    assert {"EST", "EDT"} <= names


def test_a_whole_day_has_no_hour_and_does_not_make_busy():
    (event,) = read(entry(start=dt.date(2026, 12, 31))).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    assert event["TRANSP"] == "TRANSPARENT"
    assert read(entry(start=dt.date(2026, 12, 31))).walk("VTIMEZONE") == []


def test_signs_are_escaped_and_long_lines_folded():
    title = "Rencontre; café, thé \\ à l’école\nBEGIN:VEVENT " + "très longue " * 20
    text = text_of(entry(title=title, place="Salle 1, rang 2", url="https://exemple.org/r/"))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == title
    assert str(event["LOCATION"]) == "Salle 1, rang 2"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("a@exemple.org", 3, "CONFIRMED")


def test_a_cancelled_entry_says_so_under_the_same_name():
    (event,) = read(entry(is_cancelled=True, sequence=4)).walk("VEVENT")
    assert (event["UID"], event["STATUS"]) == ("a@exemple.org", "CANCELLED")


def test_nothing_to_say_is_still_a_calendar():
    calendar = read()
    assert calendar.walk("VEVENT") == []
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
