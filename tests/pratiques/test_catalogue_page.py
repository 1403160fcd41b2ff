"""The list of practices as a visitor reads it."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from core.typography import NBSP
from reference.models import Place
from tests.factories.places import PlaceFactory
from tests.factories.practices import catalogue, issue, practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(client: Client) -> Callable[[str], str]:
    url = catalogue().url

    def show(query: str = "") -> str:
        response = client.get(f"{url}{query}")
        assert response.status_code == 200
        return " ".join(
            response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ").split()
        )

    return show


def titles(html: str) -> list[str]:
    found = re.findall(r'<li class="practice">.*?<h3><a href="[^"]*">(.*?)</a>', html)
    return [re.sub("<.*?>", "", title) for title in found]


def test_a_line_says_where_what_and_how_sure(show):
    village = PlaceFactory(parent=PlaceFactory(territory=True, name="MRC des Chenaux"))
    practice(title="Vélos partagés", places=[village], status="promising", cost_band="none")
    html = show()
    assert "1 pratique</span>" in html
    assert "Les Chenaux" in html
    assert "échelon 2 sur 4" in html
    assert "Coût : sans dépense" in html
    assert "Vérifiée en 2026" in html


def test_a_slip_is_told_with_a_way_to_insist(show):
    practice(title="Vélos partagés")
    html = show("?q=véol&enjeu=transport")
    assert titles(html) == ["Vélos partagés"]
    assert "<mark>Vélos</mark> partagés" in html
    assert "Résultats pour <b>Vélos</b>" in html
    exact = re.search(r'<a href="([^"]*)">Chercher plutôt « véol »', html)
    assert exact is not None
    assert exact[1].endswith("?q=v%C3%A9ol&amp;mot=exact&amp;enjeu=transport")
    assert "Rien ne répond" in show("?q=véol&mot=exact")


@pytest.mark.parametrize(
    "query",
    [
        "?q=" + "vélo+" * 1000,
        "?q=%27%3B+DROP+TABLE+wagtailcore_page%3B--",
        "?q=%22v%C3%A9lo&q=*",
        "?q=%F0%9F%9A%B2",
        "?q=%ff",
        "?q=<script>alert(1)</script>",
        "?page=-1&page=abc",
        "?enjeu=<script>&taille=&annee=9999",
    ],
)
def test_no_question_breaks_the_page(show, query):
    practice(title="Vélos partagés")
    html = show(query)
    assert "<script>alert" not in html
    assert len(html) < 60_000


def test_any_page_number_shows_something(show):
    for number in range(23):
        practice(title=f"Fiche {number}")
    first_page, second_page = (1, 20), (21, 3)
    asked = {"1": first_page, "0": first_page, "2": second_page, "1000000000": second_page}
    for page, (first, shown) in (asked | {"zut": first_page, "": first_page}).items():
        html = show(f"?page={page}&tri=titre")
        assert f'start="{first}"' in html, page
        assert len(titles(html)) == shown, page
        assert "?tri=titre&amp;page=" in html, page


def test_the_numbers_of_a_choice_hold_together(client):
    url = catalogue().url
    practice(cost_band="under_1000", milieu_size="under_2000")
    html = client.get(f"{url}?cout=under_1000&taille=under_2000").text
    cost, size = f"moins de 1{NBSP}000{NBSP}$", f"500 à 1{NBSP}999 personnes"
    assert html.count(cost) == 3  # the box, the tag that takes it back, the line of the sheet
    assert html.count(size) == 2
    assert "1 000" not in html
    assert "1 999" not in html


def test_choices_are_boxes_with_counts_and_tags_that_take_them_back(show):
    practice(title="A", issues=[issue("a", "Aînés")], cost_band="none")
    practice(title="B", issues=[issue("b", "Bois")], cost_band="under_1000")
    html = show("?enjeu=a")
    assert titles(html) == ["A"]
    assert 'name="enjeu" value="a" checked><span>Aînés</span><span>1</span>' in html
    assert 'name="enjeu" value="b"><span>Bois</span><span>1</span>' in html
    assert "Retirer Enjeu : </span>Aînés" in html
    assert '<meta name="robots" content="noindex">' in html


def test_the_map_counts_the_same_answers_by_territory(show):
    north = PlaceFactory(territory=True, name="Nord", slug="nord")
    PlaceFactory(territory=True, name="Sud", slug="sud")
    practice(title="Vélos", places=[north])
    practice(title="Jardin", places=[north])
    html = show("?q=vélo&vue=carte")
    assert '<a href="/pratiques/?q=v%C3%A9lo&amp;territoire=nord">Nord</a></th><td>1</td>' in html
    assert '<th scope="row">Sud</th><td>0</td>' in html
    assert titles(html) == []


def outlined(name: str, west: float) -> Place:
    ring = [[west, 46], [west + 1, 46], [west + 1, 47], [west, 47], [west, 46]]
    return PlaceFactory(
        territory=True,
        name=name,
        slug=name.lower(),
        geometry={"type": "Polygon", "coordinates": [ring]},
        geometry_source="Source inventée (CC BY 4.0)",
    )


def test_the_region_is_drawn_once_every_territory_has_its_outline(show):
    practice(title="Vélos", places=[outlined("Ouest", -74)])
    outlined("Est", -73)
    html = show("?vue=carte")
    assert html.count('class="map-area"') == 2
    assert "Contours : Source inventée (CC BY 4.0)." in html
    assert 'aria-label="Ouest : 1"' in html
    assert 'aria-label="Est : ' not in html
    PlaceFactory(territory=True, name="Nord")
    html = show("?vue=carte")
    assert "map-area" not in html
    assert "Contours" not in html


def test_what_everyone_reads_only(show):
    hidden = practice(title="Frigo partagé", verified_on=date(2026, 1, 1))
    practice(title="Jardin")
    hidden.unpublish()
    assert titles(show()) == ["Jardin"]
    assert titles(show("?q=frigo")) == []


def test_an_empty_catalogue_says_so(show):
    assert "Aucune pratique n’est encore publiée." in show()


@pytest.mark.parametrize("query", ["", "?q=jardin", "?q=jradin&enjeu=transport", "?vue=carte"])
def test_what_a_page_costs_does_not_follow_the_number_of_sheets(
    client, django_assert_num_queries, query
):
    url = catalogue().url
    costs = {"": 11, "?q=jardin": 12, "?q=jradin&enjeu=transport": 12, "?vue=carte": 10}
    for sheets in (1, 3):
        while client.get(url).content.count(b'class="practice"') < sheets:
            practice(title="Jardin", places=[PlaceFactory(territory=True)])
        client.get(url + query)
        with django_assert_num_queries(costs[query]):
            client.get(url + query)
