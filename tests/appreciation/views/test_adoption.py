import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reference.enums import PlaceKind
from tests.factories import AppraisalFactory, MembershipFactory, PlaceFactory, UserFactory

DATA = {"adopted_by": "le comité local", "adopted_on": "2026-11-03"}


@pytest.fixture
def told(lead):
    appraisal = AppraisalFactory(at_restitution=True)
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    return appraisal


@pytest.fixture
def url(told):
    return reverse("space:adoption", args=[told.reference])


def test_lead_records_the_adoption_with_its_proof(client, lead, told, url):
    client.force_login(lead)
    proof = SimpleUploadedFile("pv.pdf", b"%PDF-1.4 pv")
    response = client.post(url, DATA | {"evidence": proof}, follow=True)
    told.refresh_from_db()
    assert (told.adopted_by, told.adopted_on) == ("le comité local", dt.date(2026, 11, 3))
    assert told.adoption_evidence.is_private
    assert "Adopté par le comité local le 3\xa0novembre\xa02026, document joint" in response.text


def test_refusals_are_said_beside_the_box_and_keep_what_was_typed(client, lead, told, url):
    client.force_login(lead)
    proof = SimpleUploadedFile("pv.pdf", b"<html>")
    response = client.post(url, DATA | {"evidence": proof})
    assert response.status_code == 200
    assert response.context["form"].errors == {
        "evidence": ["Joignez un PDF ou une photo (JPEG ou PNG)."]
    }
    assert 'value="le comité local"' in response.text
    response = client.post(url, {"adopted_by": "", "adopted_on": "hier"})
    assert response.context["form"].errors == {
        "adopted_by": ["Dites qui a adopté le rapport."],
        "adopted_on": ["Écrivez une date comme 2026-10-22."],
    }


def test_the_councils_agreement_is_asked_of_a_first_nation_only(client, lead, url):
    client.force_login(lead)
    assert "council_agreed_on" not in client.get(url).text
    nation = AppraisalFactory(
        at_restitution=True, place=PlaceFactory(kind=PlaceKind.FIRST_NATION_COMMUNITY)
    )
    MembershipFactory(appraisal=nation, user=lead, role="lead")
    nation_url = reverse("space:adoption", args=[nation.reference])
    client.post(nation_url, DATA | {"council_agreed_on": "2026-11-01"})
    nation.refresh_from_db()
    assert nation.council_agreed_on == dt.date(2026, 11, 1)


@pytest.mark.parametrize("role", ["co_facilitator", "observer"])
def test_others_of_the_team_read_it_and_cannot_record_it(client, told, url, role):
    user = UserFactory()
    MembershipFactory(appraisal=told, user=user, role=role)
    client.force_login(user)
    assert "<form class" not in client.get(url).text
    client.post(url, DATA)
    told.refresh_from_db()
    assert told.adopted_on is None


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options"])
def test_stranger_and_neighbour_find_nothing(client, url, neighbour, stranger, method):
    for user in (neighbour, stranger):
        client.force_login(user)
        assert getattr(client, method)(url).status_code == 404


def test_anonymous_is_sent_to_sign_in_and_other_verbs_are_refused(client, lead, url):
    assert client.get(url).url.startswith("/comptes/")
    client.force_login(lead)
    assert client.put(url).status_code == 405
    assert "no-store" in client.get(url)["Cache-Control"]
