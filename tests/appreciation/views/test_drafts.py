"""« Brouillons »: who may ask and keep, at which addresses; who does is in test_access_matrix."""

import json
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from appreciation.domain.drafts import LARGEST
from appreciation.models import Draft
from tests.appreciation.views.conftest import client_of
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory

TYPED = {"0:text": "Le quai nous rassemble."}


@pytest.fixture
def step(appraisal) -> str:
    return f"/espace/demarches/{appraisal.reference}/etapes/decider/"


def at(address: str) -> str:
    return reverse("space:drafts", query={"adresse": address})


def keep(client: Client, address: str, fields=TYPED, **more):
    body = {"fields": fields, "version": 1, "known": None} | more
    return client.post(at(address), json.dumps(body), content_type="application/json")


def test_a_draft_kept_on_one_device_is_given_to_another_of_the_same_person(lead, step):
    kept = keep(client_of(lead), step)
    assert kept.status_code == HTTPStatus.OK
    answer = client_of(lead).get(at(step))
    assert answer.json() == {
        "drafts": {
            step: {"fields": TYPED, "version": 1, "saved_at": kept.json()["saved_at"]},
        }
    }
    assert {"private", "no-store"} <= set(answer["Cache-Control"].replace(" ", "").split(","))


def test_a_colleague_does_not_see_it_nor_can_forget_it(as_lead, appraisal, step):
    keep(as_lead, step)
    colleague = client_of(MembershipFactory(appraisal=appraisal, role="co_facilitator").user)
    assert colleague.get(at(step)).json() == {"drafts": {}}
    assert colleague.delete(at(step)).status_code == HTTPStatus.OK
    assert Draft.objects.get().fields == TYPED


def test_it_is_forgotten_on_demand(as_lead, step):
    keep(as_lead, step)
    assert as_lead.delete(at(step)).json() == {}
    assert as_lead.get(at(step)).json() == {"drafts": {}}


def test_what_another_device_kept_is_not_covered(lead, as_lead, step):
    first = keep(as_lead, step).json()["saved_at"]
    other = keep(client_of(lead), step, {"0:text": "Autre."})
    assert other.status_code == HTTPStatus.CONFLICT
    assert other.json() == {"refusal": "Un autre de vos appareils a gardé un texte plus récent."}
    assert Draft.objects.get().fields == TYPED
    assert keep(client_of(lead), step, {"0:text": "Autre."}, known=first).status_code == 200
    assert Draft.objects.get().fields == {"0:text": "Autre."}


@pytest.mark.parametrize("verb", ["get", "post"])
def test_who_is_no_longer_in_the_team_finds_nothing(as_lead, lead, appraisal, step, verb):
    keep(as_lead, step)
    appraisal.memberships.filter(user=lead).delete()
    assert getattr(as_lead, verb)(at(step)).status_code == HTTPStatus.NOT_FOUND


def test_whoever_left_may_still_take_her_own_text_away(as_lead, lead, appraisal, step):
    keep(as_lead, step)
    appraisal.memberships.filter(user=lead).delete()
    assert as_lead.delete(at(step)).json() == {}
    assert not Draft.objects.exists()
    assert as_lead.delete(at(step)).status_code == HTTPStatus.NOT_FOUND


def test_an_observer_and_a_stranger_keep_nothing(as_observer, as_stranger, as_neighbour, step):
    for client in (as_observer, as_stranger, as_neighbour):
        assert keep(client, step).status_code == HTTPStatus.NOT_FOUND
    assert not Draft.objects.exists()


def test_nobody_keeps_anything_without_an_account(step):
    for answer in (Client().get(at(step)), keep(Client(), step), Client().delete(at(step))):
        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Location"].startswith("/comptes/connexion/")
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "/espace/",
        "/espace/demarches/{mine}/",
        "/espace/demarches/{mine}/journal/",
        "/espace/demarches/{mine}/etapes/decider/>/espace/demarches/{mine}/etapes/decider/~",
        "/espace/demarches/{mine}/etapes/decider/~deux",
        "/espace/demarches/{mine}/journal/>/espace/demarches/{mine}/etapes/decider/~deux",
        "/espace/demarches/{mine}/etapes/decider",
        "/espace/rencontres/{evening}/feuilles/",
        "/espace/rencontres/{evening}/mots/",
        "/comptes/",
        "/admin/",
        "/r/{evening}/reponses/",
        "https://exemple.org/espace/demarches/{mine}/etapes/decider/",
        "//exemple.org/espace/demarches/{mine}/etapes/decider/",
        "/espace/demarches/{mine}/etapes/decider/?x=1",
        "/espace/demarches/{mine}/etapes/decider/\0",
        "/espace/demarches/{mine}/etapes/decider/>",
        ">/espace/demarches/{mine}/etapes/decider/",
        "/espace/demarches/{mine}/etapes/decider/>/espace/demarches/{other}/etapes/decider/",
        "/espace/demarches/{other}/etapes/decider/>/espace/demarches/{mine}/etapes/decider/",
        "/espace/demarches/{mine}/etapes/decider/>/espace/demarches/{also}/etapes/decider/",
        "/espace/demarches/{other}/etapes/decider/",
        "/espace/demarches/" + "x" * 300 + "/etapes/decider/",
    ],
)
def test_only_the_writing_forms_of_ones_own_appraisals_have_drafts(
    as_lead, lead, appraisal, address
):
    also = MembershipFactory(user=lead, role="lead").appraisal
    evening = MeetingFactory(appraisal=appraisal, open=True)
    address = address.format(
        mine=appraisal.reference,
        also=also.reference,
        other=AppraisalFactory().reference,
        evening=evening.reference,
    )
    for answer in (as_lead.get(at(address)), keep(as_lead, address), as_lead.delete(at(address))):
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "demarches/nouvelle/",
        "demarches/{mine}/rapport/introduction/",
        "rencontres/{evening}/convenu/7/",
        "rencontres/{evening}/constats/",
        "rencontres/{evening}/constats/7/",
        "demarches/{mine}/equipe/>/espace/demarches/{mine}/equipe/~remettre",
        "demarches/{mine}/etat/",
        "rencontres/{evening}/tables/1/",
        "rencontres/{evening}/deliberation/culture/>/espace/rencontres/{evening}/constats/",
    ],
)
def test_every_writing_form_has_its_draft_with_its_appraisal(as_lead, appraisal, address):
    evening = MeetingFactory(appraisal=appraisal, open=True)
    address = "/espace/" + address.format(mine=appraisal.reference, evening=evening.reference)
    assert keep(as_lead, address).status_code == HTTPStatus.OK
    page = address.partition(">")[0]
    assert list(as_lead.get(at(page)).json()["drafts"]) == [address]
    assert Draft.objects.get().appraisal == (None if "nouvelle" in address else appraisal)


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[1]", b"{}", b"null", b"[" * 100_000, b'{"fields": {"0:text": 1}}']
)
def test_what_is_no_draft_is_refused_in_french(as_lead, step, body):
    answer = as_lead.post(at(step), body, content_type="application/json")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.json() == {"refusal": "Ce brouillon n’est pas lisible."}


def test_a_text_too_long_is_refused(as_lead, step):
    answer = keep(as_lead, step, {"0:text": "x" * LARGEST})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.json()["refusal"].startswith("Ce texte est trop long")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("verb", ["post", "delete"])
def test_another_site_keeps_and_forgets_nothing(lead, as_lead, step, verb):
    keep(as_lead, step)
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead)
    foreign = {"Origin": "https://ailleurs.example"}
    for headers in ({}, foreign):
        answer = getattr(client, verb)(at(step), headers=headers)
        assert answer.status_code == HTTPStatus.FORBIDDEN
    assert Draft.objects.get().fields == TYPED


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_little_of_the_database(as_lead, appraisal, count, django_assert_num_queries):
    evening = MeetingFactory(appraisal=appraisal, open=True)
    page = f"/espace/rencontres/{evening.reference}/deliberation/culture/"
    for number in range(count):
        keep(as_lead, f"{page}>/espace/rencontres/{evening.reference}/convenu/{number}/")
    with django_assert_num_queries(4):
        assert len(as_lead.get(at(page)).json()["drafts"]) == count
