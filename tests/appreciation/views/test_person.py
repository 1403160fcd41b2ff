"""The page for one person: found, given, erased, and who may open it."""

import json

import pytest

from accounts.models import User
from appreciation.domain.person_data import export_person, find_person
from appreciation.models import Invitee, PersonErasure
from tests.appreciation.views.conftest import client_of
from tests.factories import (
    AppraisalFactory,
    MembershipFactory,
    PlaceFactory,
    RoleAssignmentFactory,
    UserFactory,
)
from tests.factories.invitees import InviteeFactory

URL = "/espace/renseignements-personnels/une-personne/"
HER = "luce@exemple.org"


@pytest.fixture
def region():
    return PlaceFactory(region=True)


@pytest.fixture
def as_region(region):
    return client_of(RoleAssignmentFactory(place=region).user)


@pytest.fixture
def her(appraisal):
    user = UserFactory(username="luce", first_name="Luce", last_name="Canari")
    InviteeFactory(appraisal=appraisal, name="Luce C.", email=HER, phone="819 555-0102")
    return user


def test_whoever_coordinates_the_whole_region_opens_it_and_no_smaller_place(region, as_region):
    territory = PlaceFactory(territory=True, parent=region)
    of_territory = client_of(RoleAssignmentFactory(place=territory).user)
    assert as_region.get(URL).status_code == 200
    assert URL in as_region.get("/espace/renseignements-personnels/").text
    assert of_territory.get(URL).status_code == 404
    told = of_territory.get("/espace/renseignements-personnels/").text
    assert URL not in told
    assert "Demandez à l’administration du site" in told
    PlaceFactory(region=True)
    assert as_region.get(URL).status_code == 404


def test_what_is_found_is_shown_and_given_as_the_command_gives_it(her, as_region):
    page = as_region.post(URL, {"who": HER, "intent": "find"}).text
    assert f"à propos de {HER}" in page
    assert "819 555-0102" in page
    given = as_region.post(URL, {"who": HER, "intent": "export"})
    assert given["Content-Disposition"] == 'attachment; filename="renseignements-personnels.json"'
    assert given.content.decode() == export_person(HER)
    assert len(json.loads(given.content)) == len(find_person(HER))
    assert User.objects.filter(pk=her.pk).exists()


def test_she_is_erased_once_confirmed(her, as_region):
    page = as_region.post(URL, {"who": HER, "intent": "erase"}).text
    assert "Cochez la case" in page
    assert "819 555-0102" in page
    assert find_person(HER)
    done = as_region.post(URL, {"who": HER, "intent": "erase", "sure": "on"}, follow=True).text
    assert "Effacées\N{NO-BREAK SPACE}: 2 inscriptions." in done
    assert HER not in done
    assert find_person(HER) == []
    line = PersonErasure.objects.get()
    assert f"2 inscriptions, par {line.done_by}" in done
    again = as_region.post(URL, {"who": HER, "intent": "find"}).text
    assert f"Rien à propos de {HER}" in again


def test_what_her_account_only_did_is_counted_and_what_she_leads_alone_is_said(region, as_region):
    alone, shared, over = (
        AppraisalFactory(place=PlaceFactory(parent=region), state=state)
        for state in ("active", "active", "closed")
    )
    user = UserFactory(username="luce")
    for appraisal in (alone, shared, over):
        MembershipFactory(appraisal=appraisal, user=user)
    MembershipFactory(appraisal=shared)
    page = as_region.post(URL, {"who": user.email, "intent": "find"})
    assert "3 inscriptions où seul son compte est nommé." in page.text
    assert page.context["led_alone"] == [alone]
    assert f"/espace/demarches/{alone.reference}/equipe/responsable/" in page.text


def test_by_name_the_lines_are_chosen(appraisal, as_region):
    hers, other = (
        InviteeFactory(appraisal=appraisal, name="Jeanne Fictive", email="") for _ in "ab"
    )
    page = as_region.post(URL, {"who": "Jeanne Fictive", "intent": "find"}).text
    assert page.count('name="rows"') == 2
    data = {"who": "Jeanne Fictive", "intent": "erase", "sure": "on"}
    as_region.post(URL, data | {"rows": [f"appreciation.Invitee:{hers.pk}"]})
    assert Invitee.objects.get() == other


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("", "Écrivez un courriel, ou un prénom et un nom."),
        ("Luce", "Écrivez un courriel, ou un prénom et un nom."),
    ],
)
def test_refusals_are_said_by_the_box(as_region, who, words):
    page = as_region.post(URL, {"who": who, "intent": "find"})
    assert words in page.text
    assert 'id="trouve"' not in page.text


def test_her_own_account_is_erased_by_somebody_else(region):
    user = RoleAssignmentFactory(place=region).user
    data = {"who": user.email, "intent": "erase", "sure": "on"}
    assert "Demandez à quelqu’un d’autre" in client_of(user).post(URL, data).text
    assert User.objects.filter(pk=user.pk).exists()


def test_an_address_in_the_question_is_not_read(her, as_region):
    page = as_region.get(URL, {"who": HER}).text
    assert 'id="trouve"' not in page
    assert "819 555-0102" not in page
