"""The organiser's list: who may read it, ticks, files, words; what is erased and when."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.domain.groups import assign_role
from appreciation.domain.person_data import erase_person, find_person
from background.models import OutgoingMail
from core.purges import run_purges
from rencontres.domain.forgetting import erase_old_registrations, next_old_registration
from rencontres.models import Registration
from tests.factories import PlaceFactory, UserFactory
from tests.factories.meetings import NOW, STARTS, regional_meeting, registered

DAY = dt.timedelta(days=1)
END = STARTS + dt.timedelta(hours=7)
WORKSHOPS = (("Avant-midi", "Jardins", 1), ("", "Marche", None))


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def event():
    return regional_meeting(capacity=2, workshops=WORKSHOPS)


@pytest.fixture
def organiser(client, event):
    user = UserFactory()
    assign_role(user=user, role="coordinator", place=event.region)
    client.force_login(user)
    return client


def address(event, *parts) -> str:
    return "/".join(["/espace/rencontres-regionales", str(event.pk), *map(str, parts), ""])


def test_a_neighbour_s_coordination_sees_none_of_it(client, event):
    one = registered(event)
    user = UserFactory()
    assign_role(user=user, role="coordinator", place=PlaceFactory(territory=True))
    client.force_login(user)
    assert "Rencontre d’automne" not in client.get("/espace/rencontres-regionales/").text
    assert client.get(address(event)).status_code == 404
    assert client.get(address(event)[:-1] + "/inscriptions.csv").status_code == 404
    sent = client.post(address(event, "inscriptions", one.pk, "presence"), {"came": "oui"})
    assert sent.status_code == 404
    assert not Registration.objects.visible_to(user).exists()


def test_the_list_says_who_comes_who_waits_and_counts(organiser, event):
    key = event.workshops.get(title="Jardins").key
    registered(event, "z@exemple.org", name="Zoé Exemple", needs="Rampe", workshops=(key,))
    registered(event, "a@exemple.org", name="Ana Exemple")
    registered(event, "w@exemple.org", name="Will Exemple", organisation="Comité")
    page = organiser.get(address(event))
    text = page.text
    assert text.index("Ana Exemple") < text.index("Zoé Exemple") < text.index("Will Exemple")
    assert "Besoins\N{NO-BREAK SPACE}: Rampe" in text.replace("&nbsp;", "\N{NO-BREAK SPACE}")
    assert "2 sur 2" in text
    found = organiser.get(address(event), {"q": "comite"}).text
    assert "Will Exemple" in found
    assert "Zoé Exemple" not in found
    assert "2 inscriptions pour 2 places" in organiser.get("/espace/rencontres-regionales/").text


def test_ticks_at_the_door_one_at_a_time(organiser, event):
    one, other = registered(event, "a@exemple.org"), registered(event, "b@exemple.org")
    for which, came in ((one, "oui"), (other, "oui"), (other, "non")):
        sent = organiser.post(address(event, "inscriptions", which.pk, "presence"), {"came": came})
        assert sent["Location"].endswith(f"#inscription-{which.pk}")
    assert list(Registration.objects.order_by("pk").values_list("came", flat=True)) == [True, False]


def test_files_hold_no_formula_nor_who_cancelled(organiser, event):
    registered(event, "a@exemple.org", name="=HYPERLINK(1)", needs="+1 repas")
    registered(event, "b@exemple.org", name="Bo Exemple")
    waiting = registered(event, "c@exemple.org", name="Cy Exemple")
    organiser.post(address(event, "inscriptions", waiting.pk), {"cancel": "oui"})
    registered(event, "d@exemple.org", name="Di Exemple")
    response = organiser.get(address(event)[:-1] + "/inscriptions.csv")
    lines = b"".join(response).decode().splitlines()
    assert lines[0].lstrip("\N{ZERO WIDTH NO-BREAK SPACE}").startswith("nom;courriel;organisme")
    assert lines[1].startswith("'=HYPERLINK(1);a@exemple.org;;place retenue;;;'+1 repas;2026-11-28")
    assert [line.split(";")[0] for line in lines[2:]] == ["Bo Exemple", "Di Exemple"]
    assert lines[3].split(";")[3:5] == ["liste d’attente", "1"]
    book = organiser.get(address(event)[:-1] + "/inscriptions.xlsx")
    rows = list(load_workbook(io.BytesIO(book.content)).active.values)
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert len(rows) == 4


def test_the_printed_list_has_boxes_and_what_to_foresee(organiser, event):
    registered(event, name="Ana Exemple", needs="Sans gluten")
    text = organiser.get(address(event, "liste")).text
    assert text.index("Ana Exemple</th>") < text.index("Ce qu’il faut prévoir")
    assert "Sans gluten" in text


def test_the_organiser_enters_changes_and_cancels(organiser, event):
    page = organiser.get(address(event, "inscrire"))
    key = page.context["form"]["form_key"].value()
    sent = {"name": "Lou Exemple", "email": "", "organisation": "", "needs": "", "form_key": key}
    for _ in range(2):
        assert organiser.post(address(event, "inscrire"), sent).status_code == 302
    one = Registration.objects.get()
    changed = {"name": "Lou E.", "organisation": "Comité", "needs": ""}
    refused = organiser.post(address(event, "inscriptions", one.pk), changed | {"name": " "}).text
    assert "Son nom" in refused
    assert "Écrivez son nom" in refused
    assert "Votre" not in refused.partition("<main")[2]
    organiser.post(address(event, "inscriptions", one.pk), changed)
    one.refresh_from_db()
    assert (one.name, one.organisation, one.state) == ("Lou E.", "Comité", "confirmed")
    organiser.post(address(event, "inscriptions", one.pk), {"cancel": "oui"})
    assert organiser.get(address(event, "inscriptions", one.pk)).status_code == 404


def test_a_word_to_all_leaves_once_with_each_one_s_link(organiser, event):
    rows = [registered(event, f"{name}@exemple.org") for name in "abc"]
    sent = {"to": "confirmed", "subject": "La salle change", "text": "Salle B.", "form_key": "k"}
    for _ in range(2):
        assert organiser.post(address(event, "ecrire"), sent).status_code == 302
    words = OutgoingMail.objects.filter(key__contains="mot/").order_by("pk")
    assert [mail.to[0] for mail in words] == ["a", "b"]
    assert rows[0].token in words[0].body
    assert rows[1].token not in words[0].body
    nobody = organiser.post(address(event, "ecrire"), sent | {"to": "", "subject": ""})
    assert nobody.status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(organiser, event, django_assert_num_queries, count):
    type(event).objects.update(capacity=10)
    key = event.workshops.get(title="Marche").key
    for number in range(count):
        registered(event, f"p{number}@exemple.org", workshops=(key,))
    organiser.get(address(event))
    with django_assert_num_queries(11):
        organiser.get(address(event))


class TestForgetting:
    def test_needs_go_after_a_week_the_rest_after_ninety_days_and_the_count_stays(self, event):
        one = registered(event, needs="Allergie", organisation="Comité")
        assert next_old_registration() == END + 7 * DAY
        assert erase_old_registrations(END + 7 * DAY - DAY / 2) == 0
        assert erase_old_registrations(END + 7 * DAY) == 1
        one.refresh_from_db()
        assert (one.needs, one.name) == ("", "Ana Exemple")
        assert next_old_registration() == END + 90 * DAY
        outcomes = {one.label: one.erased for one in run_purges(END + 90 * DAY)}
        assert outcomes["Inscriptions aux rencontres, renseignements personnels"] == 1
        one.refresh_from_db()
        assert (one.name, one.email, one.organisation, one.consent_text) == ("",) * 4
        assert (one.state, one.erased_at) == ("confirmed", END + 90 * DAY)
        assert next_old_registration() is None

    def test_a_person_is_found_given_and_erased_everywhere(self, event):
        mine = registered(event, needs="Allergie d’Ana Exemple")
        other = registered(event, "b@exemple.org", name="Bo Exemple")
        found = {one.holding.label for one in find_person("ana@exemple.org")}
        assert "rencontres.Registration" in found
        erase_person("ana@exemple.org")
        mine.refresh_from_db()
        other.refresh_from_db()
        assert (mine.name, mine.email, mine.state) == ("", "", "confirmed")
        assert other.name == "Bo Exemple"
        assert "rencontres.Registration" not in {
            one.holding.label for one in find_person("ana@exemple.org")
        }


class TestBackButton:
    """The form that was sent comes back on screen: what is typed in it then is something else."""

    def test_another_person_typed_in_the_form_already_sent_is_entered_too(self, organiser, event):
        sent = {
            "name": "Lou Exemple",
            "organisation": "",
            "needs": "",
            "email": "",
            "form_key": "k",
        }
        for name in ("Lou Exemple", "Lou Exemple", "Max Exemple"):
            organiser.post(address(event, "inscrire"), sent | {"name": name})
        names = Registration.objects.order_by("pk").values_list("name", flat=True)
        assert list(names) == ["Lou Exemple", "Max Exemple"]

    def test_another_word_leaves_too(self, organiser, event):
        registered(event, "a@exemple.org")
        sent = {"to": "all", "subject": "La salle", "text": "Salle B.", "form_key": "k"}
        for text in ("Salle B.", "Salle B.", "Salle C, pardon."):
            organiser.post(address(event, "ecrire"), sent | {"text": text})
        words = OutgoingMail.objects.filter(key__contains="mot/").order_by("pk")
        assert [mail.body.partition("\n")[0] for mail in words] == ["Salle B.", "Salle C, pardon."]

    def test_what_was_looked_for_comes_back_whole_after_a_tick(self, organiser, event):
        one = registered(event)
        where = address(event, "inscriptions", one.pk, "presence")
        back = organiser.post(where, {"came": "oui", "q": "A&B #1"})["Location"]
        assert back == f"{address(event)}?q=A%26B+%231#inscription-{one.pk}"
        assert organiser.get(back).context["asked"] == "A&B #1"


class TestDrafts:
    @pytest.mark.parametrize("screen", ["inscrire", "ecrire"])
    def test_what_she_types_is_kept_for_her_alone(self, organiser, client, event, screen):
        kept = reverse("space:drafts", query={"adresse": address(event, screen)})
        body = {"fields": {"0:subject": "La salle"}, "version": None, "known": None}
        assert organiser.post(kept, body, "application/json").status_code == 200
        assert address(event, screen) in organiser.get(kept).json()["drafts"]
        neighbour = UserFactory()
        assign_role(user=neighbour, role="coordinator", place=PlaceFactory(territory=True))
        client.force_login(neighbour)
        assert client.get(kept).status_code == 404
        assert client.post(kept, body, "application/json").status_code == 404

    def test_needs_are_never_in_it(self, organiser, event):
        one = registered(event)
        for screen in (("inscrire",), ("inscriptions", one.pk)):
            field = organiser.get(address(event, *screen)).context["form"]["needs"]
            assert "data-never-kept" in str(field)
