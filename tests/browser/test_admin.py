"""The admin as an editor and a coordinator meet it: French, only what exists, under the rules."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from appreciation.domain.instruments import freeze_instrument
from appreciation.domain.publications import publish
from appreciation.domain.shipped_instruments import load_shipped_instruments
from appreciation.enums import PublicationLevel
from appreciation.models import AppraisalPage, Instrument
from home.models import StandardPage
from reference.domain.imports.places import load_seed
from reference.domain.vocabularies import load_vocabularies
from reference.enums import PlaceKind
from reference.models import Issue, Place
from tests.browser.conftest import open_form
from tests.factories import UserFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.starter_site import ensure_site_pages

# Wagtail compares the form with a picture it takes two seconds after the page is there.
CATALOGUE_MENU = [
    "Adaptations",
    "Fiches à vérifier",
    "Importer des chiffres",
    "Importer des fiches",
    "Organisations",
    "Pages utiles?",
    "Pratiques proposées",
]
EDITORS_MENU = [
    *("Rechercher", "Pages", "Images", "Média", "Instruments", "Référence", "Documents"),
    *("Paramètres", "Questions fréquentes", "Outils de la trousse"),
]
COORDINATORS_MENU = [
    *("Rechercher", "Pages", "Démarches", "Images", "Média", "Instruments", "Référence"),
    *("Documents", "Paramètres", "Questions fréquentes"),
    *("Outils de la trousse", "Gabarits Word"),
]


@pytest.fixture
def region():
    ensure_site_pages()
    load_seed()
    load_vocabularies()
    load_shipped_instruments()
    return Place.objects.get(kind=PlaceKind.REGION)


@pytest.fixture
def admin_page(new_context, sign_in, region):
    """`admin_page("editor")`: the admin's home, for a real role."""

    def open_page(role: str) -> Page:
        user = UserFactory(first_name="Maude")
        assign_role(user=user, role=role, place=region)
        context = new_context()
        sign_in(context, user)
        page = context.new_page()
        page.goto("/admin/")
        return page

    return open_page


def save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer", exact=True).first.click()
    expect(page.locator(".messages .success")).to_be_visible()


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (RoleAssignment.Role.EDITOR, EDITORS_MENU),
        (RoleAssignment.Role.COORDINATOR, COORDINATORS_MENU),
    ],
)
def test_the_menu_is_french_and_shows_only_what_the_role_uses(admin_page, role, expected):
    page = admin_page(role)
    menu = page.locator("#wagtail-sidebar")
    expect(menu.get_by_text("Documents")).to_be_visible()
    words = [line.strip() for line in menu.inner_text().splitlines() if line.strip()]
    assert sorted(words) == sorted([*expected, *CATALOGUE_MENU, "Aide", "Maude"])
    summary = page.locator("main").inner_text()
    for english in ("Media files", "Editor", "Wagtail", "Welcome"):
        assert english not in summary
    page.get_by_role("link", name="Mes démarches").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes démarches")


def test_the_editor_writes_a_page_and_everyone_reads_it(admin_page, page):
    writer = admin_page(RoleAssignment.Role.EDITOR)
    standard = StandardPage.objects.get(slug="accessibilite")
    writer.goto(reverse("wagtailadmin_pages:edit", args=[standard.pk]))
    writer.locator(".public-DraftEditor-content").click()
    writer.keyboard.press("Control+Home")
    writer.keyboard.type("Écrivez-nous, on vous répond. ")
    expect(writer.locator("input[name=body-0-value]")).to_have_value(re.compile("on vous répond"))
    writer.get_by_role("button", name="Plus d'actions").click()
    writer.get_by_role("button", name="Publier").click()
    expect(writer.locator(".messages .success")).to_be_visible()
    page.goto("/accessibilite/")
    expect(page.get_by_text("Écrivez-nous, on vous répond.")).to_be_visible()


def test_the_editor_introduces_an_entry_and_can_do_nothing_else_to_it(admin_page, lead, page):
    writer = admin_page(RoleAssignment.Role.EDITOR)
    publish(appraisal=adopted_appraisal(lead=lead), level=PublicationLevel.SUMMARY, user=lead)
    entry = AppraisalPage.objects.get()
    writer.goto(reverse("wagtailadmin_pages:edit", args=[entry.pk]))
    writer.locator(".public-DraftEditor-content").click()
    writer.keyboard.type("La région salue ce travail.")
    expect(writer.locator("input[name=introduction]")).to_have_value(re.compile("salue"))
    writer.get_by_role("button", name="Plus d'actions").click()
    for absent in ("Dépublier", "Supprimer", "Déplacer", "Copier", "Soumettre"):
        assert writer.get_by_role("button", name=absent).count() == 0
        assert writer.get_by_role("link", name=absent).count() == 0
    writer.get_by_role("button", name="Publier").click()
    expect(writer.locator(".messages .success")).to_be_visible()
    page.goto("/demarches/riviere-exemple-2026/")
    expect(page.get_by_text("La région salue ce travail.")).to_be_visible()
    expect(page.get_by_text("On s’entraide quand ça compte")).to_be_visible()


def test_the_editor_renames_an_issue_and_adds_a_local_community(admin_page):
    page = admin_page(RoleAssignment.Role.EDITOR)
    issue = Issue.objects.first()
    page.goto(reverse("wagtailsnippets_reference_issue:edit", args=[issue.pk]))
    page.locator("#id_name").fill("Logement abordable")
    save(page)
    issue.refresh_from_db()
    assert issue.name == "Logement abordable"

    page.goto(reverse("wagtailsnippets_reference_place:add"))
    page.locator("#id_kind").select_option("local_community")
    page.locator("#id_name").fill("Les Deux-Rives")
    page.locator("#id_slug").fill("les-deux-rives")
    save(page)
    place = Place.objects.get(slug="les-deux-rives")
    assert (place.kind, place.name) == (PlaceKind.LOCAL_COMMUNITY, "Les Deux-Rives")


def test_the_editor_reads_instruments_and_changes_none(admin_page):
    page = admin_page(RoleAssignment.Role.EDITOR)
    page.goto(reverse("wagtailsnippets_appreciation_instrument:list"))
    expect(page.get_by_text("Grille des douze dimensions, courte")).to_be_visible()
    assert page.get_by_role("link", name="Ajouter").count() == 0


def test_the_preview_follows_the_question_as_it_is_written(admin_page):
    page = admin_page(RoleAssignment.Role.COORDINATOR)
    instrument = Instrument.objects.get(code="douze-dimensions-longue")
    open_form(page, reverse("wagtailsnippets_appreciation_instrument:edit", args=[instrument.pk]))
    page.get_by_role("button", name="Afficher/masquer la prévisualisation").click()
    phone = page.frame_locator("iframe").last
    expect(phone.get_by_text("1 sur 27")).to_be_visible()
    expect(phone.get_by_role("radio", name="Je ne sais pas")).to_be_visible()
    question = page.locator("[name='instrument_dimensions-0-items-0-text']")
    question.fill("Les gens d’ici se parlent.")
    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_have_text("Les gens d’ici se parlent.")
    page.get_by_label("Mode prévisualisation").select_option("2")
    expect(phone.get_by_text("2 sur 27")).to_be_visible()
    instrument.refresh_from_db()
    first = instrument.instrument_dimensions.first().items.first()
    assert first.text != "Les gens d’ici se parlent."


def test_the_coordinator_copies_a_frozen_instrument_to_change_it(admin_page):
    page = admin_page(RoleAssignment.Role.COORDINATOR)
    frozen = Instrument.objects.get(code="douze-dimensions-courte")
    freeze_instrument(frozen)
    page.goto(reverse("wagtailsnippets_appreciation_instrument:edit", args=[frozen.pk]))
    expect(page.get_by_text("Cet instrument a déjà servi à une rencontre")).to_be_visible()
    page.get_by_role("link", name="Copier pour modifier").first.click()
    expect(page.get_by_label("Nom de la nouvelle version")).to_have_value("2")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".messages .success")).to_contain_text("prête à modifier")
    copy = Instrument.objects.get(code=frozen.code, version="2")
    page.locator("#id_name").fill("Grille courte, à l’essai")
    save(page)
    copy.refresh_from_db()
    assert copy.name == "Grille courte, à l’essai"
    assert not copy.is_frozen


def test_an_instrument_opened_before_its_meeting_keeps_what_was_typed(admin_page):
    page = admin_page(RoleAssignment.Role.COORDINATOR)
    instrument = Instrument.objects.get(code="douze-dimensions-longue")
    page.goto(reverse("wagtailsnippets_appreciation_instrument:edit", args=[instrument.pk]))
    page.locator("#id_name").fill("Changé trop tard")
    freeze_instrument(instrument)
    page.get_by_role("button", name="Enregistrer", exact=True).first.click()
    expect(page.locator(".messages .error")).to_contain_text("Copiez-le")
    expect(page.locator("#id_name")).to_have_value("Changé trop tard")
    instrument.refresh_from_db()
    assert instrument.name == "Grille des douze dimensions, longue"


def test_the_coordinator_filters_and_exports_the_demarches(admin_page, lead):
    page = admin_page(RoleAssignment.Role.COORDINATOR)
    batiscan = Place.objects.get(slug="batiscan")
    adopted_appraisal(lead=lead, place=batiscan)
    page.goto("/admin/demarches/")
    page.get_by_role("link", name="MRC des Chenaux").click()
    expect(page.locator("main")).to_contain_text("Batiscan")
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger en XLSX").click()
    assert download.value.path().read_bytes().startswith(b"PK")
    page.get_by_role("link", name="MRC de Mékinac").click()
    expect(page.locator("main")).not_to_contain_text("Batiscan")
