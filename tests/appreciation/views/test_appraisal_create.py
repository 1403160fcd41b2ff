import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from appreciation.models import Appraisal
from reference.enums import PlaceKind
from tests.factories import InstrumentFactory, PlaceFactory, UserFactory

URL = "/espace/demarches/nouvelle/"


@pytest.fixture
def place():
    InstrumentFactory(is_default=True)
    return PlaceFactory(
        name="Rivière-Témoin", parent=PlaceFactory(territory=True, name="Territoire-Test")
    )


def form_of(place, **changes):
    return {
        "place": place.pk,
        "requested_by": "Comité local",
        "expected_on": timezone.localdate().isoformat(),
        "creation_key": "cle-1",
    } | changes


def test_anonymous_is_sent_to_sign_in(client):
    assert client.get(URL).status_code == 302


def test_the_list_is_grouped_by_territory(place, as_stranger):
    PlaceFactory(name="Région-Test", region=True)
    content = as_stranger.get(URL).content.decode()
    assert '<optgroup label="Territoire-Test">' in content
    assert "Rivière-Témoin" in content
    assert "Région-Test" not in content


def test_three_answers_open_an_appraisal_that_she_leads(place, as_stranger, stranger):
    response = as_stranger.post(URL, form_of(place))
    appraisal = Appraisal.objects.get()
    assert response["Location"] == f"/espace/demarches/{appraisal.reference}/"
    assert appraisal.memberships.get().user == stranger


def test_the_same_form_sent_twice_opens_one(place, as_stranger):
    for _ in range(2):
        as_stranger.post(URL, form_of(place))
    assert Appraisal.objects.count() == 1


def test_what_was_typed_before_the_session_expired_is_there_after_signing_in(
    place, client, stranger
):
    response = client.post(URL, form_of(place, requested_by="Comité du quai"))
    assert response["Location"] == f"/comptes/connexion/?next={URL}"
    client.force_login(stranger)
    page = client.get(URL).content.decode()
    assert 'value="Comité du quai"' in page
    assert 'value="cle-1"' in page
    assert "Votre texte est encore là" in page
    assert not Appraisal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"place": ""}, "Choisissez la communauté."),
        ({"place": "999999"}, "Choisissez une communauté de la liste."),
        ({"place": "oups"}, "Choisissez une communauté de la liste."),
        ({"requested_by": " "}, "Dites qui demande la démarche."),
        ({"expected_on": "demain"}, "Écrivez une date comme 2026-10-22."),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(place, as_stranger, changes, sentence):
    response = as_stranger.post(URL, form_of(place, requested_by="Comité du quai") | changes)
    content = response.content.decode()
    assert sentence in content
    if "requested_by" not in changes:
        assert "Comité du quai" in content
    assert not Appraisal.objects.exists()


def test_a_territory_cannot_be_chosen(place, as_stranger):
    territory = PlaceFactory(kind=PlaceKind.TERRITORY)
    content = as_stranger.post(URL, form_of(territory)).content.decode()
    assert "Choisissez une communauté de la liste." in content


def test_without_instrument_the_page_says_whom_to_ask(as_stranger):
    content = as_stranger.post(URL, form_of(PlaceFactory())).content.decode()
    assert "Aucun instrument n’est prêt à servir" in content


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_places(as_stranger, count, django_assert_num_queries):
    for _ in range(count):
        PlaceFactory(parent=PlaceFactory(territory=True))
    as_stranger.get(URL)
    with django_assert_num_queries(7):
        assert as_stranger.get(URL).status_code == 200


def test_an_evening_of_last_month_may_be_entered_one_of_years_ago_is_a_slip(place, as_stranger):
    today = timezone.localdate()
    refused = as_stranger.post(URL, form_of(place, expected_on="2020-01-01")).text
    assert "plus d’un an\N{NO-BREAK SPACE}: vérifiez l’année" in refused
    assert not Appraisal.objects.exists()
    as_stranger.post(URL, form_of(place, expected_on=(today - dt.timedelta(days=40)).isoformat()))
    assert Appraisal.objects.count() == 1


def test_whoever_may_add_a_place_is_led_there(place, client, stranger):
    client.force_login(stranger)
    assert "La coordination peut l’ajouter." in client.get(URL).text
    client.force_login(UserFactory(is_superuser=True))
    text = client.get(URL).text
    assert reverse("wagtailsnippets_reference_place:add") in text
    assert "La coordination peut" not in text
