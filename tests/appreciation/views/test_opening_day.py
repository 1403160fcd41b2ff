"""The console asks before opening on another day, and gives a way back."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import MeetingFactory, MembershipFactory
from tests.factories.votes import answer_round

pytestmark = pytest.mark.django_db

TODAY = dt.datetime(2026, 11, 27, 15, tzinfo=timezone.get_default_timezone())
OPEN, YES = "Ouvrir la rencontre", "Oui, ouvrir la vraie rencontre maintenant"


@pytest.fixture
def meeting(lead, client, time_machine):
    time_machine.move_to(TODAY)
    meeting = MeetingFactory(starts_at=TODAY + dt.timedelta(days=26))
    MembershipFactory(appraisal=meeting.appraisal, user=lead)
    client.force_login(lead)
    return meeting


def console(client, meeting):
    response = client.get(reverse("space:console", args=[meeting.reference]))
    return response.content.decode().replace("\xa0", " ")


def send(client, meeting, gesture, **data):
    response = client.post(
        reverse("space:gesture", args=[meeting.reference, gesture]), data, follow=True
    )
    meeting.refresh_from_db()
    return response.content.decode().replace("\xa0", " ")


def test_another_day_offers_the_rehearsal_first_then_an_explicit_yes(client, meeting):
    page = console(client, meeting)
    assert "Cette rencontre est prévue le 23 décembre 2026, dans 26 jours." in page
    assert f"/espace/repetition/?demarche={meeting.appraisal.reference}" in page
    assert OPEN not in page
    assert YES in page
    assert "confirmez-le à la console" in send(client, meeting, "ouvrir")
    assert meeting.state == "planned"
    assert "le code fonctionne" in send(client, meeting, "ouvrir", is_day_confirmed="1")
    assert meeting.state == "open"


def test_on_one_screen_too_it_is_asked(client, meeting):
    send(client, meeting, "ecran", on="1")
    page = console(client, meeting)
    assert "dans 26 jours" in page
    assert YES in page
    assert OPEN not in page


def test_on_its_day_one_click_is_enough(client, meeting, time_machine):
    time_machine.move_to(meeting.starts_at)
    client.force_login(meeting.appraisal.memberships.get().user)
    page = console(client, meeting)
    assert OPEN in page
    assert YES not in page
    send(client, meeting, "ouvrir")
    assert meeting.state == "open"


def test_opened_by_mistake_it_goes_back_with_its_code(client, meeting):
    code = meeting.join_code
    send(client, meeting, "ouvrir", is_day_confirmed="1")
    assert "Oui, remettre à « prévue »" in console(client, meeting)
    send(client, meeting, "fermer")
    assert "Oui, remettre à « prévue »" in console(client, meeting)
    assert "même code, même date" in send(client, meeting, "remettre-a-prevue")
    assert (meeting.state, meeting.join_code) == ("planned", code)


def test_after_one_answer_the_way_back_is_gone(client, meeting):
    send(client, meeting, "ouvrir", is_day_confirmed="1")
    answer_round(meeting.rounds.first(), [3])
    assert "remettre-a-prevue" not in console(client, meeting)
    assert "Des réponses sont déjà gardées" in send(client, meeting, "remettre-a-prevue")
    assert meeting.state == "open"


def test_a_co_facilitator_is_not_offered_it(client, meeting):
    send(client, meeting, "ouvrir", is_day_confirmed="1")
    other = MembershipFactory(appraisal=meeting.appraisal, role="co_facilitator").user
    client.force_login(other)
    assert "remettre-a-prevue" not in console(client, meeting)
    assert "personne responsable" in send(client, meeting, "remettre-a-prevue")
    assert meeting.state == "open"
