"""`/recherche/`: every kind of public page, counted, shown where it answers; no dead end."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from home.domain.search_kinds import KINDS, kind_of
from home.models import StandardPage
from tests.factories import PlaceFactory
from tests.factories.organisation import news, organisation_site, resource
from tests.factories.practices import practice
from tests.factories.register import publish_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _site(kept_for_the_module):
    organisation_site()


@pytest.fixture
def ask(client):
    def ask(query=""):
        response = client.get(f"/recherche/{query}")
        assert response.status_code == 200
        assert response["X-Robots-Tag"] == "noindex"
        return " ".join(response.text.replace("\xa0", " ").replace("&nbsp;", " ").split())

    return ask


def titles(text):
    results = text.partition('<ol class="ruled results')[2]
    return [re.sub("<.*?>", "", found) for found in re.findall(r"<h3><a [^>]*>(.*?)</a>", results)]


def choices(text):
    return dict(re.findall(r"<li><a href=\"\?[^>]*>([^<]+) <span>(\d+)</span>", text))


def test_one_question_finds_every_kind_with_its_number_and_where_the_words_stand(ask):
    practice(title="Une serre au village")
    news(title="Marché", summary="Une serre ouvre ses portes le samedi.")
    resource(title="Bâtir une serre")
    publish_entry(place=PlaceFactory(name="Serre-Exemple"))
    text = ask("?q=serres")
    assert choices(text) == {
        "Tout": "4", "Pratiques": "1", "Démarches": "1", "Ressources": "1", "Nouvelles": "1"
    }  # fmt: skip
    assert set(titles(text)[:3]) == {"Une serre au village", "Bâtir une serre"} | {
        title for title in titles(text) if title.startswith("Serre-Exemple")
    }
    assert titles(text)[3] == "Marché"
    assert "Une <mark>serre</mark> ouvre ses portes" in text
    only = ask("?q=serres&type=nouvelles")
    assert titles(only) == ["Marché"]
    assert '<a href="?q=serres&amp;type=nouvelles" aria-current="true">Nouvelles' in only
    assert choices(only)["Tout"] == "4"


def test_a_slip_is_corrected_aloud_with_a_way_to_insist(ask):
    practice(title="Vélos partagés")
    text = ask("?q=véol")
    assert titles(text) == ["Vélos partagés"]
    assert "Résultats pour <b>Vélos</b>" in text
    assert 'href="?q=v%C3%A9ol&amp;mot=exact">Chercher plutôt « véol »' in text
    exact = ask("?q=véol&mot=exact")
    assert titles(exact) == []
    assert 'href="?q=v%C3%A9ol">Accepter aussi les mots voisins' in exact


def test_nothing_found_leads_somewhere(ask):
    practice(title="Vélos partagés")
    text = ask("?q=vélo+licorne&type=videos")
    assert "Aucun résultat pour « vélo licorne »" in text
    assert re.search(r'<a class="tag" href="\?q=V%C3%A9los">Vélos</a>', text)
    assert "S’inspirer" in text
    assert ">Habitation</a>" in text
    assert "quelqu’un vous rappelle" in text


def test_a_kind_without_answer_leads_to_the_others(ask):
    practice(title="Vélos partagés")
    text = ask("?q=vélo&type=videos")
    assert titles(text) == []
    assert 'href="?q=v%C3%A9lo">Chercher parmi tout le site : 1 résultat</a>' in text


def test_what_is_not_public_is_neither_found_nor_counted_nor_promoted(ask):
    hidden = practice(title="Frigo secret")
    SearchPromotion.objects.create(query=Query.get("frigo"), page=hidden)
    hidden.unpublish()
    text = ask("?q=frigo")
    assert titles(text) == []
    assert "Frigo secret" not in text


def test_promoted_pages_come_first_whatever_the_accents_and_the_plural(ask):
    page = StandardPage.objects.get(slug="nous-joindre")
    query = Query.get("Téléphones")
    SearchPromotion.objects.create(query=query, page=page, description="Une personne répond.")
    SearchPromotion.objects.create(
        query=query, external_link_url="https://exemple.org/", external_link_text="Le 211"
    )
    promoted = re.findall(r'<li><a href="([^"]+)"><b>', ask("?q=telephone"))
    assert promoted == ["/nous-joindre/", "https://exemple.org/"]
    assert "À voir d’abord" not in ask("?q=autobus")
    assert "À voir d’abord" not in ask("")


def test_without_a_question_the_page_says_what_there_is(ask):
    text = ask()
    assert choices(text)["Territoires"] == "6"
    assert choices(text)["Enjeux"] == "5"
    assert "Réaliser une appréciation" in text
    assert titles(text) == []
    assert len(titles(ask("?type=territoires"))) == 6


HOSTILE = [
    "?q=" + "vélo+" * 1000,
    "?q=%27%3B+DROP+TABLE+wagtailcore_page%3B--",
    "?q=%22v%C3%A9lo%22+AND+(NOT+*&q=OR",
    "?q=%F0%9F%9A%B2",
    "?q=%ff",
    "?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "?q=%25_%25",
    "?type=%3Cscript%3E&mot=zut&page=zut",
]


def test_no_question_breaks_the_page(ask):
    practice(title="Vélos partagés")
    for query in HOSTILE:
        text = ask(query)
        assert "<script>alert" not in text
        assert len(text) < 30_000


def test_any_page_number_shows_something(ask):
    for number in range(23):
        news(title=f"Abeille {number}")
    for page, first, shown in [
        ("1", 1, 20), ("0", 1, 20), ("2", 21, 3), ("1000000000", 21, 3), ("zut", 1, 20), ("", 1, 20)
    ]:  # fmt: skip
        text = ask(f"?q=abeilles&page={page}")
        assert f'start="{first}"' in text
        assert len(titles(text)) == shown
    assert 'rel="next" href="?q=abeilles&amp;page=2"' in ask("?q=abeilles")


def test_every_search_asks_the_same_few_queries_for_one_and_many(client):
    def asked(query):
        client.get(f"/recherche/{query}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/recherche/{query}")
        return len(queries)

    practice(title="Vélos partagés")
    questions = ("?q=vélos", "?q=véol", "?q=vélo+licorne", "?q=vélos&type=pratiques", "")
    before = [asked(query) for query in questions]
    for number in range(3):
        practice(title=f"Vélos de quartier {number}")
        news(title=f"Vélos, nouvelle {number}")
        SearchPromotion.objects.create(
            query=Query.get("vélo"), page=practice(title=f"Vélo promu {number}")
        )
    assert [asked(query) for query in questions] == before == [8, 9, 9, 8, 7]


def test_the_search_changes_nothing(ask):
    ask("?q=transport")
    assert Query.objects.count() == 0


def test_every_page_but_the_search_and_the_home_page_has_the_box(client):
    box = 'class="site-search" role="search"'
    assert box in client.get("/a-propos/").text
    assert box in client.get("/comptes/connexion/").text
    assert box not in client.get("/recherche/").text


def test_kinds_have_each_a_name_and_an_unknown_type_is_a_page():
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert kind_of("portraitpage").name == "pages"
