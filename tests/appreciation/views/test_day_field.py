"""A slip in the year is told where it is typed; at the calendar's edge it would stop the nights."""

import datetime as dt

import pytest
from django import forms

from appreciation.interfaces.day_field import DayField
from appreciation.models import Appraisal, Meeting
from tests.factories import MeetingFactory


class DayForm(forms.Form):
    day = DayField()


@pytest.mark.parametrize("typed", ["0001-01-01", "0202-10-22", "1979-12-31", "2100-01-01"])
def test_a_year_out_of_reach_is_told(typed):
    form = DayForm({"day": typed})
    assert form.errors["day"] == [
        "Vérifiez l’année: elle va de 1980 à 2099. Écrivez une date comme 2026-10-22."
    ]


@pytest.mark.parametrize("typed", ["1980-01-01", "2028-02-29", "2099-12-31"])
def test_a_real_day_is_taken(typed):
    form = DayForm({"day": typed})
    assert form.is_valid()
    assert form.cleaned_data["day"] == dt.date.fromisoformat(typed)


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31"])
def test_no_screen_of_a_demarche_stores_one(appraisal, as_lead, typed):
    meeting = MeetingFactory(appraisal=appraisal, starts_at=None)
    base = f"/espace/demarches/{appraisal.reference}/"
    planned = as_lead.post(
        f"{base}rendez-vous/",
        {"version": meeting.revision, "date": typed, "time": "23:59", "venue": "Salle"},
    )
    evening = as_lead.post(
        f"{base}rencontres/prevoir/restitution/",
        {"version": 0, "date": typed, "time": "23:59", "venue": "Salle"},
    )
    opened = as_lead.post(
        "/espace/demarches/nouvelle/",
        {"place": appraisal.place.pk, "requested_by": "Le comité", "expected_on": typed},
    )
    for answer in (planned, evening, opened):
        assert "Vérifiez l’année" in answer.text
        assert typed in answer.text
    assert not Meeting.objects.exclude(starts_at=None).exists()
    assert Appraisal.objects.count() == 1
    assert as_lead.get(base).status_code == 200
