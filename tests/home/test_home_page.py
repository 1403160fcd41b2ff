"""The home page: doors only to what exists, the ronde, the latest entries."""

import pytest
from wagtail.models import Page

from appreciation.models import FrequentQuestion
from home.domain.starter_pages import ensure_site_pages
from tests.factories import PlaceFactory
from tests.factories.register import publish_entry, publish_historical


@pytest.fixture(autouse=True)
def _pages():
    ensure_site_pages()


def test_home_says_how_many_and_links_each_territory_to_the_register(client):
    mekinac = PlaceFactory(territory=True, name="Mékinac")
    PlaceFactory(territory=True, name="Shawinigan")
    publish_entry(place=PlaceFactory(parent=mekinac))
    text = client.get("/").text
    assert f'href="/demarches/?territoire={mekinac.slug}" aria-label="Mékinac, 1 démarche"' in text
    assert 'aria-label="Shawinigan, 0 démarche"' in text
    assert 'class="count" x="300" y="312">1</text>' in text


def test_home_search_goes_to_the_register(client):
    text = client.get("/").text
    assert 'role="search" action="/demarches/"' in text
    assert 'name="q"' in text


def test_home_without_a_register_has_no_search_nor_dead_link(client):
    PlaceFactory(territory=True, name="Mékinac")
    Page.objects.get(slug="demarches").specific.unpublish()
    text = client.get("/").text
    assert 'role="search"' not in text
    assert "/demarches/" not in text
    assert "Mékinac" in text


def test_doors_and_menu_list_only_live_pages(client):
    Page.objects.get(slug="la-demarche").unpublish()
    text = client.get("/").text
    assert "/la-demarche/" not in text
    assert "Lire les démarches" in text
    assert 'href="/vie-privee/"' in text


def test_news_are_the_latest_three_and_never_historical(client):
    for number in range(4):
        publish_entry(place=PlaceFactory(name=f"Lieu {number}"), summary=f"Nouvelle {number}")
    publish_historical(place=PlaceFactory(name="Ancienne"))
    text = client.get("/").text
    assert [number for number in range(4) if f"Nouvelle {number}" in text] == [1, 2, 3]
    assert "Ancienne" not in text


def test_home_without_territory_nor_entry_still_stands(client):
    text = client.get("/").text
    assert "ronde" not in text
    assert "En ce moment" not in text
    assert "Se rassembler, se voir tel qu’on est, avancer." in text


@pytest.mark.parametrize("entries", [1, 3])
def test_home_asks_the_same_queries_whatever_the_content(
    client, entries, django_assert_num_queries
):
    for number in range(entries):
        territory = PlaceFactory(territory=True, name=f"Territoire {number}")
        publish_entry(place=PlaceFactory(parent=territory))
    client.get("/")
    with django_assert_num_queries(9):
        client.get("/")


def test_standard_page_shows_its_text(client):
    text = client.get("/vie-privee/").text
    assert "<h1>Vie privée</h1>" in text
    assert "Commission d’accès à l’information" in text
    assert "elle s’efface un an après avoir été close" in text
    assert "Un registre dit qu’un effacement a eu lieu et quand, sans garder votre nom" in text


def test_the_page_of_the_process_ends_with_published_questions(client):
    ensure_site_pages()
    FrequentQuestion.objects.create(question="Qui inviter?", answer="Tous.", is_published=True)
    FrequentQuestion.objects.create(question="Pas encore prête?", answer="Non.")
    page = client.get("/la-demarche/").content.decode()
    assert "Qui inviter?" in page
    assert "Pas encore prête?" not in page
    assert "Qui inviter?" not in client.get("/vie-privee/").content.decode()
