"""The minutes of a meeting: kept for the team, both texts on a conflict, drafts."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from appreciation.models import MeetingMinutes
from tests.factories import MeetingFactory

TEXTS = {"context": "Tempête", "course": "Accueil, appréciation", "observations": "Bon climat"}


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal)


def url(name, meeting):
    return reverse(f"space:{name}", args=[meeting.reference])


def test_three_texts_are_kept_and_shown_on_the_page(as_lead, as_observer, meeting, lead):
    response = as_lead.post(url("meeting_minutes", meeting), TEXTS | {"version": 0})
    assert response["Location"] == url("meeting_page", meeting)
    stored = MeetingMinutes.objects.get(meeting=meeting)
    assert (stored.context, stored.course, stored.observations) == tuple(TEXTS.values())
    assert (stored.version, stored.updated_by) == (1, lead)
    page = as_observer.get(url("meeting_page", meeting)).text
    assert all(text in page for text in TEXTS.values())


def test_the_same_form_twice_counts_one_version(as_lead, meeting):
    for _ in range(2):
        as_lead.post(url("meeting_minutes", meeting), TEXTS | {"version": 0})
    assert MeetingMinutes.objects.get().version == 1


def test_a_conflict_shows_both_texts_and_sending_again_wins(as_lead, as_coordinator, meeting):
    as_lead.post(url("meeting_minutes", meeting), TEXTS | {"version": 0})
    mine = TEXTS | {"course": "Autre déroulement", "version": 0}
    late = as_coordinator.post(url("meeting_minutes", meeting), mine)
    assert late.status_code == 409
    page = BeautifulSoup(late.text, "html.parser")
    cells = [cell.text for cell in page.select("tbody td")]
    assert cells == ["Accueil, appréciation", "Autre déroulement"]
    assert page.find(id="id_course").text.strip() == "Autre déroulement"
    again = mine | {"version": page.find(id="id_version")["value"]}
    assert as_coordinator.post(url("meeting_minutes", meeting), again).status_code == 302
    assert MeetingMinutes.objects.get().course == "Autre déroulement"


def test_what_is_typed_is_kept_as_a_draft(as_lead, as_observer, meeting):
    address = f"{reverse('space:drafts')}?adresse={url('meeting_minutes', meeting)}"
    body = {"fields": {"0:course": "Début"}, "version": 0}
    kept = as_lead.post(address, body, content_type="application/json")
    assert kept.status_code == 200
    drafts = as_lead.get(address).json()["drafts"]
    assert drafts[url("meeting_minutes", meeting)]["fields"] == {"0:course": "Début"}
    assert as_observer.get(address).status_code == 404


def test_a_text_too_long_stays_in_the_form(as_lead, meeting):
    response = as_lead.post(url("meeting_minutes", meeting), {"course": "x" * 20_001, "version": 0})
    assert response.status_code == 422
    assert "x" * 20_001 in response.text
    assert not MeetingMinutes.objects.exists()
