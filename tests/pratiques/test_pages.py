"""The catalogue and its sheets, as a visitor reads them."""

import pytest
from django.test import Client

from tests.factories.practices import catalogue, practice


@pytest.mark.django_db
def test_the_list_names_live_sheets_only(client: Client) -> None:
    shown = practice(title="Jardin des deux rives")
    hidden = practice(title="Frigo partagé")
    hidden.unpublish()
    page = client.get(catalogue().url).content.decode()
    assert shown.title in page
    assert hidden.title not in page


@pytest.mark.django_db
def test_a_sheet_is_read_at_its_address(client: Client) -> None:
    sheet = practice(title="Jardin des deux rives")
    response = client.get(sheet.url)
    assert response.status_code == 200
    assert "Jardin des deux rives" in response.content.decode()
    assert client.get(sheet.url.replace("jardin", "verger")).status_code == 404


@pytest.mark.django_db
def test_a_withdrawn_sheet_says_so_and_a_draft_is_not_there(client: Client) -> None:
    sheet = practice(title="Jardin des deux rives")
    sheet.save_revision().publish()
    sheet.refresh_from_db()
    sheet.unpublish()
    response = client.get(sheet.url)
    assert response.status_code == 410
    assert "Cette fiche n’est plus publiée" in response.text
    assert "Jardin des deux rives" not in response.text
    assert client.get(f"{sheet.url}?format=ris").status_code == 410
    draft = practice(title="Frigo partagé", live=False)
    assert client.get(draft.url).status_code == 404
