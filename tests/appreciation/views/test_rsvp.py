"""The pages without account: an invitation, the open page, the end of reminders, the poster."""

import datetime as dt

import pytest
from django.test import Client

from appreciation.domain.contacts import erase_contacts
from appreciation.enums import Phase
from appreciation.models import GroupTally, Invitee, Meeting, PublicReply, SectorTally
from background.models import OutgoingMail
from tests.appreciation.views.test_step import at
from tests.factories import MeetingFactory, SectorFactory
from tests.factories.invitees import InviteeFactory

EVENING = dt.datetime(2026, 12, 3, 23, 30, tzinfo=dt.UTC)
HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture(autouse=True)
def _three_weeks_before(time_machine):
    time_machine.move_to(EVENING - dt.timedelta(days=21), tick=False)


@pytest.fixture
def appraisal(lead):
    return at(Phase.CONVENING, lead, place__name="Rivière-Témoin")


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(
        appraisal=appraisal, starts_at=EVENING, venue="Salle du quai", is_open_to_all=True
    )


@pytest.fixture
def invitee(appraisal, meeting):
    return InviteeFactory(appraisal=appraisal, name="Luce Fictive", email="luce@exemple.org")


def link(invitee):
    return f"/invitation/{invitee.token}/"


def test_a_mail_scanner_that_opens_the_link_changes_nothing(client, invitee):
    before = Invitee.objects.values().get()
    for verb in ("get", "head"):
        assert getattr(client, verb)(link(invitee) + "?answer=yes").status_code == 200
    assert client.put(link(invitee)).status_code == 405
    assert Invitee.objects.values().get() == before
    assert not OutgoingMail.objects.exists()


def test_the_invitation_says_what_when_where_who(client, invitee):
    response = client.get(link(invitee))
    page = response.content.decode()
    for words in ("Luce Fictive", "Rivière-Témoin", "Salle du quai", "Comité de citoyennes"):
        assert words in page
    assert "3\N{NO-BREAK SPACE}décembre\N{NO-BREAK SPACE}2026, 18\N{NO-BREAK SPACE}h" in page
    assert "effacés le 3\N{NO-BREAK SPACE}juin\N{NO-BREAK SPACE}2027" in page
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_a_yes_is_kept_confirmed_and_may_become_a_no(client, invitee):
    data = {"answer": "yes", "companions": "1", "needs_childcare": "on", "intent": "answer"}
    page = client.post(link(invitee), data, follow=True, **HERE).content.decode()
    assert "Merci, c’est enregistré. Vous venez, avec 1 personne." in page
    invitee.refresh_from_db()
    assert (invitee.answer, invitee.answered_via, invitee.needs_childcare) == ("yes", "link", True)
    assert OutgoingMail.objects.get().to == "luce@exemple.org"
    page = client.post(link(invitee), {"answer": "no"}, follow=True, **HERE).content.decode()
    assert "Vous ne venez pas." in page


def test_an_answer_is_chosen_and_typing_is_kept(client, invitee):
    response = client.post(link(invitee), {"needs_other": "Une chaise"}, **HERE)
    assert response.status_code == 422
    assert "Choisissez une réponse." in response.content.decode()
    assert "Une chaise" in response.content.decode()


def test_another_site_cannot_answer_for_her(invitee):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(link(invitee), {"answer": "no"}, HTTP_ORIGIN="https://ailleurs.example")
    assert response.status_code == 403
    assert strict.post(link(invitee), {"answer": "no"}, **HERE).status_code == 302


@pytest.mark.parametrize(
    ("state", "words"),
    [("cancelled", "La rencontre est annulée"), ("postponed", "La rencontre est reportée")],
)
def test_a_stopped_meeting_says_so_and_takes_nothing(client, invitee, state, words):
    appraisal = invitee.appraisal
    appraisal.state = state
    appraisal.save()
    Meeting.objects.update(starts_at=None)
    page = client.get(link(invitee)).content.decode()
    assert words in page
    assert "Envoyer ma réponse" not in page
    response = client.post(link(invitee), {"answer": "yes"}, **HERE)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Invitee.objects.get().answer == "invited"


def test_a_past_meeting_says_so(client, invitee, time_machine):
    time_machine.move_to(EVENING + dt.timedelta(days=1))
    assert "La rencontre a eu lieu" in client.get(link(invitee)).content.decode()


def test_a_full_hall_says_so(client, invitee):
    Meeting.objects.update(capacity=1)
    other = InviteeFactory(appraisal=invitee.appraisal)
    client.post(link(other), {"answer": "yes"}, **HERE)
    assert "La salle est pleine" in client.get(link(invitee)).content.decode()
    response = client.post(link(invitee), {"answer": "yes"}, **HERE)
    assert (response.status_code, Invitee.objects.get(pk=invitee.pk).answer) == (422, "invited")


def test_without_a_meeting_the_date_is_to_come(client, appraisal):
    invitee = InviteeFactory(appraisal=appraisal)
    page = client.get(link(invitee)).content.decode()
    assert "la date sera confirmée" in page
    assert client.post(link(invitee), {"answer": "maybe"}, **HERE).status_code == 302


def test_an_erased_link_answers_410_and_an_unknown_one_404(client, invitee):
    erase_contacts(appraisal=invitee.appraisal)
    for answer in (
        client.get(link(invitee)),
        client.post(link(invitee), {"answer": "yes"}, **HERE),
    ):
        assert answer.status_code == 410
        assert "Cette invitation n’est plus là" in answer.content.decode()
        assert "Luce" not in answer.content.decode()
    assert client.get("/invitation/inconnue/").status_code == 404


def test_an_address_is_taken_back(client, invitee):
    page = client.post(link(invitee), {"intent": "forget"}, follow=True, **HERE).content.decode()
    assert "Votre courriel est effacé" in page
    assert Invitee.objects.get().email == ""


# --- the open page ---


def open_page(meeting):
    return f"/rencontre/{meeting.reference}/"


def test_the_open_page_counts_people_once_and_names_nobody(client, invitee, meeting):
    response = client.get(open_page(meeting))
    page = response.content.decode()
    assert "Luce" not in page
    assert not response.cookies
    key = response.context["form"].initial["key"]
    for _ in range(2):
        page = client.post(
            open_page(meeting), {"key": key, "people": "3"}, follow=True, **HERE
        ).content.decode()
    assert "Merci, c’est compté." in page
    assert "3 personnes ont dit oui." in page
    assert PublicReply.objects.get().people == 3


def test_the_open_page_exists_only_when_the_team_opens_it(client, meeting):
    Meeting.objects.update(is_open_to_all=False)
    assert client.get(open_page(meeting)).status_code == 404
    assert client.post(open_page(meeting), {"key": "a", "people": "1"}, **HERE).status_code == 404


@pytest.mark.parametrize("people", ["", "0", "11", "douze"])
def test_a_number_that_is_none_is_refused(client, meeting, people):
    response = client.post(open_page(meeting), {"key": "a", "people": people}, **HERE)
    assert response.status_code == 422
    assert not PublicReply.objects.exists()


def test_the_open_page_says_a_new_date_by_itself(client, meeting):
    Meeting.objects.update(starts_at=EVENING + dt.timedelta(days=14))
    assert "17\N{NO-BREAK SPACE}décembre" in client.get(open_page(meeting)).content.decode()
    appraisal = meeting.appraisal
    appraisal.state = "postponed"
    appraisal.save()
    assert "La date a changé" in client.get(open_page(meeting)).content.decode()
    Meeting.objects.update(starts_at=None)
    page = client.get(open_page(meeting)).content.decode()
    assert "La rencontre est reportée" in page
    assert "J’y serai" not in page


def test_a_reminder_is_given_up_by_a_button_not_by_the_link(client, meeting):
    reply = PublicReply.objects.create(
        meeting=meeting, people=1, email="anne@exemple.org", form_key="a"
    )
    address = f"/rencontre/{meeting.reference}/rappel/{reply.token}/"
    assert "Ne plus recevoir de rappel" in client.get(address).content.decode()
    assert PublicReply.objects.get().email == "anne@exemple.org"
    assert "Votre courriel est effacé" in client.post(address, **HERE).content.decode()
    assert PublicReply.objects.get().email == ""
    assert client.get(f"/rencontre/{meeting.reference}/rappel/autre/").status_code == 404


# --- the team's screens ---


def test_the_poster_leads_to_the_open_page_and_survives_a_new_date(as_lead, meeting):
    address = f"/espace/rencontres/{meeting.reference}/affiche/"
    first = as_lead.get(address)
    assert first.context["address"].endswith(open_page(meeting))
    Meeting.objects.update(starts_at=EVENING + dt.timedelta(days=14))
    assert as_lead.get(address).context["qr"] == first.context["qr"]
    Meeting.objects.update(is_open_to_all=False)
    assert "La page publique n’est pas ouverte" in as_lead.get(address).content.decode()


def plan(as_lead, appraisal, **changes):
    address = f"/espace/demarches/{appraisal.reference}/rendez-vous/"
    seen = as_lead.get(address).context["form"].initial["seen"]
    data = {
        "seen": seen,
        "date": "2026-12-10",
        "time": "18:30",
        "venue": "Sous-sol de l’église",
        "capacity": "40",
        "meal-on": "on",
        "meal-detail": "Soupe",
        "meal-carrier": "Luce",
    } | changes
    return as_lead.post(address, data)


def test_the_rendez_vous_is_planned_while_convening(as_lead, appraisal, client):
    assert plan(as_lead, appraisal).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.venue, meeting.capacity) == ("Sous-sol de l’église", 40)
    invitee = InviteeFactory(appraisal=appraisal)
    page = Client().get(link(invitee)).content.decode()
    assert "Repas ou collation" in page
    assert "Soupe" in page
    assert "Luce" not in page


@pytest.mark.parametrize("missing", ["date", "time", "venue"])
def test_a_rendez_vous_needs_a_date_an_hour_and_a_place(as_lead, appraisal, missing):
    response = plan(as_lead, appraisal, **{missing: ""})
    assert response.status_code == 422
    assert missing in response.context["form"].errors


def test_two_people_who_change_the_rendez_vous_see_both(as_lead, appraisal):
    address = f"/espace/demarches/{appraisal.reference}/rendez-vous/"
    old = as_lead.get(address).context["form"].initial["seen"]
    plan(as_lead, appraisal)
    response = plan(as_lead, appraisal, seen=old, venue="École")
    assert response.status_code == 409
    shown = {one.label: (one.theirs, one.mine) for one in response.context["differences"]}
    assert shown["Lieu"] == ("Sous-sol de l’église", "École")
    again = plan(as_lead, appraisal, seen=response.context["form"].data["seen"], venue="École")
    assert again.status_code == 302
    assert plan(as_lead, appraisal, seen="forgé").status_code == 422


def test_people_are_counted_at_the_door(as_lead, meeting, invitee):
    health, school = SectorFactory(name="Santé"), SectorFactory(name="École")
    address = f"/espace/rencontres/{meeting.reference}/porte/"
    Invitee.objects.update(answer="yes", answered_at=EVENING)
    data = {f"people-{health.pk}": "3", f"seen-{health.pk}": "0"}
    page = as_lead.post(address, data, follow=True).content.decode()
    assert "3 personnes ici; 1 avait dit oui." in page
    assert "Au moins 2 sont venues sans l’annoncer." in page
    other = {f"people-{school.pk}": "1", f"seen-{school.pk}": "0"}
    assert as_lead.post(address, other).status_code == 302
    assert dict(SectorTally.objects.values_list("sector__name", "count")) == {
        "Santé": 3,
        "École": 1,
    }


def test_ages_are_counted_at_the_door_apart_from_who_came(as_lead, meeting):
    address = f"/espace/rencontres/{meeting.reference}/porte/"
    data = {"people-65_over": "4", "seen-65_over": "0", "people-women": "7", "seen-women": "0"}
    page = as_lead.post(address, data, follow=True).content.decode()
    assert "0 personne ici" in page
    assert dict(GroupTally.objects.values_list("group", "count")) == {"65_over": 4, "women": 7}
    other = {"people-65_over": "5", "seen-65_over": "0"}
    assert as_lead.post(address, other).status_code == 409
    assert GroupTally.objects.get(group="65_over").count == 4


def test_two_doors_that_count_one_sector_are_told(as_lead, meeting):
    health = SectorFactory(name="Santé")
    address = f"/espace/rencontres/{meeting.reference}/porte/"
    for number, status in (("3", 302), ("5", 409), ("3", 302)):
        data = {f"people-{health.pk}": number, f"seen-{health.pk}": "0"}
        assert as_lead.post(address, data).status_code == status
    assert SectorTally.objects.get().count == 3
