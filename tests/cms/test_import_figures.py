"""Figures imported in the admin, on the screens that practices use: look, confirm, follow."""

from __future__ import annotations

import re
from functools import partial

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from cms.imports import jobs
from cms.imports.figures import FIGURES
from cms.models import FigureImportJob
from core.typography import NBSP
from reference.domain.imports.places import load_seed
from reference.models import IndicatorValue, Place
from tests.factories.people import UserFactory
from tests.reference.figures import LONG, LONG_MAPPING, place

UPLOAD = "/admin/chiffres/importer/"
LINES = LONG + "35027;population;2021;3672;\n35035;population;2021;x;\n"
run_imports = partial(jobs.run_imports, FIGURES)


@pytest.fixture(autouse=True)
def _private(private_files):
    """What the worker makes stays in a folder of the test."""


@pytest.fixture(scope="module")
def region(kept_for_the_module):
    load_seed()


def client_of(at: Place, role: str) -> Client:
    user = UserFactory()
    assign_role(user=user, role=role, place=at)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(region) -> Client:
    return client_of(place("mauricie"), RoleAssignment.Role.EDITOR)


def send(client: Client, text: str, *, rules: str = LONG_MAPPING) -> str:
    fields = {"file": SimpleUploadedFile("chiffres.csv", text.encode()), "reading": ""}
    if rules:
        fields |= {"reading": "own", "mapping": SimpleUploadedFile("m.toml", rules.encode())}
    response = client.post(UPLOAD, fields)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def page_of(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_figures_are_looked_at_then_confirmed_then_written_once(editor):
    address = send(editor, LINES)
    shown = page_of(editor, address)
    assert "Chiffres ajoutés : 2" in shown
    assert "3 672 personnes" in shown
    assert "masqué par la source pour ne révéler rien de personne" in shown
    assert not IndicatorValue.objects.exists()
    for _twice in range(2):
        editor.post(f"{address}confirmer/")
    run_imports(timezone.now())
    run_imports(timezone.now())
    assert IndicatorValue.objects.count() == 2
    assert IndicatorValue.objects.first().file_name == "chiffres.csv"
    assert "L’import est fini" in page_of(editor, address)
    again = page_of(editor, send(editor, LINES))
    assert "Chiffres laissés comme ils sont : 2" in again
    assert "confirmer/" not in again


def test_what_is_refused_is_told_with_its_line_and_cannot_be_confirmed(editor):
    address = send(editor, LINES + "99999;population;2021;1;\n")
    assert "Ligne 4 : code de lieu inconnu (mamh 99999)." in page_of(editor, address)
    editor.post(f"{address}confirmer/")
    run_imports(timezone.now())
    assert not IndicatorValue.objects.exists()
    assert FigureImportJob.objects.get().state == "preview"


def test_a_file_that_no_mapping_knows_stays_on_the_form(editor):
    response = editor.post(
        UPLOAD, {"file": SimpleUploadedFile("x.csv", LINES.encode()), "reading": ""}
    )
    assert response.status_code == 422
    assert "Aucune correspondance fournie ne reconnaît ces colonnes" in response.content.decode()
    assert "Statistique Canada, population et logements" in page_of(editor, UPLOAD)


def test_what_the_form_says_is_written_as_in_quebec(editor):
    assert f"CSV ou Excel (.xlsx){NBSP}: 5 Mo" in editor.get(UPLOAD).content.decode()
    page = SimpleUploadedFile("x.csv", b"<html><table></table></html>")
    response = editor.post(UPLOAD, {"file": page, "reading": ""})
    assert f"C’est une page web, pas un tableau{NBSP}: enregistrez-la" in response.content.decode()


def test_only_editors_of_the_region_import_and_each_sees_her_own(editor, region):
    address = send(editor, LINES)
    coordinator = client_of(place("mauricie"), RoleAssignment.Role.COORDINATOR)
    assert "Importer des chiffres" in page_of(coordinator, "/admin/")
    assert coordinator.get(address).status_code == 404
    assert coordinator.post(f"{address}confirmer/").status_code == 404
    neighbour = client_of(place("mrc-de-mekinac"), RoleAssignment.Role.EDITOR)
    assert neighbour.get(UPLOAD).status_code in (302, 403)
    assert editor.get(f"{address}confirmer/").status_code == 405


def test_the_file_goes_when_its_sender_has_read_what_came_of_it(
    editor, django_capture_on_commit_callbacks
):
    address = send(editor, LINES)
    stored = FigureImportJob.objects.get().stored_name
    assert storages["private"].exists(stored)
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(f"{address}effacer/", follow=True)
    assert "Les chiffres restent comme ils sont." in response.content.decode()
    assert not storages["private"].exists(stored)
    assert not FigureImportJob.objects.exists()
