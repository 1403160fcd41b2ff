"""« Données ouvertes »: the files, and what each column means."""

import pytest
from bs4 import BeautifulSoup

from appreciation.interfaces.register_export import TABLE as REGISTER
from pratiques.interfaces.open_data import TABLE as CATALOGUE
from tests.factories.practices import catalogue, practice

pytestmark = pytest.mark.django_db
URL = "/donnees-ouvertes/"


def test_each_column_of_each_list_is_told(client, django_assert_num_queries):
    practice()
    client.get(URL)
    with django_assert_num_queries(3):
        response = client.get(URL)
    page = BeautifulSoup(response.text, "html.parser")
    tables = page.select("table")
    told = [[code.get_text() for code in table.select("td code")] for table in tables]
    assert told == [[field.key for field in each.fields] for each in (CATALOGUE, REGISTER)]
    files = [link["href"] for link in page.select(".files a")]
    assert "/pratiques/?format=xlsx" in files
    assert "/demarches/?format=dictionnaire" in files
    assert {client.get(address).status_code for address in files} == {200}
    assert "CC BY 4.0" in response.text
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"


def test_an_empty_catalogue_offers_no_file(client):
    catalogue()
    assert "/pratiques/?format" not in client.get(URL).text
