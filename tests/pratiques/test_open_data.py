"""The catalogue taken along: the filtered list, whole, harmless, and nobody's address in it."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook
from wagtail.models import Site

from cms.models import SiteSettings
from pratiques.interfaces import open_data
from pratiques.models import PracticePage
from tests.factories.practices import catalogue, full_practice, issue, practice

pytestmark = pytest.mark.django_db
URL = "/pratiques/"


def taken(client, **query):
    return json.loads(client.get(URL, query | {"format": "json"}).getvalue())


def test_json_says_what_it_is_and_holds_what_the_list_shows(client):
    practice(title="Verger", issues=[issue("food", "Sécurité alimentaire")])
    practice(title="Vélos partagés", slug="velos")
    practice(title="Brouillon", live=False)
    data = taken(client, enjeu="transport")
    assert [row["title"] for row in data["pratiques"]] == ["Vélos partagés"]
    row = data["pratiques"][0]
    assert (row["url"], row["issues"]) == (
        "http://testserver/pratiques/velos/",
        ["Transport collectif"],
    )
    assert set(row) == set(data["champs"])
    assert data["licence"] == "CC BY 4.0"
    assert data["source"] == "http://testserver/pratiques/?enjeu=transport&format=json"
    assert "avertissement" not in data


def test_the_order_is_that_of_the_list(client):
    for title in ("Beta", "Alpha", "Gamma"):
        practice(title=title)
    rows = taken(client, tri="titre")["pratiques"]
    assert [row["title"] for row in rows] == ["Alpha", "Beta", "Gamma"]


def test_a_row_tells_all_of_a_sheet_in_words(client):
    full_practice(rows=2, title="Navette", licence="cc_by_sa", started_in=2022)
    row = taken(client)["pratiques"][0]
    assert row["what_did_not_work"] == "Le départ du soir."
    assert row["results"][1] == "Résultat 1 (chiffres suivis: Registre 1)"
    assert row["partners"] == [
        "Partenaire 0 (local ou matériel)",
        "Partenaire 1 (local ou matériel)",
    ]
    assert row["moments"][0] == "Mars 2020: Étape 0"
    assert row["territories"] == ["Mékinac"]
    assert row["places"] == ["Rive-Exemple 0", "Rive-Exemple 1"]
    assert (row["cost_band"], row["licence"], row["started_in"]) == (
        "moins de 1 000 $",
        "CC BY-SA 4.0",
        2022,
    )


def test_the_text_of_a_sheet_whose_rights_are_reserved_stays_on_the_sheet(client):
    full_practice(licence="all_rights")
    row = taken(client)["pratiques"][0]
    assert {row[key] for key in open_data.STORY} == {""}
    assert (row["moments"], row["results"]) == ([], [])
    assert row["title"]


def test_whom_to_call_is_read_on_the_sheet_only(client):
    practice(
        contact_email="nom@exemple.org",
        contact_phone="819 555-0199",
        contact_hint="Ginette",
        consent_note="Oui dit par Réjeanne",
    )
    for name in ("csv", "json", "xlsx"):
        content = client.get(URL, {"format": name}).getvalue()
        if name == "xlsx":
            sheet = load_workbook(io.BytesIO(content))["Pratiques"]
            content = str([[cell.value for cell in row] for row in sheet.rows]).encode()
        for private in ("nom@exemple.org", "555-0199", "Ginette", "Réjeanne"):
            assert private.encode() not in content


def test_csv_is_harmless_and_lists_stay_in_one_cell(client):
    practice(
        title="=cmd()",
        summary="+1 dit-on",
        issues=[issue("a", "Premier"), issue("b", "Second")],
    )
    response = client.get(URL, {"format": "csv"})
    assert response.streaming
    assert response["Content-Disposition"] == 'attachment; filename="catalogue-pratiques.csv"'
    text = response.getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:5] == ["adresse", "titre", "résumé", "preuve", "enjeux"]
    assert rows[1][1:5] == ["'=cmd()", "'+1 dit-on", "novatrice", "Premier | Second"]
    assert len(rows) == 2


def test_xlsx_has_its_dictionary_and_no_formula(client):
    practice(title="=1+1", started_in=2019)
    content = client.get(URL, {"format": "xlsx"}).content
    book = load_workbook(io.BytesIO(content))
    assert (book["Pratiques"]["B2"].value, book["Pratiques"]["B2"].data_type) == ("'=1+1", "s")
    assert book["Pratiques"]["L2"].value == 2019
    assert [cell.value for cell in book["Dictionnaire"][2]][:2] == ["adresse", "url"]
    assert book["Dictionnaire"].max_row == len(open_data.TABLE.fields) + 2


def test_the_codebook_is_a_file_of_its_own(client):
    catalogue()
    text = client.get(URL, {"format": "dictionnaire"}).getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["colonne", "clé", "ce que c’est"]
    assert [row[1] for row in rows[1:]] == [field.key for field in open_data.TABLE.fields]
    assert all(row[2] for row in rows)


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_whatever_the_list_holds(client, rows, django_assert_num_queries):
    for _ in range(rows):
        full_practice(rows=rows)
    taken(client)
    with django_assert_num_queries(10):
        assert len(taken(client)["pratiques"]) == rows


def test_more_than_a_handful_come_by_the_hundred(client, monkeypatch):
    monkeypatch.setattr("pratiques.domain.queries.whole_sheets.TOGETHER", 2)
    for _ in range(5):
        practice()
    assert len(taken(client)["pratiques"]) == 5


def test_a_demonstration_says_so_in_each_file(client):
    practice(is_demo=True)
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.update_or_create(site=site, defaults={"is_demo": True})
    data = taken(client)
    assert data["avertissement"].startswith("DÉMONSTRATION")
    assert data["pratiques"][0]["is_demo"] is True


def test_who_takes_all_day_is_slowed_down_kindly(client, monkeypatch):
    monkeypatch.setattr(open_data, "EXPORTS_AN_HOUR", 2)
    catalogue()
    answers = [client.get(URL, {"format": "csv"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"
    assert "Un instant, s’il vous plaît" in answers[2].text
    assert client.get(URL).status_code == 200


def test_the_list_leads_to_its_own_files(client):
    practice(title="Vélo", cost_band="none")
    text = client.get(URL, {"q": "vélo", "cout": "none", "page": "1", "vue": "carte"}).text
    assert 'href="/pratiques/?q=v%C3%A9lo&amp;cout=none&amp;format=xlsx"' in text
    assert 'href="/donnees-ouvertes/"' in text
    assert "format=csv" not in client.get(URL, {"q": "introuvable"}).text


def test_an_unknown_format_is_the_list(client):
    practice()
    assert client.get(URL, {"format": "exe"})["Content-Type"].startswith("text/html")
    assert PracticePage.objects.count() == 1
