"""« Merci, voici ce que vous avez dit »: what the room may see, on paper and on phones."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appreciation.enums import MeetingKind
from appreciation.models import Meeting, Restitution
from tests.appreciation.views.participant import Phone
from tests.appreciation.views.told import SPLIT, STRONG, told_meeting
from tests.factories import MeetingFactory
from tests.factories.answers import answer, finish, items_of
from tests.factories.outcomes import FindingFactory


def sheet(client, meeting) -> str:
    response = client.get(reverse("space:thanks_sheet", args=[meeting.reference]))
    assert response.status_code == 200
    article = BeautifulSoup(response.text, "html.parser").article
    return " ".join(article.get_text(" ").split())


@pytest.fixture
def meeting(lead):
    return told_meeting(lead)


def test_the_sheet_says_what_was_said_and_what_comes_next(as_lead, meeting):
    appraisal = meeting.appraisal
    appraisal.contact_name, appraisal.contact_phone = "Luce Roy", "819 555-0101"
    appraisal.save()
    for kind, text in (
        ("strength", "Le quai rassemble."),
        ("challenge", "L’autobus est rare."),
        ("action_lead", "Un covoiturage."),
    ):
        FindingFactory(appraisal=appraisal, meeting=meeting, kind=kind, text=text)
    FindingFactory(
        appraisal=appraisal, meeting=MeetingFactory(appraisal=appraisal), text="Ailleurs"
    )
    MeetingFactory(
        appraisal=appraisal,
        kind=MeetingKind.RESTITUTION,
        starts_at=dt.datetime(2099, 3, 5, 0, tzinfo=dt.UTC),
        venue="École",
    )
    items = items_of(appraisal)
    text = sheet(as_lead, meeting)
    for said in (
        "Le quai rassemble.",
        "L’autobus est rare.",
        "Un covoiturage.",
        str(items[STRONG].instrument_dimension.dimension),
        str(items[SPLIT].instrument_dimension.dimension),
        "4 mars 2099, 19 h, École",
        f"/r/{meeting.join_code}/rapport/",
        "30 jours",
        "Luce Roy, 819 555-0101",
    ):
        assert said in text
    assert "Ailleurs" not in text


def test_two_answers_are_told_to_nobody(as_lead, appraisal):
    meeting = MeetingFactory(appraisal=appraisal)
    item = items_of(appraisal)[0]
    answer(meeting, item, [4, 4])
    finish(meeting)
    text = sheet(as_lead, meeting)
    assert str(item.instrument_dimension.dimension) not in text
    assert "Rien n’est encore résumé ici" in text


def test_nothing_is_told_before_it_is_revealed(as_lead, appraisal):
    meeting = MeetingFactory(appraisal=appraisal)
    item = items_of(appraisal)[0]
    answer(meeting, item, [4, 4, 4, 4])
    finish(meeting, reveal=False)
    assert str(item.instrument_dimension.dimension) not in sheet(as_lead, meeting)


def test_a_private_demarche_promises_no_address(as_lead, meeting):
    type(meeting.appraisal).objects.update(announced_level="private")
    text = sheet(as_lead, meeting)
    assert "/rapport/" not in text
    assert "de vive voix" in text


def test_phones_read_it_from_the_exit_questions_on(appraisal):
    meeting = MeetingFactory(appraisal=appraisal, open=True)
    FindingFactory(appraisal=appraisal, meeting=meeting, text="Le quai rassemble.")
    phone = Phone(meeting).sit()
    assert phone.client.get(phone.url("thanks"))["Location"] == phone.url("room")
    Meeting.objects.update(exit_questions_open=True)
    meeting.rounds.all().delete()
    page = phone.client.get(phone.url("thanks"))
    assert "Le quai rassemble." in page.text
    assert "no-store" in page["Cache-Control"]
    assert "Voir le rapport" not in page.text, "il n’est pas encore ouvert"
    opened = timezone.now() - dt.timedelta(hours=1)
    Restitution.objects.create(
        appraisal=appraisal, opened_at=opened, closes_at=opened + dt.timedelta(days=30)
    )
    assert "Voir le rapport" in phone.client.get(phone.url("thanks")).text
    assert phone.url("thanks") in phone.client.get(phone.url("room") + "?attente").text


def test_without_a_seat_the_sheet_is_not_read(appraisal):
    meeting = MeetingFactory(appraisal=appraisal, open=True, exit_questions_open=True)
    assert Client().get(reverse("participant:thanks", args=[meeting.join_code])).status_code == 410
