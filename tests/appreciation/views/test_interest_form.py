"""« Notre communauté est intéressée », as a visitor sends it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from appreciation.models import InterestRequest
from cms.public_forms import start_form
from tests.factories import InterestRequestFactory, PlaceFactory

URL = "/communaute-interessee/"


@pytest.fixture
def territory():
    return PlaceFactory(territory=True, name="Territoire-Test")


def page_opened(minutes: float = 5) -> str:
    """What a page opened `minutes` ago carries."""
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=minutes), tick=False):
        return start_form("interest")


def typed(**changes):
    return {
        "community": "Baie-Témoin",
        "territory": "",
        "name": "Ida Exemple",
        "email": "ida@exemple.org",
        "phone": "",
        "words": "Nous avons une salle.",
        "website": "",
        "started": page_opened(),
    } | changes


def test_the_page_says_who_reads_why_how_long_and_the_rights(client, territory):
    response = client.get(URL)
    content = response.content.decode()
    for words in ("Qui le lit", "Pourquoi", "Combien de temps", "Vos droits", "Commission d’accès"):
        assert words in content
    assert "Territoire-Test" in content
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_a_word_is_kept_and_the_next_page_says_what_happens(client, territory):
    response = client.post(URL, typed(territory=territory.pk), follow=True)
    assert response.redirect_chain == [(f"{URL}merci/", 302)]
    assert "Quelqu’un vous répond d’ici 7 jours" in response.content.decode()
    interest = InterestRequest.objects.get()
    assert (interest.community, interest.territory, interest.state) == (
        "Baie-Témoin",
        territory,
        "new",
    )


def test_the_telephone_alone_suffices(client):
    client.post(URL, typed(email="", phone="819 555-0101", territory_words="Près du lac"))
    interest = InterestRequest.objects.get()
    assert (interest.phone, interest.territory_words) == ("819 555-0101", "Près du lac")


def test_the_same_page_sent_twice_is_kept_once(client):
    form = typed()
    for _ in range(2):
        assert client.post(URL, form).status_code == 302
    assert InterestRequest.objects.count() == 1
    client.post(URL, form | {"community": "Le rang voisin"})
    assert InterestRequest.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"community": " "}, "Écrivez le nom de votre communauté."),
        ({"name": ""}, "Écrivez votre nom"),
        ({"email": "", "phone": ""}, "un des deux suffit pour vous répondre"),
        ({"email": "ida"}, "Écrivez un courriel comme prenom@exemple.org."),
        ({"phone": "demain"}, "Écrivez un téléphone comme 819 555-0142."),
        ({"territory": "999999"}, "Choisissez un territoire de la liste."),
        ({"territory": "x"}, "Choisissez un territoire de la liste."),
        ({"website": "https://pourriel.exemple"}, "Une case cachée a été remplie"),
        ({"started": ""}, "La page est restée ouverte longtemps"),
        ({"started": "forgé"}, "La page est restée ouverte longtemps"),
    ],
)
def test_a_refusal_says_what_to_do_and_keeps_what_was_typed(client, changes, sentence):
    content = client.post(URL, typed() | changes).content.decode()
    assert sentence in content
    assert "Nous avons une salle." in content
    assert not InterestRequest.objects.exists()


def test_sent_in_two_seconds_it_is_asked_again_then_taken(client):
    started = page_opened(minutes=0)
    content = client.post(URL, typed(started=started)).content.decode()
    assert "C’est allé très vite" in content
    assert started in content
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=10), tick=False):
        assert client.post(URL, typed(started=started)).status_code == 302
    assert InterestRequest.objects.count() == 1


def test_a_page_left_open_gets_another_start_that_serves(client):
    stale = page_opened(minutes=3 * 24 * 60)
    response = client.post(URL, typed(started=stale))
    fresh = response.context["form"]["started"].value()
    assert fresh != stale
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=10), tick=False):
        assert client.post(URL, typed(started=fresh)).status_code == 302


def test_the_filled_trap_comes_back_empty(client):
    content = client.post(URL, typed(website="https://pourriel.exemple")).content.decode()
    assert "pourriel" not in content


def test_the_sixth_of_an_hour_waits_with_its_text(client):
    for number in range(5):
        assert client.post(URL, typed(community=f"Lieu {number}")).status_code == 302
    response = client.post(URL, typed(community="Lieu 6"))
    assert response.status_code == 429
    assert "Le vôtre reste à l’écran" in response.content.decode()
    assert "Lieu 6" in response.content.decode()
    assert InterestRequest.objects.count() == 5


def test_another_site_cannot_send_it():
    client = Client(enforce_csrf_checks=True)
    here = {"Origin": "http://testserver"}
    assert client.post(URL, typed(), headers={"Origin": "https://ailleurs"}).status_code == 403
    assert client.post(URL, typed(), headers=here).status_code == 302


def test_too_long_is_refused_in_words(client):
    response = client.post(URL, typed(words="x" * 3001))
    assert response.status_code == 200
    assert "3000" in response.content.decode()
    assert not InterestRequest.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(client, count, django_assert_num_queries):
    for _ in range(count):
        PlaceFactory(territory=True)
        InterestRequestFactory()
    client.get(URL)
    with django_assert_num_queries(4):
        client.get(URL)
