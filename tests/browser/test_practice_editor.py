"""The editor's road: import a sheet, complete it, have it read, correct it, let it age, confirm."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment, User
from background.models import OutgoingMail
from home.domain.starter_pages import ensure_site_pages
from pratiques.domain.freshness import run_freshness
from pratiques.domain.imports.jobs import run_imports
from pratiques.models import PracticePage
from reference.domain.imports.places import load_seed
from reference.domain.vocabularies import load_vocabularies
from reference.enums import CodeScheme
from reference.models import Place, PlaceCode
from tests.browser.conftest import open_form
from tests.browser.pictures import album_asked_for
from tests.browser.sizes import PHONE
from tests.browser.test_admin_accessible import findings
from tests.browser.test_toolkit import FROM_WORD, PASTE
from tests.factories import UserFactory
from tests.factories.pictures import site_image
from tests.factories.practices import full_practice
from tests.factories.videos import video, video_list

Role = RoleAssignment.Role
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
    "coherent_account": "Sans auto, on ne mange pas.",
    "measured_change": "Le registre des réservations.",
    "local_recognition": "Le conseil l’a dit en assemblée.",
    "replicated": "Le village voisin, en 2024.",
}
GRID = ("relevance", "ethics", "equity", "participation", "transferability", "evidence")


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


def press(page: Page, label: str) -> None:
    """A button at the foot of the editor, behind its arrow when it is not the first.

    Once what was typed is kept by itself: in the same half second, Wagtail asks which to keep.
    """
    if page.locator("#w-autosave-indicator").is_visible():
        expect(page.get_by_text("Enregistré", exact=True)).to_be_visible()
    foot = page.locator("footer")
    button = foot.get_by_role("button", name=label, exact=True)
    if not button.is_visible():
        foot.get_by_role("button", name="Plus d'actions").click()
    button.click()


def add_row(page: Page, rows: str, label: str) -> int:
    """One more row; its rank."""
    total = page.locator(f"#id_{rows}-TOTAL_FORMS")
    rank = int(total.input_value())
    page.get_by_role("button", name=label).click()
    expect(total).to_have_value(str(rank + 1))
    return rank


def add_criterion(page: Page, criterion: str, words: str) -> None:
    rank = add_row(page, "criteria", "Ajouter un(e) critère")
    page.locator(f"#id_criteria-{rank}-criterion").select_option(criterion)
    page.locator(f"#id_criteria-{rank}-explanation").fill(words)


def test_an_editor_takes_a_sheet_from_a_file_to_its_confirmation(region, person, new_context):
    album = album_asked_for()
    mekinac = PlaceCode.objects.get(scheme=CodeScheme.MRC, code="350").place
    video(video_list(), title="La navette en images", slug="navette")
    site_image(title="La navette à la porte")
    editor, page = person("Réal", Role.EDITOR, region)
    # What the editor keeps by itself is refused while a row is half filled.
    page.context.watched.expected_statuses.add(400)
    readers = person("Maude", Role.MODERATOR, mekinac), person("Karim", Role.EDITOR, region)

    page.goto("/admin/pratiques/importer/")
    page.get_by_label("Fichier").set_input_files(sheet_file())
    page.get_by_role("button", name="Voir ce que ça donnerait").click()
    expect(page.get_by_text("Une navette vers l’épicerie")).to_be_visible()
    page.get_by_role("button", name="Importer", exact=True).click()
    run_imports(timezone.now())
    sheet = PracticePage.objects.get(source_key__endswith="navette-1")
    page.goto(f"/admin/pages/{sheet.pk}/edit/")
    complete(page, album)
    send_it_to_be_read(page, album)

    letters = OutgoingMail.objects.filter(kind="practice_to_read")
    moderator, reader = readers
    assert set(letters.values_list("to", flat=True)) == {moderator[0].email, reader[0].email}
    approve(moderator[1], album, "On y est: les gens en parlent.")
    approve(reader[1], album, "")
    letter = OutgoingMail.objects.get(kind="practice_approved")
    assert letter.to == editor.email
    assert "On y est\N{NO-BREAK SPACE}: les gens en parlent." in letter.body

    visitor = new_context(viewport=PHONE).new_page()
    visitor.goto(sheet.url)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Une navette vers l’épicerie")
    expect(visitor.get_by_alt_text("Une navette devant une maison")).to_be_visible()
    expect(visitor.get_by_role("link", name="La navette en images")).to_be_visible()
    album.look(visitor, "fiche-publiee")

    correct(page, sheet)
    visitor.reload()
    expect(visitor.get_by_text("Douze bénévoles conduisent")).to_be_visible()

    now = timezone.now()
    PracticePage.objects.filter(pk=sheet.pk).update(
        verified_on=now - timedelta(days=800), review_due_on=now - timedelta(days=70)
    )
    page.goto("/admin/pratiques/a-verifier/")
    expect(page.get_by_text("Une navette vers l’épicerie")).to_be_visible()
    run_freshness(now)
    letter = OutgoingMail.objects.get(kind="freshness")
    assert letter.to == "navette@exemple.org"
    visitor.goto(re.search(r"/pratiques/\S+", letter.body.split("sans compte")[1])[0])
    album.look(visitor, "encore-vrai")
    visitor.get_by_role("button", name="Oui, tout est encore vrai").click()
    expect(visitor.get_by_text("Merci! Votre réponse est enregistrée.")).to_be_visible()
    visitor.goto(sheet.url)
    expect(visitor.get_by_text("Dernière vérification")).to_be_visible()
    sheet.refresh_from_db()
    assert sheet.verified_on == timezone.localdate(now)


def test_the_preview_follows_and_the_checker_reads_it(region, person):
    sheet = full_practice(title="Une navette")
    _, page = person("Réal", Role.EDITOR, region)
    open_form(page, f"/admin/pages/{sheet.pk}/edit/")
    page.locator("[data-side-panel-toggle=preview]").click()
    preview = page.frame_locator("#w-preview-iframe").first
    expect(preview.get_by_role("heading", name="Une navette", level=1)).to_be_visible()
    page.locator("#id_summary").fill("Douze bénévoles conduisent leurs voisins.")
    expect(preview.get_by_text("Douze bénévoles conduisent leurs voisins.")).to_be_visible()

    page.locator("[data-side-panel-toggle=checks]").click()
    checks = page.locator("[data-side-panel=checks]")
    expect(checks.locator("[data-content-word-count]")).to_have_text(re.compile(r"[1-9]\d\d"))
    expect(checks.locator("[data-content-checker-count]")).to_have_text("0")


def complete(page: Page, album) -> None:
    """What the file did not say: words from Word, a photo, a video, why it is « reconnue »."""
    expect(page.get_by_text("12 mots sur 250.")).to_be_visible()
    assert findings(page) == []
    situation = page.locator("[data-contentpath='situation'] [contenteditable='true']").first
    situation.click()
    page.evaluate(PASTE, [FROM_WORD, "Un titre"])
    expect(page.locator("input[name='situation']")).to_have_value(re.compile("Crayons"))
    expect(page.get_by_text("11 mots sur 100.")).to_be_visible()
    rank = add_row(page, "photos", "Ajouter un(e) photo")
    page.locator(f"#id_photos-{rank}-image-chooser").get_by_role(
        "button", name="Choisir une image"
    ).click()
    page.locator(".modal").get_by_role("link", name=re.compile("La navette à la porte")).click()
    page.locator(f"#id_photos-{rank}-alternative_text").fill("Une navette devant une maison")
    page.locator(f"#id_photos-{rank}-credit").fill("Ana Exemple")
    page.locator("#id_video_page-chooser").get_by_role("button", name="Choisissez une page").click()
    page.locator(".modal").locator("[name='q']").fill("navette en images")
    page.locator(".modal").get_by_role("link", name="La navette en images").click()
    for criterion, words in list(CRITERIA.items())[:3]:
        add_criterion(page, criterion, words)
    album.look(page, "fiche-completee")


def send_it_to_be_read(page: Page, album) -> None:
    """Without the organisation's word, the form says so; without a criterion, it comes back."""
    press(page, "Soumettre à la relecture")
    expect(page.get_by_text("L’organisme doit avoir accepté").first).to_be_visible()
    page.get_by_label("L’organisme porteur accepte").check()
    expect(page.get_by_text("Enregistré", exact=True)).to_be_visible()
    press(page, "Soumettre à la relecture")
    expect(page.locator(".messages")).to_contain_text("Elle a été reprise ailleurs")
    album.look(page, "revenue")
    add_criterion(page, *list(CRITERIA.items())[3])
    press(page, "Soumettre de nouveau")
    expect(page.locator(".messages .success")).to_be_visible()


def approve(page: Page, album, words: str) -> None:
    """From the first screen of the admin: read, fill the grid, approve."""
    page.goto("/admin/")
    album.look(page, "a-relire")
    row = page.get_by_role("row", name=re.compile("Une navette vers l’épicerie"))
    row.locator("[data-w-dropdown-target='toggle']").click()
    page.get_by_role("button", name="Remplir la grille et approuver").click()
    grid = page.locator(".modal form")
    for line in GRID:
        grid.locator(f"[name='{line}']").select_option("3")
    grid.locator("[name='comment']").fill(words)
    album.look(page, "grille")
    grid.get_by_role("button", name="Remplir la grille et approuver").click()
    expect(row).to_have_count(0)


def correct(page: Page, sheet: PracticePage) -> None:
    """A public sheet is corrected by whoever may, at once."""
    page.goto(f"/admin/pages/{sheet.pk}/edit/")
    page.locator("#id_summary").fill("Douze bénévoles conduisent chaque mardi.")
    press(page, "Publier")
    expect(page.locator(".messages .success")).to_be_visible()
