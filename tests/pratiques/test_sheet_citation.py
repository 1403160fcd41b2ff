"""A sheet that is cited, found by search engines, and read by programs."""

import json

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from tests.factories.practices import full_practice, practice
from tests.factories.register import publish_entry

pytestmark = pytest.mark.django_db


def data_of(text: str) -> list[dict]:
    found = BeautifulSoup(text, "html.parser").select('script[type="application/ld+json"]')
    return [json.loads(each.string) for each in found]


def test_a_sheet_tells_how_to_cite_it(client):
    sheet = practice(title="Navette", slug="navette", holder_name="Coop fictive")
    page = BeautifulSoup(client.get(sheet.url).text, "html.parser")
    words = page.select_one("#citation").get_text().replace("\xa0", " ")
    year = timezone.localdate().year
    assert words.startswith(f"Coop fictive ({year}). « Navette ». ")
    assert "vérifiée en mai 2026." in words
    assert words.endswith("http://testserver/pratiques/navette/")
    bib = client.get(sheet.url, {"format": "bib"})
    assert bib["Content-Disposition"] == 'attachment; filename="navette.bib"'
    assert "author = {{Coop fictive}}" in bib.text
    assert (
        "UR  - http://testserver/pratiques/navette/" in client.get(f"{sheet.url}?format=ris").text
    )
    assert client.get(sheet.url, {"format": "exe"})["Content-Type"].startswith("text/html")


def test_search_engines_are_told_what_the_page_says(client):
    sheet = full_practice(title="</script><b>Navette", slug="navette", licence="cc_by_sa", rows=2)
    text = client.get(sheet.url).text
    told = data_of(text)[0]
    assert (told["@type"], told["headline"]) == ("Article", "</script><b>Navette")
    assert told["license"].startswith("https://creativecommons.org/licenses/by-sa/4.0/")
    assert [each["name"] for each in told["about"]] == ["Enjeu 0", "Enjeu 1"]
    assert told["author"]["name"] == "Corporation de transport fictive"
    assert "navette@exemple.org" not in text
    assert (
        '<link rel="alternate" type="application/json" href="/api/v1/practices/navette/">' in text
    )


def test_an_entry_of_the_register_is_cited_and_found_too(client):
    edition = publish_entry(summary="On s’entend </script> sur l’entraide.")
    url = f"/demarches/{edition.slug}/"
    text = client.get(url).text
    told = data_of(text)[0]
    assert told["@type"] == "Report"
    assert told["identifier"]["value"] == edition.fingerprint
    assert told["abstract"] == "On s’entend </script> sur l’entraide."
    assert f'href="/api/v1/appraisals/{edition.slug}/"' in text
    assert "TY  - ELEC" in client.get(url, {"format": "ris"}).text


def test_the_home_page_tells_the_organisation_and_its_search(client):
    practice()
    (told,) = data_of(client.get("/").text)
    kinds = [each["@type"] for each in told["@graph"]]
    assert kinds == ["Organization", "WebSite"]
    template = told["@graph"][1]["potentialAction"]["target"]["urlTemplate"]
    assert template == "http://testserver/recherche/?q={search_term_string}"
    sets = data_of(client.get("/donnees-ouvertes/").text)[0]["@graph"]
    assert [each["@type"] for each in sets] == ["Dataset", "Dataset"]
    assert sets[0]["distribution"][2]["contentUrl"] == "http://testserver/pratiques/?format=xlsx"
