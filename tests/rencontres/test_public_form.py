"""Registering as a visitor does, and the secret link that the mail brings."""

import datetime as dt

import pytest
import time_machine as clock
from icalendar import Calendar

from background.models import OutgoingMail
from cms.public_forms import start_form
from rencontres.models import Registration
from tests.factories.meetings import NOW, STARTS, regional_meeting, registered

URL = "/rencontres/automne/inscription/"
WORKSHOPS = (("Avant-midi", "Jardins", 1), ("Avant-midi", "Logement", None))


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def page_opened(minutes: float = 5) -> str:
    with clock.travel(NOW - dt.timedelta(minutes=minutes), tick=False):
        return start_form("registration")


def typed(**changes):
    return {
        "name": "Ana Exemple",
        "email": "ana@exemple.org",
        "organisation": "Comité de Baie-Témoin",
        "needs": "Rampe",
        "consent": "on",
        "website": "",
        "started": page_opened(),
    } | changes


def test_the_page_says_who_reads_what_for_and_the_rights_and_sets_no_cookie(client):
    regional_meeting()
    response = client.get(URL)
    for words in ("Qui le lit", "Pourquoi", "Vos droits", "effacés sept jours"):
        assert words in response.text
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_a_place_is_kept_and_the_mail_brings_the_link_and_the_date(client):
    event = regional_meeting(capacity=5)
    response = client.post(URL, typed(), follow=True)
    assert response.redirect_chain == [(f"{URL}recue/", 302)]
    assert "Votre place est retenue" in response.text
    one = Registration.objects.get()
    assert (one.event_id, one.state, one.needs) == (event.pk, "confirmed", "Rampe")
    assert "quatre-vingt-dix jours" in one.consent_text
    mail = OutgoingMail.objects.get()
    assert f"/rencontres/inscriptions/{one.token}/" in mail.body
    assert "Rampe" not in mail.body
    entry = Calendar.from_ical(mail.attachment).walk("VEVENT")[0]
    assert entry.decoded("dtstart") == STARTS
    assert str(entry["location"]) == "Centre communautaire, 12, rue Exemple"


def test_somebody_else_typed_in_the_form_already_sent_is_registered_too(client):
    """Back, another name, sent again: nobody is told that she has a place without one."""
    regional_meeting(capacity=5)
    sent = typed()
    for email in ("ana@exemple.org", "Ana@exemple.org", "bo@exemple.org"):
        client.post(URL, sent | {"email": email})
    assert sorted(Registration.objects.values_list("email", flat=True)) == [
        "ana@exemple.org",
        "bo@exemple.org",
    ]
    assert OutgoingMail.objects.count() == 2


def test_full_one_is_told_so_before_and_after(client):
    registered(regional_meeting(capacity=1), "b@exemple.org")
    assert "M’inscrire sur la liste d’attente" in client.get(URL).text
    response = client.post(URL, typed(), follow=True)
    assert "Vous êtes sur la liste d’attente" in response.text
    assert Registration.objects.get(email="ana@exemple.org").state == "waiting"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Écrivez votre nom"),
        ({"email": "ana"}, "Écrivez un courriel comme"),
        ({"email": ""}, "la confirmation y arrive"),
        ({"consent": ""}, "sans accord, nous ne gardons rien"),
        ({"website": "http://x"}, "Une case cachée a été remplie"),
        ({"workshop_1": "inconnu"}, "Cet atelier vient de se remplir"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(client, changes, sentence):
    regional_meeting(workshops=WORKSHOPS)
    response = client.post(URL, typed(**changes))
    assert sentence in response.text
    assert not Registration.objects.exists()
    assert "Comité de Baie-Témoin" in response.text


def test_too_fast_too_late_and_too_often(client):
    regional_meeting()
    assert "C’est allé très vite" in client.post(URL, typed(started=page_opened(0))).text
    late = client.post(URL, typed(started=page_opened(3 * 24 * 60)))
    assert "restée ouverte longtemps" in late.text
    codes = [
        client.post(URL, typed(email=f"p{n}@exemple.org", started=page_opened(5 + n))).status_code
        for n in range(21)
    ]
    assert codes == [302] * 20 + [429]


def test_a_full_workshop_is_named_and_cannot_be_chosen(client):
    event = regional_meeting(workshops=WORKSHOPS)
    gardens = event.workshops.get(title="Jardins").key
    registered(event, "b@exemple.org", workshops=(gardens,))
    page = client.get(URL)
    assert page.context["form"].fields["workshop_1"].help_text == "Complet: « Jardins »."
    assert [value for value, _ in page.context["form"].fields["workshop_1"].choices] == [
        event.workshops.get(title="Logement").key,
        "",
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"registration_opens_at": NOW + dt.timedelta(days=1)}, "Les inscriptions ouvrent le"),
        ({"registration_closes_at": NOW}, "Les inscriptions sont closes."),
        ({"registration_opens_at": None, "registration_closes_at": None}, "sans inscription"),
        ({"is_called_off": True, "called_off_words": "Neige."}, "n’a pas lieu"),
    ],
)
def test_a_door_that_is_not_open_says_why(client, values, sentence):
    regional_meeting(**values)
    page = client.get(URL)
    assert sentence in page.text
    assert page.context["form"] is None


def test_a_draft_or_a_private_meeting_takes_nobody(client):
    event = regional_meeting()
    event.unpublish()
    assert client.get(URL).status_code == client.post(URL, typed()).status_code == 404


class TestHerLink:
    def address(self, one) -> str:
        return f"/rencontres/inscriptions/{one.token}/"

    def test_she_changes_what_she_said(self, client):
        one = registered(regional_meeting(workshops=WORKSHOPS))
        key = one.event.workshops.get(title="Logement").key
        sent = {"name": "Ana B.", "organisation": "", "needs": "Repas", "workshop_1": key}
        page = client.post(self.address(one), sent, follow=True)
        assert "C’est changé." in page.text
        one.refresh_from_db()
        assert (one.name, one.needs, one.choices.get().workshop_key) == ("Ana B.", "Repas", key)

    def test_opening_changes_nothing_and_cancelling_erases(self, client):
        one = registered(regional_meeting())
        assert "Votre place est retenue." in client.get(self.address(one)).text
        one.refresh_from_db()
        assert one.state == "confirmed"
        page = client.post(self.address(one), {"cancel": "oui"}, follow=True)
        assert "C’est annulé" in page.text
        gone = client.get(self.address(one))
        assert (gone.status_code, "n’est plus en usage" in gone.text) == (404, True)
        assert not Registration.objects.filter(email="ana@exemple.org").exists()

    def test_a_link_that_nobody_was_given_opens_nothing(self, client):
        regional_meeting()
        assert client.get("/rencontres/inscriptions/x/").status_code == 404

    def test_after_the_meeting_she_may_still_have_all_of_it_erased(self, client, time_machine):
        one = registered(regional_meeting())
        time_machine.move_to(STARTS + dt.timedelta(days=1))
        page = client.get(self.address(one))
        assert "Effacer mes renseignements" in page.text
        assert "Enregistrer" not in page.text
        client.post(self.address(one), {"cancel": "oui"})
        one.refresh_from_db()
        assert one.email == ""
