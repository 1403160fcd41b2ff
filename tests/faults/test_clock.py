"""Clocks that are wrong, an hour that happens twice, a day that rarely happens (row 28)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.unlinking import meetings_to_unlink
from appreciation.models import Appraisal, MeetingLog, Rating
from tests.appreciation.views.participant import Phone
from tests.factories import InstrumentFactory, MeetingFactory, PlaceFactory

FIRST_HALF_PAST_ONE = dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)
SECOND_HALF_PAST_ONE = dt.datetime(2026, 11, 1, 6, 30, tzinfo=dt.UTC)


@pytest.fixture
def as_lead(client, lead):
    client.force_login(lead)
    return client


@pytest.mark.parametrize("claimed", ["1970-01-01T00:00:00Z", "2099-12-31T23:59:59Z"])
def test_a_phone_whose_clock_is_wrong_counts_by_the_servers(claimed):
    phone = Phone(MeetingFactory(open=True)).sit()
    phone.vote(answer=1, sequence=1, client_recorded_at="2099-12-31T23:59:59Z")
    before = timezone.now()
    assert phone.vote(answer=4, sequence=2, client_recorded_at=claimed).status_code == 200
    rating = Rating.objects.get()
    assert rating.answer == 4
    assert before <= rating.recorded_at <= timezone.now()


def test_half_past_one_twice_is_told_in_the_right_order(as_lead, appraisal):
    meeting = MeetingFactory(appraisal=appraisal)
    for action, at in (
        ("Deuxième passage", SECOND_HALF_PAST_ONE),
        ("Premier passage", FIRST_HALF_PAST_ONE),
    ):
        entry = MeetingLog.objects.create(meeting=meeting, action=action)
        MeetingLog.objects.filter(pk=entry.pk).update(at=at)
    page = as_lead.get(reverse("space:journal", args=[appraisal.reference])).text
    assert page.index("Deuxième passage") < page.index("Premier passage")
    assert page.count("1er\xa0novembre\xa02026, 1\xa0h\xa030") == 2
    assert 'datetime="2026-11-01T06:30:00Z"' in page
    assert 'datetime="2026-11-01T05:30:00Z"' in page


def test_thirty_days_are_thirty_times_twenty_four_hours_over_the_change():
    closed = dt.datetime(2026, 10, 15, 22, 0, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
    meeting = MeetingFactory()
    type(meeting).objects.filter(pk=meeting.pk).update(
        state="closed", opened_at=closed, closed_at=closed
    )
    end = closed + dt.timedelta(days=30)
    assert not meetings_to_unlink(end - dt.timedelta(seconds=1)).exists()
    assert meetings_to_unlink(end).get() == meeting


def test_the_twenty_ninth_of_february_is_a_day(as_lead):
    InstrumentFactory(is_default=True, with_items=3)
    sent = {
        "place": PlaceFactory().pk,
        "requested_by": "Comité du quai",
        "expected_on": "2028-02-29",
    }
    as_lead.post(reverse("space:appraisal_create"), sent)
    assert Appraisal.objects.get().expected_on == dt.date(2028, 2, 29)
    refused = as_lead.post(reverse("space:appraisal_create"), sent | {"expected_on": "2027-02-29"})
    assert refused.status_code == 200
    assert "expected_on" in refused.context["form"].errors


def test_one_minute_before_midnight_here_is_still_today(as_lead, lead):
    """In UTC it is already tomorrow: an adoption « demain » must be refused all the same."""
    from tests.faults.test_full_disk import told_appraisal

    told = told_appraisal(lead)
    url = reverse("space:adoption", args=[told.reference])
    with time_machine.travel("2026-12-02T23:59:00-05:00", tick=False):
        as_lead.force_login(lead)
        page = as_lead.post(url, {"adopted_by": "le comité", "adopted_on": "2026-12-03"})
        assert "adopted_on" in page.context["form"].errors
        as_lead.post(url, {"adopted_by": "le comité", "adopted_on": "2026-12-02"})
    told.refresh_from_db()
    assert told.adopted_on == dt.date(2026, 12, 2)
