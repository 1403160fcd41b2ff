"""The register's list: what it shows, finds, counts and lets people carry away."""

import csv
import gzip
import io
import json
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from appreciation.domain.publications import withdraw
from appreciation.enums import Phase, PublicationLevel
from reference.models import Issue, PlaceCode
from tests.factories import AppraisalFactory, PlaceFactory, UserFactory
from tests.factories.outcomes import FindingFactory
from tests.factories.places import DimensionFactory
from tests.factories.register import publish_entry, publish_historical
from tests.factories.starter_site import ensure_site_pages

URL = "/demarches/"
WIRE_LIMIT = 60_000


@pytest.fixture(autouse=True)
def _pages():
    ensure_site_pages()


def titles(response) -> list[str]:
    return [line.entry.place for line in response.context["lines"]]


def test_empty_register_says_so_and_offers_no_filter(client):
    response = client.get(URL)
    assert response.status_code == 200
    assert "Aucune démarche n’est encore publiée" in response.text
    assert "<input" not in response.text.split("<main", 1)[1].split("</main>")[0]


def test_entry_shows_place_territory_people_and_phase(client):
    territory = PlaceFactory(territory=True, name="Mékinac")
    publish_entry(place=PlaceFactory(name="Rivière-Témoin", parent=territory))
    response = client.get(URL)
    assert "Une communauté s’est regardée." in response.text
    assert 'href="/demarches/riviere-temoin-2026/">Rivière-Témoin, 2026</a>' in response.text
    assert "Mékinac" in response.text
    assert "Rencontre tenue le 22\xa0octobre\xa02026" in response.text
    assert "24 personnes" in response.text
    assert "<b>Restituer</b>" in response.text
    assert "phase 5 de 8" in response.text


@pytest.mark.parametrize("level", [PublicationLevel.REGION, PublicationLevel.PRIVATE])
def test_levels_that_are_not_public_are_never_listed(client, level):
    publish_entry(place=PlaceFactory(name="Discrète"), level=level)
    assert "Discrète" not in client.get(URL).text
    assert "Discrète" not in client.get(URL, {"format": "json"}).getvalue().decode()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("riviere", ["Rivière-Témoin"]),
        ("RIVIÈRES", ["Rivière-Témoin"]),
        ("rivi", ["Rivière-Témoin"]),
        ("évaluations entraide", []),
        ("l'entraides", ["Rivière-Témoin", "Val-Essai"]),
        ("régionaux", ["Val-Essai"]),
        ("coeur", ["Val-Essai"]),
        ("taxi bénévole", ["Val-Essai"]),
        ("benevoles taxis", ["Val-Essai"]),
        ("secret", []),
        ("%", ["Rivière-Témoin", "Val-Essai"]),
        ("' OR 1=1 --", []),
    ],
)
def test_search_ignores_accents_capitals_and_plurals(client, question, found):
    first = publish_entry(place=PlaceFactory(name="Rivière-Témoin"))
    first.appraisal.requested_by = "secret jamais publié"
    first.appraisal.save()
    publish_entry(
        place=PlaceFactory(name="Val-Essai"),
        report={"findings": [{"text": "Le taxi bénévole régional, au cœur du village"}]},
    )
    assert sorted(titles(client.get(URL, {"q": question}))) == found


def test_filters_by_territory_code_year_phase_and_instrument(client):
    territory = PlaceFactory(territory=True, name="Mékinac")
    PlaceCode.objects.create(place=territory, scheme="mrc", code="350")
    other = PlaceFactory(territory=True, name="Maskinongé")
    PlaceCode.objects.create(place=other, scheme="sdr", code="350")
    publish_entry(place=PlaceFactory(name="A", parent=territory), phase=Phase.FOLLOW_UP)
    publish_entry(place=PlaceFactory(name="B", parent=other), year=2024, instrument_code="autre")
    for query, found in (
        ({"territoire": "350"}, ["A"]),
        ({"territoire": other.slug}, ["B"]),
        ({"annee": "2024"}, ["B"]),
        ({"phase": "follow_up"}, ["A"]),
        ({"instrument": "autre"}, ["B"]),
        ({"instrument": "autre", "annee": "2026"}, []),
        ({"annee": ["2026", "2024"]}, ["A", "B"]),
        ({"niveau": "summary", "phase": ["follow_up", "restitution"]}, ["A", "B"]),
        ({"niveau": "full"}, []),
    ):
        assert titles(client.get(URL, query)) == found, query


def test_filters_by_issue(client):
    housing = Issue.objects.create(code="habitation", name="Habitation")
    publish_entry(place=PlaceFactory(name="A"), issues=[housing])
    publish_entry(place=PlaceFactory(name="B"))
    assert titles(client.get(URL, {"enjeu": "habitation"})) == ["A"]


def test_filters_by_the_dimensions_that_its_findings_speak_of(client):
    aid, roads = DimensionFactory(name="Entraide"), DimensionFactory(name="Chemins")
    finding = FindingFactory(
        appraisal=AppraisalFactory(at_restitution=True, place=PlaceFactory(name="A")), dimension=aid
    )
    publish_entry(appraisal=finding.appraisal)
    publish_entry(place=PlaceFactory(name="B"))
    assert titles(client.get(URL, {"dimension": aid.code})) == ["A"]
    unknown = client.get(URL, {"dimension": roads.code})
    assert titles(unknown) == ["A", "B"]
    assert "Un choix de cette adresse n’existe plus" in unknown.text


def counts(response) -> dict[str, dict[str, int]]:
    return {
        facet.name: {option.name: option.count for option in facet.options}
        for facet in response.context["facets"]
    }


def test_each_choice_says_how_many_it_would_give(client):
    territory = PlaceFactory(territory=True, name="Mékinac")
    publish_entry(place=PlaceFactory(name="A", parent=territory), year=2024)
    publish_entry(place=PlaceFactory(name="B", parent=territory))
    publish_historical(place=PlaceFactory(name="C"))
    assert counts(client.get(URL)) == {
        "annee": {"2026": 1, "2024": 1, "2018": 1},
        "phase": {"Restituer": 2, "Suivre": 1},
        "instrument": {"Grille maison": 2, "Historique, non comparable": 1},
    }
    chosen = counts(client.get(URL, {"annee": "2024"}))
    assert chosen["annee"] == {"2026": 1, "2024": 1, "2018": 1}
    assert "Suivre" not in chosen.get("phase", {})
    assert titles(client.get(URL, {"instrument": "historique"})) == ["C"]


def test_an_entry_is_counted_from_the_minute_it_comes_out(client):
    publish_entry(place=PlaceFactory(name="A"))
    tomorrow = timezone.now() + timedelta(days=1)
    publish_entry(place=PlaceFactory(name="B"), embargo_until=tomorrow)
    assert titles(client.get(URL)) == ["A"]
    with time_machine.travel(tomorrow + timedelta(minutes=1)):
        assert titles(client.get(URL)) == ["A", "B"]


def test_withdrawn_it_is_gone_at_once(client):
    edition = publish_entry(place=PlaceFactory(name="A"))
    assert titles(client.get(URL)) == ["A"]
    withdraw(appraisal=edition.appraisal, user=UserFactory(is_superuser=True), reason="Erreur")
    assert "Aucune démarche n’est encore publiée" in client.get(URL).text


def test_the_table_shows_the_same_entries(client):
    housing = Issue.objects.create(code="habitation", name="Habitation")
    publish_entry(place=PlaceFactory(name="A"), issues=[housing], people=None)
    publish_historical(place=PlaceFactory(name="B"))
    html = client.get(URL, {"vue": "tableau"}).text
    assert html.count('<th scope="row">') == 2
    for cell in ("22\xa0octobre\xa02026", "non dit", "Habitation", "sommaire public"):
        assert f">{cell}</td>" in html
    assert "<td>Historique, non comparable</td>" in html
    assert '<input type="hidden" name="vue" value="tableau">' in html


def test_the_map_counts_the_same_answers_and_those_that_are_nowhere(client):
    territory = PlaceFactory(territory=True, name="Mékinac", slug="mekinac")
    PlaceFactory(territory=True, name="Sud", slug="sud")
    for year in (2024, 2026):
        publish_entry(place=PlaceFactory(parent=territory), year=year)
    publish_historical(place=PlaceFactory(name="Ailleurs"))
    response = client.get(URL, {"vue": "carte", "annee": ["2026", "2018"]})
    link = '<a href="/demarches/?territoire=mekinac&amp;annee=2026&amp;annee=2018"'
    assert f"{link}>Mékinac</a></th><td>1</td>" in response.text
    assert f'{link} aria-label="Mékinac&nbsp;: 1">' in response.text
    assert '<th scope="row">Sud</th><td>0</td>' in response.text
    assert "1 autre n’est dans aucun de ces territoires." in response.text
    assert "entries" not in response.text.split("<main", 1)[1]


def test_a_search_is_cited_with_its_address(client):
    publish_entry(place=PlaceFactory(name="A"), year=2024)
    publish_entry(place=PlaceFactory(name="B"))
    page = client.get(URL, {"annee": "2024", "vue": "tableau", "page": "1"}).text
    assert "Registre des démarches d’appréciation\xa0: 2024, 1 démarche." in unescape(page)
    assert "http://testserver/demarches/?annee=2024</span>" in page
    assert 'href="?annee=2024&amp;format=bib"' in page
    ris = client.get(URL, {"annee": "2024", "format": "ris"}).content.decode()
    assert "UR  - http://testserver/demarches/?annee=2024\r\n" in ris


@pytest.mark.parametrize(
    "query",
    [
        {"annee": "deux mille"},
        {"annee": "99999999999"},
        {"annee": "²²²²"},
        {"phase": "<script>"},
        {"page": "-3"},
        {"page": "mille"},
        {"page": "999"},
        {"territoire": "' ; drop"},
        {"format": "exe"},
        {"q": "   "},
        {"inconnu": "1"},
    ],
)
def test_nonsense_in_the_address_is_left_out(client, query):
    publish_entry(place=PlaceFactory(name="Rivière-Témoin"))
    response = client.get(URL, query)
    assert response.status_code == 200
    assert titles(response) == ["Rivière-Témoin"]


def test_no_answer_offers_the_whole_list(client):
    publish_entry()
    response = client.get(URL, {"q": "introuvable"})
    assert "Aucune démarche" in response.text
    assert "affichez toutes les démarches" in response.text


def test_twenty_entries_a_page_and_filters_follow(client):
    for _ in range(21):
        publish_entry()
    first = client.get(URL, {"annee": "2026"})
    assert len(titles(first)) == 20
    assert "21 démarches" in first.text
    assert "annee=2026&amp;page=2" in first.text
    assert len(titles(client.get(URL, {"annee": "2026", "page": "2"}))) == 1


COSTS = {"": 10, "?q=phrase": 11, "?vue=tableau": 11, "?vue=carte&annee=2026": 9}


@pytest.mark.parametrize("entries", [1, 60])
def test_same_queries_and_a_light_page_whatever_the_content(client, entries):
    territory = PlaceFactory(territory=True)
    for _ in range(entries):
        publish_entry(place=PlaceFactory(parent=territory), summary="Une phrase. " * 60)
    costs = {}
    for query in COSTS:
        client.get(f"{URL}{query}")
        with CaptureQueriesContext(connection) as seen:
            response = client.get(f"{URL}{query}")
        costs[query] = len(seen)
        assert response.context["count_sentence"].split()[0] == str(entries)
        assert len(gzip.compress(response.content)) < len(response.content) < WIRE_LIMIT
    assert costs == COSTS


def test_csv_has_french_headings_and_harmless_cells(client):
    publish_entry(place=PlaceFactory(name="=cmd()"), summary="+1 dit-on")
    response = client.get(URL, {"format": "csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:4] == ["adresse", "communauté", "territoire", "année"]
    assert rows[1][1] == "'=cmd()"
    assert rows[1][5] == "'+1 dit-on"
    assert len(rows) == 2


def test_xlsx_types_text_as_text(client):
    publish_entry(place=PlaceFactory(name="=1+1"))
    response = client.get(URL, {"format": "xlsx"})
    workbook = load_workbook(io.BytesIO(response.content))
    cell = workbook["Démarches"]["B2"]
    assert (cell.value, cell.data_type) == ("'=1+1", "s")
    assert workbook["Dictionnaire"]["A2"].value == "adresse"


def test_json_has_code_names_and_their_meaning(client):
    publish_entry(place=PlaceFactory(name="Val-Essai"))
    data = json.loads(client.get(URL, {"format": "json"}).getvalue())
    assert data["demarches"][0]["place"] == "Val-Essai"
    assert data["demarches"][0]["people"] == 24
    assert set(data["demarches"][0]) == set(data["champs"])
    assert data["licence"] == "CC BY 4.0"


def test_codebook_explains_every_column(client):
    response = client.get(URL, {"format": "dictionnaire"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "empreinte;fingerprint;SHA-256 du contenu publié" in text


def test_export_follows_the_filters(client):
    publish_entry(place=PlaceFactory(name="A"))
    publish_entry(place=PlaceFactory(name="B"), year=2024)
    data = json.loads(client.get(URL, {"format": "json", "annee": "2024"}).getvalue())
    assert [row["place"] for row in data["demarches"]] == ["B"]


def test_historical_entry_is_marked_and_gives_its_pdf(client):
    publish_historical(place=PlaceFactory(name="Saint-Prototype"), title="Portrait <b>2018</b>")
    listed = client.get(URL).text
    assert "Historique, non comparable" in listed
    assert "Portrait &lt;b&gt;2018&lt;/b&gt;" in listed
    page = client.get("/demarches/saint-prototype-2018/").text
    assert "Historique, non comparable." in page
    assert "Lire le rapport (PDF" in page


def test_territories_shapes_do_not_move_when_the_list_is_filtered(client):
    known = PlaceFactory(territory=True, name="Mékinac")
    publish_entry(place=PlaceFactory(parent=known))
    assert client.get(URL).context["lines"][0].shape == 2
