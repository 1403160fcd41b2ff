import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from appreciation.domain.actors import Actor
from appreciation.domain.evening_passes import create_evening_pass, revoke_evening_pass
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.models import EveningPass, HandCount, MeetingLog, Rating
from tests.factories import MeetingFactory


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True)


@pytest.fixture
def url(meeting):
    return reverse("space:evening_passes", args=[meeting.reference])


@pytest.fixture
def given(meeting, lead):
    return create_evening_pass(meeting=meeting, actor=Actor(user=lead), label="Ginette")


@pytest.fixture
def link(given):
    return reverse("participant:evening_pass", args=[given.token])


@pytest.fixture
def secretary(link):
    """Somebody without an account who followed the link."""
    client = Client()
    client.post(link)
    return client


def test_the_team_gives_a_link_with_its_code_to_scan(client, lead, meeting, url):
    client.force_login(lead)
    assert client.post(url, {"donner": "oui", "label": "Ginette", "hours": "6"}).status_code == 302
    given = EveningPass.objects.get()
    content = client.get(url).content.decode()
    assert f"http://testserver/r/soir/{given.token}/" in content
    assert "Code QR du lien de Ginette" in content


@pytest.mark.parametrize("data", [{"label": "", "hours": "6"}, {"label": "G", "hours": "99"}])
def test_a_bad_request_is_told(client, lead, url, data):
    client.force_login(lead)
    assert client.post(url, {"donner": "oui", **data}).status_code == 422
    assert not EveningPass.objects.exists()


def test_a_link_is_taken_back(client, lead, url, given, link):
    client.force_login(lead)
    client.post(url, {"retirer": given.pk})
    assert Client().get(link).status_code == 404
    for pk in ("0", "abc"):
        assert client.post(url, {"retirer": pk}).status_code == 404


def test_opening_the_link_joins_nobody_and_the_button_does(link, meeting):
    client = Client()
    page = client.get(link)
    assert "Commencer la saisie" in page.content.decode()
    assert "evening_secretary" not in client.session
    response = client.post(link)
    assert response.url == reverse("space:entry_grid", args=[meeting.reference])
    assert client.get(response.url).status_code == 200


def test_unknown_expired_and_revoked_answer_alike(given, link, lead):
    unknown = reverse("participant:evening_pass", args=["jamais-donne"])
    answers = [Client().get(unknown), Client().post(unknown)]
    with time_machine.travel(given.expires_at, tick=False):
        answers += [Client().get(link), Client().post(link)]
    revoke_evening_pass(evening_pass=given, actor=Actor(user=lead))
    answers += [Client().get(link), Client().post(link)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub(rb"marque-\d+", b"marque", answer.content) for answer in answers}) == 1


def test_the_secretary_types_and_the_journal_says_who(secretary, meeting):
    item = questionnaire_for(meeting.instrument).items[0]
    grid = reverse("space:entry_grid", args=[meeting.reference])
    secretary.post(grid, {"ligne": "0", "0-numero": "1", f"0-{item.id}": "3"})
    hands = reverse("space:hands", args=[meeting.reference])
    secretary.post(hands, {"question": item.id, "n2": "4"})
    assert Rating.objects.get().answer == 3
    assert HandCount.objects.get().count == 4
    assert set(
        MeetingLog.objects.exclude(user__isnull=False).values_list("by_label", flat=True)
    ) == {"Ginette"}
    assert "Mes démarches" not in secretary.get(grid).content.decode()


def test_the_secretary_types_even_when_the_team_has_one_screen(secretary, meeting):
    meeting.mirrored_screen = True
    meeting.save()
    grid = reverse("space:entry_grid", args=[meeting.reference])
    assert "Enregistrer les feuilles" in secretary.get(grid).content.decode()


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_single_screen_shows_neither_the_code_nor_a_name(client, lead, meeting, given, url, verb):
    client.force_login(lead)
    meeting.mirrored_screen = True
    meeting.save()
    response = getattr(client, verb)(url, {"donner": "oui", "label": "Paul", "hours": "6"})
    content = response.content.decode()
    assert response.status_code == (200 if verb == "get" else 409)
    assert given.token not in content
    assert "Ginette" not in content
    assert "débranchez d’abord le projecteur" in content
    assert EveningPass.objects.get() == given


@pytest.mark.parametrize(
    "name",
    [
        "ratings_import",
        "ratings_template",
        "ratings_export",
        "paper_form",
        "evening_passes",
        "console",
    ],
)
def test_the_secretary_opens_nothing_else(secretary, meeting, name):
    response = secretary.get(reverse(f"space:{name}", args=[meeting.reference]))
    assert response.status_code == 302
    assert response.url.startswith("/comptes/")


def test_the_secretary_of_one_meeting_finds_no_other(secretary):
    other = MeetingFactory(open=True)
    for name in ("entry_grid", "hands", "paper_words"):
        assert secretary.get(reverse(f"space:{name}", args=[other.reference])).status_code == 404


def test_the_secretary_stops_with_her_pass(secretary, given, meeting, lead):
    grid = reverse("space:entry_grid", args=[meeting.reference])
    with time_machine.travel(given.expires_at - dt.timedelta(seconds=1), tick=False):
        assert secretary.get(grid).status_code == 200
    with time_machine.travel(given.expires_at, tick=False):
        assert_over(secretary.get(grid))
    revoke_evening_pass(evening_pass=given, actor=Actor(user=lead))
    hands = reverse("space:hands", args=[meeting.reference])
    for address in (grid, hands):
        assert_over(secretary.get(address))
        assert_over(secretary.post(address))
        assert_over(secretary.put(address))


def assert_over(response):
    assert response.status_code == 403
    assert "Votre accès d’un soir est terminé" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_what_the_secretary_typed_too_late_comes_back_with_a_new_link(
    secretary, given, meeting, lead
):
    item = questionnaire_for(meeting.instrument).items[0]
    grid = reverse("space:entry_grid", args=[meeting.reference])
    revoke_evening_pass(evening_pass=given, actor=Actor(user=lead))
    page = secretary.post(grid, {"ligne": "0", "0-numero": "8", f"0-{item.id}": "3"})
    assert "vous le retrouverez sur cet appareil" in page.content.decode()
    assert Rating.objects.count() == 0
    again = create_evening_pass(meeting=meeting, actor=Actor(user=lead), label="Ginette")
    secretary.post(reverse("participant:evening_pass", args=[again.token]))
    (row,) = secretary.get(grid).context["grid"].rows
    assert (row.number, row.cells[0].value) == ("8", "3")


def test_the_script_of_the_secretary_is_told_too(secretary, given, meeting, lead):
    revoke_evening_pass(evening_pass=given, actor=Actor(user=lead))
    grid = reverse("space:entry_grid", args=[meeting.reference])
    response = secretary.post(grid, {"ligne": "0"}, headers={"accept": "application/json"})
    assert response.status_code == 401
    assert response.json()["refusal"].startswith("Votre accès est terminé.")


def test_others_find_nothing(client, url, neighbour, stranger):
    for user in (neighbour, stranger):
        client.force_login(user)
        assert client.get(url).status_code == 404
        assert client.post(url, {"donner": "oui"}).status_code == 404
    assert Client().get(url).url.startswith("/comptes/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries(
    client, lead, meeting, url, count, django_assert_num_queries
):
    for _ in range(count):
        create_evening_pass(meeting=meeting, actor=Actor(user=lead), label="Ginette")
    client.force_login(lead)
    client.get(url)
    with django_assert_num_queries(6):
        client.get(url)
