"""The public API: what it gives, to whom, and what it promises to programs."""

import json

import pytest
from bs4 import BeautifulSoup

from appreciation.domain.publications import publish, withdraw
from appreciation.enums import PublicationLevel
from cms import api as common
from home.management.commands.write_openapi import OPENAPI
from home.views.api import schema
from pratiques.interfaces.open_data import STORY
from reference.models import IndicatorValue, Place, PlaceCode
from tests.factories import InstrumentFactory, PlaceFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.portraits import census_portraits
from tests.factories.practices import catalogue, full_practice, issue, practice
from tests.factories.register import publish_entry, publish_historical

pytestmark = pytest.mark.django_db
API = "/api/v1/"
PRACTICES, APPRAISALS = f"{API}practices/", f"{API}appraisals/"


def test_the_contract_is_the_one_that_is_written():
    """Changed on purpose? `python manage.py write_openapi`, and say it in the CHANGELOG."""
    assert json.loads(OPENAPI.read_text(encoding="utf-8")) == json.loads(json.dumps(schema()))


def test_practices_are_those_of_the_list_a_page_at_a_time(client):
    for title in ("Beta", "Alpha", "Gamma"):
        practice(title=title)
    practice(title="Verger", issues=[issue("food", "Sécurité alimentaire")])
    practice(title="Brouillon", live=False)
    data = client.get(PRACTICES, {"enjeu": "transport", "tri": "titre", "par_page": "2"}).json()
    assert (data["count"], data["page"], data["pages"], data["previous"]) == (3, 1, 2, None)
    assert [each["title"] for each in data["items"]] == ["Alpha", "Beta"]
    assert data["next"] == (
        "http://testserver/api/v1/practices/?enjeu=transport&tri=titre&par_page=2&page=2"
    )
    rest = client.get(data["next"]).json()
    assert [each["title"] for each in rest["items"]] == ["Gamma"]
    assert rest["next"] is None
    beyond = client.get(PRACTICES, {"page": "1000000"}).json()
    assert (beyond["items"], beyond["next"]) == ([], None)
    assert beyond["previous"].endswith("page=1")
    assert data["licence"]["name"] == "CC BY 4.0"


def test_a_sheet_is_given_whole_but_whom_to_call(client):
    full_practice(title="Navette", slug="navette", contact_phone="819 555-0199", contact_hint="Ana")
    response = client.get(f"{PRACTICES}navette/")
    sheet = response.json()
    assert sheet["url"] == "http://testserver/pratiques/navette/"
    assert sheet["api_url"] == "http://testserver/api/v1/practices/navette/"
    assert sheet["status"] == {"code": "emerging", "name": "novatrice"}
    assert sheet["what_did_not_work"] == "Le départ du soir."
    assert sheet["results"] == [
        {
            "text": "Résultat 0",
            "proof_kind": {"code": "figures", "name": "chiffres suivis"},
            "proof": "Registre 0",
            "proof_url": "",
        }
    ]
    assert sheet["moments"][0] == {
        "when": "Mars 2020",
        "text": "Étape 0",
        "is_turning_point": False,
    }
    assert sheet["verified_on"] == "2026-05-12"
    assert [place["name"] for place in sheet["territories"]] == ["Mékinac"]
    for private in ("navette@exemple.org", "555-0199", "Ana", "consent"):
        assert private not in response.text


def test_reserved_rights_keep_the_text_on_the_sheet(client):
    full_practice(slug="navette", licence="all_rights")
    sheet = client.get(f"{PRACTICES}navette/").json()
    assert {sheet[key] for key in STORY} == {""}
    assert (sheet["moments"], sheet["results"]) == ([], [])


def test_what_is_not_public_is_not_there(client):
    practice(slug="brouillon", live=False)
    hidden = practice(slug="reservee")
    hidden.view_restrictions.create(restriction_type="login")
    region = publish_entry(level=PublicationLevel.REGION)
    for address in ("practices/brouillon", "practices/reservee", f"appraisals/{region.slug}"):
        response = client.get(f"{API}{address}/")
        assert response.status_code == 404
        assert response.json()["message"] == "Rien n’est publié à cette adresse."
        assert response.json()["reference"]
        assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get(APPRAISALS).json()["items"] == []
    assert client.get(f"{API}inconnu/").json()["error"] == "Cette page n’existe pas"


def test_appraisals_say_what_their_level_lets_out(client, lead):
    publish(appraisal=adopted_appraisal(lead=lead), level=PublicationLevel.FULL, user=lead)
    publish_entry(place=PlaceFactory(name="Val-Essai"), year=2024, issues=[issue()])
    publish_historical(place=PlaceFactory(name="Ancienne"))
    items = {each["place"]: each for each in client.get(APPRAISALS).json()["items"]}
    full, summary = items["Rivière-Exemple"], items["Val-Essai"]
    assert full["numbers_url"] == f"{full['url']}?format=csv"
    assert client.get(full["numbers_url"]).status_code == 200
    assert summary["numbers_url"] is None
    assert items["Ancienne"]["numbers_url"] is None
    assert items["Ancienne"]["is_historical"] is True
    assert (summary["people"], summary["level"]["code"]) == (24, "summary")
    assert summary["issues"] == [{"code": "transport", "name": "Transport collectif"}]
    assert client.get(summary["api_url"]).json() == summary
    only = client.get(APPRAISALS, {"annee": "2024"}).json()
    assert [each["place"] for each in only["items"]] == ["Val-Essai"]


def test_a_withdrawn_appraisal_is_gone_here_too(client, lead):
    appraisal = adopted_appraisal(lead=lead)
    edition = publish(appraisal=appraisal, level=PublicationLevel.FULL, user=lead)
    withdraw(appraisal=appraisal, user=lead, reason="Erreur")
    response = client.get(f"{APPRAISALS}{edition.slug}/")
    assert response.status_code == 410
    assert "retiré par les personnes" in response.json()["message"]


def test_words_of_the_parameters_and_places(client):
    catalogue()
    issue()
    territory = PlaceFactory(territory=True, name="Mékinac", slug="mekinac")
    PlaceCode.objects.create(place=territory, scheme="mrc", code="350")
    PlaceFactory(name="Chez nous", kind="local_community", parent=territory)
    lists = {each["parameter"]: each for each in client.get(f"{API}vocabularies/").json()}
    assert {"code": "transport", "name": "Transport collectif"} in lists["enjeu"]["values"]
    assert lists["territoire"]["values"] == [{"code": "350", "name": "Mékinac"}]
    assert lists["phase"]["values"][0]["code"] == "framing"
    places = client.get(f"{API}places/", {"genre": "territory"}).json()
    assert [each["name"] for each in places] == ["Mékinac"]
    assert places[0]["codes"][0]["code"] == "350"
    assert "Chez nous" not in client.get(f"{API}places/").text


def test_instruments_that_may_be_used_with_their_questions_in_order(client):
    InstrumentFactory(code="atouts", with_items=2)
    InstrumentFactory(code="ebauche", state="draft")
    given = client.get(f"{API}instruments/").json()
    assert [each["code"] for each in given] == ["atouts"]
    assert [each["position"] for each in given[0]["scale"]["levels"]] == [1, 2, 3, 4]
    asked = [item["text"] for each in given[0]["dimensions"] for item in each["items"]]
    assert asked == ["Énoncé 1", "Énoncé 2"]


def test_figures_of_places_whose_portrait_is_public_with_their_status(
    client, django_assert_num_queries
):
    census_portraits()
    village = Place.objects.get(slug="saint-roch-de-mekinac")
    about = IndicatorValue.objects.filter(place=village).select_related("indicator").first()
    address = f"{API}indicators/{about.indicator.code}/"
    assert about.indicator.code in [each["code"] for each in client.get(f"{API}indicators/").json()]
    with django_assert_num_queries(4):
        given = client.get(address, {"lieu": village.slug}).json()
    assert {each["place"] for each in given["items"]} == {village.slug}
    first = next(each for each in given["items"] if each["period"] == about.period)
    assert first["value"] == float(about.value)
    assert first["source"]["licence"] == about.source.licence
    IndicatorValue.objects.filter(pk=about.pk).update(status="suppressed", value=None)
    masked = client.get(address, {"lieu": village.slug}).json()["items"]
    assert (masked[0]["value"], masked[0]["status"]["code"]) == (None, "suppressed")
    village.portrait_page.unpublish()
    assert client.get(address, {"lieu": village.slug}).json()["count"] == 0
    assert client.get(f"{API}indicators/inconnu/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_whatever_is_listed(client, rows, django_assert_num_queries):
    for _ in range(rows):
        full_practice(rows=rows)
        publish_entry(issues=[issue()])
        InstrumentFactory(with_items=2)
    counts = {PRACTICES: 5, APPRAISALS: 7, f"{API}vocabularies/": 2, f"{API}places/": 2}
    counts |= {f"{API}instruments/": 5, f"{API}indicators/": 1}
    for address, count in counts.items():
        client.get(address)
        with django_assert_num_queries(count):
            client.get(address)


def test_it_is_read_from_anywhere_and_kept(client):
    practice()
    answer = client.get(PRACTICES, headers={"origin": "https://ailleurs.exemple"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not answer.cookies
    again = client.get(PRACTICES, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    practice()
    assert client.get(PRACTICES, headers={"if-none-match": answer["ETag"]}).status_code == 200
    head = client.head(PRACTICES)
    assert (head.status_code, head.content) == (200, b"")
    assert client.options(PRACTICES).status_code == 204


def test_a_copy_is_read_from_anywhere_too(client, settings):
    settings.PAGE_COPIES_FRESH_SECONDS = 60
    practice()
    answers = [client.get(f"{API}openapi.json") for _ in range(2)]
    assert {answer["Access-Control-Allow-Origin"] for answer in answers} == {"*"}
    assert {answer["Cross-Origin-Resource-Policy"] for answer in answers} == {"cross-origin"}


def test_nothing_is_written_and_mistakes_are_told_in_french(client):
    catalogue()
    for method in (client.post, client.put, client.delete):
        response = method(PRACTICES)
        assert response.status_code == 405
        assert response.json()["message"] == "Cette adresse se lit (GET); rien ne s’y écrit."
    for bad in ({"page": "0"}, {"page": "<script>"}, {"par_page": "101"}):
        response = client.get(PRACTICES, bad)
        assert response.status_code == 422
        assert response.json()["message"].endswith(f": {next(iter(bad))}")
        assert "<script>" not in response.text
    kind = {"q": "'; DROP TABLE--" * 400, "enjeu": ["<b>", "x" * 500], "annee": "9999"}
    assert client.get(PRACTICES, kind).status_code == 200


def test_who_asks_all_day_is_slowed_down(client, monkeypatch):
    monkeypatch.setattr(common, "MOST_ASKED", 1)
    catalogue()
    answers = [client.get(PRACTICES) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 429]
    assert answers[1]["Retry-After"] == "600"
    assert answers[1].json()["error"] == "Un instant, s’il vous plaît"


def test_its_page_tells_each_address_without_asking_anybody(client):
    response = client.get(API)
    page = BeautifulSoup(response.text, "html.parser")
    told = [code.get_text() for code in page.select("section p code")]
    assert told == [f"GET {path}" for path in schema()["paths"]]
    assert "Mots cherchés; accents, pluriels et fautes pardonnés." in response.text
    assert "cdn" not in response.text
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    described = client.get(f"{API}openapi.json")
    assert described.json() == json.loads(json.dumps(schema()))
