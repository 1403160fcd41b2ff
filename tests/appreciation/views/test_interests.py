"""The coordination's list, and what she does with a request."""

import pytest
from django.utils import timezone

from appreciation.models import Appraisal, InterestRequest
from tests.appreciation.views.conftest import client_of
from tests.factories import (
    InstrumentFactory,
    InterestRequestFactory,
    PlaceFactory,
    RoleAssignmentFactory,
)

URL = "/espace/interets/"


@pytest.fixture
def territory():
    InstrumentFactory(is_default=True)
    return PlaceFactory(territory=True, name="Territoire-Test")


@pytest.fixture
def coordinator(territory):
    return client_of(RoleAssignmentFactory(place=territory).user)


@pytest.fixture
def interest(territory):
    return InterestRequestFactory(
        territory=territory, community="Baie-Témoin", phone="819 555-0101"
    )


def url(interest) -> str:
    return f"{URL}{interest.pk}/"


def test_only_those_addressed_to_her_are_listed(coordinator, interest):
    InterestRequestFactory(community="Ailleurs", territory=PlaceFactory(territory=True))
    InterestRequestFactory(community="Sans lieu", is_for_everyone=True)
    content = coordinator.get(URL).content.decode()
    assert "Baie-Témoin" in content
    assert "Sans lieu" in content
    assert "Ailleurs" not in content
    assert "Réponse promise d’ici le" in content
    assert "gaston@exemple.org" not in content


def test_those_to_read_come_first(coordinator, interest, territory):
    InterestRequestFactory(territory=territory, community="Réglée", state="declined")
    InterestRequestFactory(territory=territory, community="Répondue", state="answered")
    rows = coordinator.get(URL).context["rows"]
    assert [row.community for row, _ in rows] == ["Baie-Témoin", "Répondue", "Réglée"]


def test_her_home_tells_her(coordinator, interest, as_lead):
    assert "Une communauté intéressée attend" in coordinator.get("/espace/").content.decode()
    assert "intéressée" not in as_lead.get("/espace/").content.decode()


def test_one_request_shows_how_to_reach_her_and_until_when(coordinator, interest):
    content = coordinator.get(url(interest)).content.decode()
    for words in ("gaston@exemple.org", "819 555-0101", "Renseignements personnels effacés le"):
        assert words in content


def test_opening_starts_from_what_was_written_and_links_the_request(
    coordinator, interest, territory
):
    place = PlaceFactory(name="Baie-Témoin", parent=territory)
    address = f"/espace/demarches/nouvelle/?interet={interest.pk}"
    response = coordinator.get(address)
    content = response.content.decode()
    assert "qui s’est dite intéressée" in content
    assert 'value="Des gens de Baie-Témoin"' in content
    assert f'<option value="{place.pk}" selected>' in content
    form = response.context["form"]
    answers = {
        "interet": interest.pk,
        "place": place.pk,
        "requested_by": "Des gens de Baie-Témoin",
        "creation_key": form["creation_key"].value(),
    }
    for _ in range(2):
        coordinator.post(address, answers)
    interest.refresh_from_db()
    assert interest.appraisal == Appraisal.objects.get()
    assert interest.state == "opened"
    assert interest.appraisal.reference in coordinator.get(URL).content.decode()


@pytest.mark.parametrize("asked", ["999999", "x", "-1", "9" * 40])
def test_a_request_that_is_not_hers_opens_nothing(as_lead, interest, asked):
    status = as_lead.get(f"/espace/demarches/nouvelle/?interet={asked}").status_code
    assert status == (404 if asked.isdecimal() else 200)
    assert as_lead.get(f"/espace/demarches/nouvelle/?interet={interest.pk}").status_code == 404


def test_inviting_starts_from_her_address_once_and_never_in_the_address_bar(coordinator, interest):
    response = coordinator.post(f"{url(interest)}inviter/")
    assert response["Location"] == "/comptes/invitations/"
    assert 'value="gaston@exemple.org"' in coordinator.get("/comptes/invitations/").text
    assert "gaston@exemple.org" not in coordinator.get("/comptes/invitations/").text


def test_answered_or_declined(coordinator, interest):
    coordinator.post(url(interest), {"state": "answered", "outcome": "Rendez-vous le 3."})
    interest.refresh_from_db()
    assert (interest.state, interest.outcome) == ("answered", "Rendez-vous le 3.")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choisissez ce qui s’est passé."),
        ({"state": "opened"}, "Choisissez une réponse de la liste."),
        ({"state": "declined", "outcome": " "}, "Dites en une phrase pourquoi"),
        ({"state": "declined", "outcome": "x" * 1001}, "1000"),
    ],
)
def test_a_refusal_is_said_beside_the_box(coordinator, interest, typed, sentence):
    response = coordinator.post(url(interest), typed)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    interest.refresh_from_db()
    assert interest.state == "new"


def test_what_was_erased_is_said(coordinator, interest):
    InterestRequest.objects.update(name="", email="", phone="", erased_at=timezone.now())
    content = coordinator.get(url(interest)).content.decode()
    assert "ont été effacés" in content
    assert "Ou dites où vous en êtes" not in content


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(coordinator, territory, count, django_assert_num_queries):
    for _ in range(count):
        InterestRequestFactory(territory=territory)
    coordinator.get(URL)
    with django_assert_num_queries(7):
        coordinator.get(URL)
