"""The home page: doors only to what exists, the ronde, the latest entries."""

import gzip
import re
from datetime import date

import pytest
from wagtail.models import Page

from appreciation.models import FrequentQuestion
from home.models import HomePage
from reference.models import PlaceCode
from tests.factories import PlaceFactory
from tests.factories.organisation import news, organisation_site
from tests.factories.practices import practice
from tests.factories.register import publish_entry, publish_historical
from tests.factories.starter_site import ensure_site_pages

TABLE = re.compile(
    r'<tr><th scope="row" class="nowrap">(.*?)</th>'
    r'<td class="num">(.*?)</td><td class="num">(.*?)</td></tr>',
    re.DOTALL,
)


def bare(html):
    return re.sub(r"<.*?>", "", html, flags=re.DOTALL).strip()


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


def test_the_only_search_of_home_is_the_one_of_the_site(client):
    text = client.get("/").text
    assert text.count('role="search"') == 1
    assert '<form class="search" role="search" action="/recherche/">' in text


def test_home_without_a_register_has_no_dead_link(client):
    PlaceFactory(territory=True, name="Mékinac")
    Page.objects.get(slug="demarches").specific.unpublish()
    text = client.get("/").text
    assert "/demarches/" not in text
    assert "Mékinac" in text


def test_three_doors_lead_to_what_is_live_and_no_further(client):
    text = client.get("/").text
    assert re.findall(r'class="door" href="([^"]+)"', text) == [
        "/trousse/",
        "/pratiques/proposer/",
        "/demarches/",
    ]
    practice()
    organisation_site()
    text = client.get("/").text
    doors = re.findall(
        r'class="door" href="([^"]+)".*?<span class="title">([^<]+)<', text, re.DOTALL
    )
    assert doors == [
        ("/trousse/", "Réaliser une appréciation"),
        ("/pratiques/", "S’inspirer"),
        ("/demarches/", "Suivre la région"),
    ]
    links = re.findall(
        r'href="([^"]+)"', text.partition('class="doors"')[2].partition("</section>")[0]
    )
    assert {"/trousse/est-ce-pour-nous/", "/enjeux/", "/territoires/"} <= set(links)
    assert not {"/videos/", "/nouvelles/"} & set(links)


def test_the_words_of_the_top_are_the_editors(client):
    home = HomePage.objects.get()
    home.heading, home.introduction = "On se parle", "<p>Venez <b>tous</b>.</p>"
    home.save_revision().publish()
    text = client.get("/").text
    assert "<h1>On se parle</h1>" in text
    assert "Venez <b>tous</b>." in text


def test_the_map_and_its_table_count_what_each_territory_has_published(client):
    places = organisation_site()
    PlaceCode.objects.create(place=places["350"], scheme="mrc", code="35")
    for number, place in enumerate(places.values()):
        x = number * 2
        square = [[x, 46], [x + 1, 46], [x + 1, 47], [x, 47], [x, 46]]
        place.geometry = {"type": "Polygon", "coordinates": [square]}
        place.geometry_source = "Source fictive"
        place.save()
    publish_entry(place=PlaceFactory(parent=places["350"]))
    practice(title="A", places=[places["350"], places["90"]])
    practice(title="B", places=[PlaceFactory(parent=places["90"])])
    practice(title="Brouillon", places=[places["90"]]).unpublish()
    text = client.get("/").text
    table = {bare(name): (bare(first), bare(second)) for name, first, second in TABLE.findall(text)}
    assert list(table) == [
        "La Tuque", "Les Chenaux", "Maskinongé", "Mékinac", "Shawinigan", "Trois-Rivières"
    ]  # fmt: skip
    assert table["La Tuque"] == ("0", "2")
    assert table["Mékinac"] == ("1", "1")
    assert table["Shawinigan"] == ("0", "0")
    assert 'href="/pratiques/?territoire=90" aria-label="2 pratiques, La Tuque"' in text
    assert 'href="/demarches/?territoire=35" aria-label="1 démarche, Mékinac"' in text
    assert 'href="/pratiques/?territoire=35" aria-label="1 pratique, Mékinac"' in text
    assert "1 pratique</span>" in client.get("/pratiques/?territoire=35").text
    assert 'href="/territoires/mekinac/"' in text
    assert "Contours&nbsp;: Source fictive." in text
    drawing = text.partition('<svg class="region-map"')[2].partition("</svg>")[0]
    assert drawing.count('class="area"') == 6
    assert sorted(re.findall(r">(\d)</text>", drawing)) == ["0", "0", "0", "0", "2", "2"]


def test_another_region_has_the_table_without_the_map(client):
    PlaceFactory(territory=True, name="Minganie")
    text = client.get("/").text
    assert "region-map" not in text
    assert bare(TABLE.findall(text)[0][0]) == "Minganie"


def test_news_are_the_latest_three_and_never_historical(client):
    for number in range(4):
        publish_entry(place=PlaceFactory(name=f"Lieu {number}"), summary=f"Nouvelle {number}")
    publish_historical(place=PlaceFactory(name="Ancienne"))
    text = client.get("/").text
    assert [number for number in range(4) if f"Nouvelle {number}" in text] == [1, 2, 3]
    assert "Ancienne" not in text


def test_sheets_and_news_that_just_came_out_stand_beside(client):
    organisation_site()
    for number in range(4):
        practice(title=f"Fiche {number}", verified_on=date(2026, 1, 1 + number))
        news(title=f"Brève {number}", published_on=date(2026, 2, 1 + number))
    hidden = news(title="Brève retirée", published_on=date(2026, 3, 1))
    hidden.unpublish()
    agenda = client.get("/").text.partition('class="agenda')[2].partition("</section>")[0]
    titles = re.findall(r'<h4><a href="[^"]+">([^<]+)</a>', agenda)
    assert titles == ["Fiche 3", "Fiche 2", "Fiche 1", "Brève 3", "Brève 2", "Brève 1"]


def test_home_without_territory_nor_entry_still_stands(client):
    text = client.get("/").text
    assert "ronde" not in text
    assert "En ce moment" not in text
    assert "Se rassembler, se voir tel qu’on est, avancer." in text


def test_home_asks_the_same_queries_whatever_the_content(client, django_assert_num_queries):
    organisation_site()
    for number in range(3):
        territory = PlaceFactory(territory=True, name=f"Territoire {number}")
        publish_entry(place=PlaceFactory(parent=territory))
        practice(places=[territory])
        news()
        if number != 1:
            client.get("/")
            with django_assert_num_queries(12):
                client.get("/")


def test_home_weighs_little_however_full(client):
    organisation_site()
    for number in range(4):
        publish_entry(place=PlaceFactory(name=f"Lieu {number}"), summary="Un mot. " * 60)
        practice(summary="Une navette, le mardi. " * 10)
        news(summary="Un marché ouvre. " * 40)
    page = client.get("/")
    assert len(gzip.compress(page.content)) < 12_000
    assert "<img" not in page.text


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
