"""Importing in the admin: a file is looked at, confirmed, then done by the worker."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment, User
from core.purges import run_purges
from pratiques.domain.imports import jobs
from pratiques.models import CataloguePage, ImportJob, PracticePage
from reference.models import Place
from tests.factories.people import UserFactory
from tests.factories.places import PlaceFactory
from tests.factories.practices import catalogue, issue
from tests.pratiques.test_import_practices import FRIGO, NAVETTE, csv

UPLOAD = "/admin/pratiques/importer/"
LINES = (NAVETTE.replace("mrc:990", ""), FRIGO)


@pytest.fixture(autouse=True)
def _private(private_files):
    """What the worker makes stays in a folder of the test."""


@pytest.fixture
def region(db) -> Place:
    catalogue()
    issue()
    return PlaceFactory(region=True)


def editor_of(place: Place, role: str = RoleAssignment.Role.EDITOR) -> User:
    user = UserFactory()
    assign_role(user=user, role=role, place=place)
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(region: Place) -> Client:
    return client_of(editor_of(region))


def send(client: Client, content: bytes, **fields) -> str:
    """The address of what was found in the file."""
    file = SimpleUploadedFile("fiches.csv", content)
    response = client.post(UPLOAD, {"file": file, "reading": "", **fields})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_file_is_looked_at_then_confirmed_then_imported(editor: Client) -> None:
    assert "Importer des fiches" in page_of(editor, "/admin/")
    address = send(editor, csv(*LINES))
    shown = page_of(editor, address)
    assert "Rien n’est encore enregistré" in shown
    assert "Fiches créées, en brouillon : 2" in shown
    assert "La navette" in shown
    assert PracticePage.objects.count() == 0

    for _twice in range(2):
        editor.post(f"{address}confirmer/")
    assert "En attente" in page_of(editor, address)
    ImportJob.objects.update(state="running", percent=42, words="Lecture: 42 lignes")
    shown = page_of(editor, address)
    assert '<progress id="progress" max="100" value="42">' in shown
    moved = editor.get(f"{address}?etat=oui")
    assert "Lecture: 42 lignes" in moved.json()["html"]
    assert moved.json()["said"] == "Lecture: 42 lignes"
    again = editor.get(f"{address}?etat=oui", headers={"if-none-match": moved["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    ImportJob.objects.update(state="waiting")

    jobs.run_imports(timezone.now())
    assert PracticePage.objects.count() == 2
    shown = page_of(editor, address)
    assert "L’import est fini" in shown
    assert f'href="/admin/pages/{CataloguePage.objects.get().pk}/"' in shown
    job = ImportJob.objects.get()
    assert (job.state, job.percent, job.report["created"]) == ("done", 100, 2)
    jobs.run_imports(timezone.now())
    assert PracticePage.objects.count() == 2
    assert PracticePage.objects.first().owner == job.asked_by


def test_what_is_refused_is_told_and_cannot_be_confirmed(editor: Client) -> None:
    address = send(editor, csv(LINES[0], LINES[0]))
    assert "Ligne 3 : la clé" in page_of(editor, address)
    editor.post(f"{address}confirmer/")
    assert ImportJob.objects.get().state == "preview"
    jobs.run_imports(timezone.now())
    assert PracticePage.objects.count() == 0


def test_the_same_file_again_has_nothing_to_confirm(editor: Client) -> None:
    editor.post(f"{send(editor, csv(*LINES))}confirmer/")
    jobs.run_imports(timezone.now())
    shown = page_of(editor, send(editor, csv(*LINES)))
    assert "Fiches laissées comme elles sont : 2" in shown
    assert "confirmer/" not in shown


@pytest.mark.parametrize(
    ("content", "fields", "said"),
    [
        (b"%PDF-1.7", {}, "un PDF"),
        (csv(LINES[0])[:-30], {}, "guillemet"),
        (csv("a", headings="autre"), {}, "Aucune correspondance"),
        (csv(LINES[0]), {"reading": "own"}, "Choisissez le fichier de votre correspondance"),
        (
            csv(LINES[0]),
            {"reading": "own", "mapping": SimpleUploadedFile("m.toml", b"x = ")},
            "ce TOML ne se lit pas",
        ),
        (
            csv(LINES[0]),
            {"reading": "own", "mapping": SimpleUploadedFile("m.toml", b"\xff\xfe")},
            "ce TOML ne se lit pas",
        ),
        (b"a" * (5 * 1024 * 1024 + 1), {}, "dépasse 5"),
        (b"", {}, "vide"),
    ],
)
def test_a_file_that_cannot_be_read_stays_on_the_form(
    editor: Client, content: bytes, fields: dict, said: str
) -> None:
    file = SimpleUploadedFile("fiches.csv", content)
    response = editor.post(UPLOAD, {"file": file, "reading": "", **fields})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert ImportJob.objects.count() == 0


def test_a_mapping_may_be_chosen(editor: Client) -> None:
    response = editor.post(
        UPLOAD,
        {"file": SimpleUploadedFile("x.csv", csv(LINES[0])), "reading": "multibao"},
    )
    assert response.status_code == 302
    assert "Il manque la colonne" in page_of(editor, response["Location"])
    address = send(editor, csv(LINES[0]), reading="maison")
    assert "Fiches créées, en brouillon : 1" in page_of(editor, address)


def strangers(region: Place) -> list[User]:
    territory = PlaceFactory(territory=True, parent=region)
    return [
        UserFactory(),
        editor_of(territory),
        editor_of(territory, RoleAssignment.Role.COORDINATOR),
        editor_of(region, RoleAssignment.Role.MODERATOR),
    ]


def test_strangers_and_neighbours_import_nothing(editor: Client, region: Place) -> None:
    address = send(editor, csv(*LINES))
    for user in strangers(region):
        client = client_of(user)
        for asked in (UPLOAD, address):
            assert client.get(asked).status_code in (302, 403, 404)
        file = SimpleUploadedFile("fiches.csv", csv(*LINES))
        client.post(UPLOAD, {"file": file})
        client.post(f"{address}confirmer/")
        client.post(f"{address}effacer/")
        assert "Importer des fiches" not in client.get("/admin/").content.decode()
    assert list(ImportJob.objects.values_list("state", flat=True)) == ["preview"]
    assert Client().get(UPLOAD).status_code == 302


def test_another_editor_of_the_region_does_not_see_the_file(editor: Client, region: Place) -> None:
    address = send(editor, csv(*LINES))
    other = client_of(editor_of(region, RoleAssignment.Role.COORDINATOR))
    assert other.get(UPLOAD).status_code == 200
    for verb, asked in (("get", address), ("post", f"{address}confirmer/")):
        assert getattr(other, verb)(asked).status_code == 404


def test_reading_an_address_never_confirms(editor: Client) -> None:
    address = send(editor, csv(*LINES))
    for action in ("confirmer/", "effacer/"):
        assert editor.get(address + action).status_code == 405


def test_a_worker_that_died_is_followed_by_another(editor: Client) -> None:
    editor.post(f"{send(editor, csv(*LINES))}confirmer/")
    now = timezone.now()
    held = {"state": "running", "attempts": 1, "claimed_until": now + dt.timedelta(minutes=5)}
    ImportJob.objects.update(**held)
    jobs.run_imports(now)
    assert PracticePage.objects.count() == 0
    jobs.run_imports(now + dt.timedelta(minutes=6))
    assert PracticePage.objects.count() == 2
    ImportJob.objects.update(state="running", attempts=3, claimed_until=now)
    jobs.run_imports(now + dt.timedelta(minutes=12))
    assert ImportJob.objects.get().state == "failed"


def test_who_lost_the_region_meanwhile_imports_nothing(editor: Client) -> None:
    address = send(editor, csv(*LINES))
    editor.post(f"{address}confirmer/")
    RoleAssignment.objects.all().delete()
    jobs.run_imports(timezone.now())
    job = ImportJob.objects.get()
    assert (job.state, PracticePage.objects.count()) == ("failed", 0)
    assert "vous n’éditez plus la région" in job.words


def test_what_changed_since_it_was_looked_at_is_told(editor: Client) -> None:
    """The vocabulary lost its issue meanwhile: all is refused, in words."""
    address = send(editor, csv(*LINES))
    editor.post(f"{address}confirmer/")
    issue().delete()
    jobs.run_imports(timezone.now())
    shown = page_of(editor, address)
    assert "L’import est arrêté" in shown
    assert "enjeu inconnu" in shown
    assert PracticePage.objects.count() == 0


def test_a_file_is_erased_on_demand_or_after_seven_days(
    editor: Client, django_capture_on_commit_callbacks
) -> None:
    address = send(editor, csv(*LINES))
    stored = ImportJob.objects.get().stored_name
    assert storages["private"].exists(stored)
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(f"{address}effacer/")
    assert not storages["private"].exists(stored)
    send(editor, csv(*LINES))
    stored = ImportJob.objects.get().stored_name
    later = timezone.now() + dt.timedelta(days=8)
    list(run_purges(later, dry_run=True))
    assert storages["private"].exists(stored)
    with django_capture_on_commit_callbacks(execute=True):
        list(run_purges(later))
    assert not ImportJob.objects.exists()
    assert not storages["private"].exists(stored)


def test_a_running_import_is_not_erased_and_five_are_enough(editor: Client) -> None:
    for _each in range(5):
        address = send(editor, csv(*LINES))
        editor.post(f"{address}confirmer/")
    editor.post(f"{address}effacer/")
    assert ImportJob.objects.count() == 5
    file = SimpleUploadedFile("fiches.csv", csv(*LINES))
    response = editor.post(UPLOAD, {"file": file})
    assert "sont déjà en cours" in response.content.decode()
    assert reverse("pratiques_import") == UPLOAD
