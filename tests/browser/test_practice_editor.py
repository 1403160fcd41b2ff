"""The editor's road: import a sheet, complete it, have it read, correct it, let it age, confirm it."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from background.models import OutgoingMail
from django.utils import timezone
from playwright.sync_api import FilePayload, Locator, Page, expect

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment, User
from home.domain.starter_pages import ensure_site_pages
from pratiques.domain.freshness import run_freshness
from pratiques.domain.imports.jobs import run_imports
from pratiques.models import PracticePage
from reference.domain.imports.places import load_seed
from reference.domain.vocabularies import load_vocabularies
from reference.enums import CodeScheme
from reference.models import Place, PlaceCode
from tests.browser.pictures import album_asked_for
from tests.browser.test_admin_accessible import findings
from tests.browser.test_toolkit import FROM_WORD, PASTE
from tests.factories import UserFactory
from tests.factories.pictures import site_image
from tests.factories.videos import video, video_list

ROW = {
    "clé": "navette-1",
    "titre": "Une navette vers l’épicerie",
    "résumé": "Dix bénévoles conduisent chaque mardi celles et ceux qui n’ont pas d’auto.",
    "enjeux": "transport",
    "lieux": "mrc:350",
    "organisme": "Corporation de transport fictive",
    "courriel de l’organisme": "navette@exemple.org",
    "comment on s’y est pris": "Un comité a fait le tour des portes.",
    "preuve": "reconnue",
    "depuis": "2022",
}
CRITERIA = {
    "On comprend pourquoi cela devrait marcher": "Sans auto, on ne mange pas.",
    "Un changement a été mesuré avant et après": "Le registre des réservations.",
    "Les personnes du milieu la reconnaissent": "Le conseil l’a dit en assemblée.",
    "Elle a été reprise ailleurs au moins une fois": "Le village voisin, en 2024.",
}
GRID = ("Pertinence", "Éthique", "Équité", "Participation", "Transférabilité", "Preuve")


@pytest.fixture
def region() -> Place:
    ensure_site_pages()
    load_seed()
    load_vocabularies()
    return Place.objects.get(kind="region")


@pytest.fixture
def person(new_context, sign_in) -> Callable[..., tuple[User, Page]]:
    def enter(first_name: str, role: str, place: Place) -> tuple[User, Page]:
        user = UserFactory(first_name=first_name, last_name="Exemple")
        assign_role(user=user, role=role, place=place)
        context = new_context()
        sign_in(context, user)
        return user, context.new_page()

    return enter


def sheet_file() -> FilePayload:
    text = io.StringIO()
    writer = csv.DictWriter(text, ROW)
    writer.writeheader()
    writer.writerow(ROW)
    return FilePayload(name="fiches.csv", mimeType="text/csv", buffer=text.getvalue().encode())


def panel(page: Page, name: str) -> Locator:
    return page.locator(f"[data-contentpath='{name}']").first


def write(page: Page, name: str, text: str) -> None:
    """In a rich text; Draftail hands it over to the form a quarter of a second later."""
    box = panel(page, name).locator("[contenteditable='true']").first
    box.click()
    page.keyboard.type(text)
    expect(page.locator(f"input[name='{name}']")).to_have_value(re.compile(text))


def press(page: Page, label: str) -> None:
    """A button of the foot of the editor: those behind the arrow too."""
    button = page.locator("footer").get_by_role("button", name=label, exact=True)
    if not button.is_visible():
        page.locator(
            "footer .w-dropdown__toggle, footer [data-w-dropdown-target='toggle']"
        ).last.click()
    button.click()


def test_an_editor_takes_a_sheet_from_a_file_to_its_confirmation(region, person, new_context):
    album = album_asked_for()
    mekinac = PlaceCode.objects.get(scheme=CodeScheme.MRC, code="350").place
    film = video(video_list(), title="La navette en images", slug="navette")
    picture = site_image(title="La navette")
    editor, page = person("Réal", RoleAssignment.Role.EDITOR, region)

    page.goto("/admin/pratiques/importer/")
    page.get_by_label("Fichier").set_input_files(sheet_file())
    page.get_by_role("button", name="Voir ce que ça donnerait").click()
    expect(page.get_by_text("Une navette vers l’épicerie")).to_be_visible()
    page.get_by_role("button", name="Importer", exact=True).click()
    run_imports(timezone.now())
    sheet = PracticePage.objects.get(source_key__endswith="navette-1")
    page.goto(f"/admin/pages/{sheet.pk}/edit/")
    for w, h in ((1280, 6500), (390, 9000)):
        page.set_viewport_size({"width": w, "height": h})
        page.wait_for_timeout(1500)
        page.screenshot(path=f"/tmp/flux/shots/tall-{w}.png")
    print(
        page.locator("[data-words-at-most]").count(), page.locator(".word-count").all_inner_texts()
    )
    print(findings(page))
    print(
        page.locator("script[src*=word]").count(),
        [s.get_attribute("src") for s in page.locator("script[src*=word]").all()],
    )
    press(page, "Soumettre à la relecture")
    page.wait_for_timeout(3000)
    page.screenshot(path=f"/tmp/flux/shots/submit.png")
