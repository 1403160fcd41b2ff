"""The catalogue as people use it: by keyboard on a phone, and by editors who import."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FilePayload, expect

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from pratiques.domain.imports import jobs
from pratiques.models import (
    CataloguePage,
    DossierEntry,
    DossierPage,
    FreshnessCheck,
    PracticePage,
)
from reference.domain.imports.places import load_seed
from reference.models import Place
from tests.browser.conftest import tab_to
from tests.browser.sizes import PHONE
from tests.factories import PlaceFactory, UserFactory
from tests.factories.practices import catalogue, full_practice, issue, practice
from tests.pratiques.test_import_practices import FRIGO, NAVETTE, csv


def region_with_sheets() -> Place:
    load_seed()
    region = Place.objects.get(kind="region")
    places = {place.name: place for place in Place.objects.filter(kind="territory")}
    sheets = (
        ("Des vélos en prêt", "MRC de Mékinac", "transport", "Transport collectif"),
        ("Le vélo-bus des enfants", "Shawinigan", "youth", "Jeunesse"),
        ("Le jardin des deux rives", "Shawinigan", "food", "Sécurité alimentaire"),
    )
    for title, place, code, name in sheets:
        practice(
            title=title,
            summary="Une histoire fictive, pour l’essai.",
            approach="<p>On s’est mis ensemble.</p>",
            places=[places[place]],
            issues=[issue(code, name)],
        )
    return region


def test_searched_and_narrowed_by_keyboard_on_a_phone(new_context, assert_accessible):
    region_with_sheets()
    page = new_context(viewport=PHONE).new_page()
    page.goto("/pratiques/")
    tab_to(page, page.get_by_label("Chercher une pratique"))
    page.keyboard.type("véol")
    page.keyboard.press("Enter")
    found = page.locator("#resultats")
    expect(found).to_have_text("2 pratiques")
    expect(page.get_by_text("Résultats pour")).to_be_visible()
    narrow = page.locator("summary").filter(has_text="Préciser")
    box = page.get_by_label("Jeunesse")
    expect(box).to_be_hidden()
    tab_to(page, narrow)
    page.keyboard.press("Enter")
    tab_to(page, box)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Appliquer"))
    page.keyboard.press("Enter")
    expect(found).to_have_text("1 pratique")
    expect(narrow).to_have_text("Préciser : 1 choix".replace(" :", "\N{NO-BREAK SPACE}:"))
    assert_accessible(page)
    tab_to(page, page.get_by_role("link", name="Carte", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator(".territory-map .map-area")).to_have_count(6)
    assert_accessible(page)
    tab_to(page, page.get_by_role("link", name="Shawinigan", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Le vélo-bus des enfants"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Le vélo-bus des enfants")


def test_a_whole_sheet_its_dossier_and_its_check(new_context, assert_accessible):
    sheet = full_practice(rows=2, title="La navette du mardi", review_due_on=dt.date(2026, 1, 5))
    dossier = DossierPage(title="Bouger", slug="bouger", introduction="<p>Sans auto.</p>")
    dossier.entries = [DossierEntry(practice=sheet, sentence="La plus complète.")]
    CataloguePage.objects.get().add_child(instance=dossier)
    check = FreshnessCheck.objects.create(practice=sheet, asked_at=timezone.now())
    context = new_context()
    context.watched.expected_statuses.add(422)
    page = context.new_page()
    adapted = reverse("pratiques:adapted", args=[sheet.pk])
    asked = reverse("pratiques:freshness", args=[check.token])
    for address in (sheet.url, dossier.url, adapted, asked):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_accessible(page)
    page.get_by_label("Quelque chose a changé").check()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("ce qui a changé")
    page.get_by_label("Tout est encore vrai").check()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("status")).to_contain_text("Merci! Votre réponse est enregistrée.")
    assert PracticePage.objects.get().verified_on == timezone.localdate()


def test_a_file_is_looked_at_confirmed_and_followed(new_context, sign_in, private_files):
    catalogue()
    issue()
    editor = UserFactory()
    assign_role(user=editor, role=RoleAssignment.Role.EDITOR, place=PlaceFactory(region=True))
    context = new_context()
    sign_in(context, editor)
    page = context.new_page()
    page.goto(reverse("pratiques_import"))
    content = csv(NAVETTE.replace("mrc:990", ""), FRIGO)
    file = FilePayload(name="fiches.csv", mimeType="text/csv", buffer=content)
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("button", name="Voir ce que ça donnerait").click()
    expect(page.get_by_text("Rien n’est encore enregistré")).to_be_visible()
    expect(page.get_by_role("row", name="La navette")).to_be_visible()
    assert not PracticePage.objects.exists()
    page.get_by_role("button", name="Importer", exact=True).press("Enter")
    expect(page.get_by_role("progressbar")).to_be_visible()
    jobs.run_imports(timezone.now())
    expect(page.get_by_text("L’import est fini.")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert PracticePage.objects.count() == 2
    assert not PracticePage.objects.live().exists()
