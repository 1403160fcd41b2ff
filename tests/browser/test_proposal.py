"""A visitor proposes a practice from a narrow phone, by keyboard; the editor begins a sheet."""

import datetime as dt

import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from background.models import OutgoingMail
from cms.public_forms import start_form
from pratiques.domain.proposals import confirm_proposal
from pratiques.models import PracticePage, PracticeProposal
from tests.browser.conftest import tab_to
from tests.factories import PlaceFactory, UserFactory
from tests.factories.starter_site import ensure_site_pages
from tests.hostile_files import jpeg_with_place

NARROW = {"width": 360, "height": 740}


def as_if_opened_earlier(page) -> None:
    """The page was opened five minutes ago: machines alone send it at once."""
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=5), tick=False):
        started = start_form("proposal")
    page.locator("[name=started]").evaluate("(box, value) => { box.value = value }", started)


def fill_without_error(page) -> None:
    as_if_opened_earlier(page)
    page.get_by_label("Qu’est-ce qui a été fait, et où?").fill("Une navette à Baie-Témoin.")
    page.get_by_label("Qu’est-ce que ça a donné?").fill("Douze personnes y montent.")
    page.get_by_label("Le nom de l’organisme").fill("Comité fictif")
    page.get_by_label("Son téléphone").fill("819 555-0142")
    page.get_by_label("Votre courriel").fill("ida@exemple.org")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reste un clic")


def choose_photo(page) -> None:
    tab_to(page, page.get_by_label("Une photo"))
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": jpeg_with_place()}
    )


def test_proposed_by_keyboard_then_confirmed(new_context, assert_accessible):
    ensure_site_pages()
    territory = PlaceFactory(territory=True, name="Territoire-Test")
    page = new_context(viewport=NARROW).new_page()
    # From now on: asked for as the key is struck, the choice may be shown before it is awaited.
    page.on("filechooser", lambda _choice: None)
    page.goto("/pratiques/proposer/")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    tab_to(page, page.get_by_label("Qu’est-ce qui a été fait, et où?"))
    page.keyboard.type("Une navette le mardi, à Baie-Témoin.")
    page.keyboard.press("Tab")
    page.keyboard.press("T")
    page.keyboard.press("Tab")
    page.keyboard.type("Douze personnes vont à l’épicerie.")
    page.keyboard.press("Tab")
    page.keyboard.type("Comité fictif")
    page.keyboard.press("Tab")
    page.keyboard.type("819 555-0142")
    choose_photo(page)
    as_if_opened_earlier(page)
    tab_to(page, page.get_by_role("button", name="Envoyer"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Écrivez votre courriel")
    expect(page.get_by_role("alert")).to_contain_text("Choisissez de nouveau votre photo")
    expect(page.get_by_label("Son téléphone")).to_have_value("819 555-0142")
    assert_accessible(page)
    choose_photo(page)
    tab_to(page, page.get_by_label("Votre courriel"))
    page.keyboard.type("ida@exemple.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reste un clic")
    assert_accessible(page)
    proposal = PracticeProposal.objects.get()
    assert (proposal.territory, bool(proposal.photo)) == (territory, True)
    assert OutgoingMail.objects.filter(kind="proposal_confirm").count() == 1
    page.goto(f"/pratiques/propositions/confirmer/{proposal.confirmation_token}/")
    assert_accessible(page)
    tab_to(page, page.get_by_role("button", name="Oui, je confirme"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est reçu, merci!")


def test_back_and_sent_again_is_one_proposal_that_an_editor_begins(new_context, sign_in):
    ensure_site_pages()
    page = new_context(viewport=NARROW, javascript=True).new_page()
    page.goto("/pratiques/proposer/")
    fill_without_error(page)
    page.go_back()
    fill_without_error(page)
    proposal = PracticeProposal.objects.get()
    assert OutgoingMail.objects.filter(kind="proposal_confirm").count() == 1
    confirm_proposal(proposal=proposal, now=timezone.now())
    context = new_context()
    sign_in(context, UserFactory(is_superuser=True))
    admin = context.new_page()
    admin.goto("/admin/pratiques/propositions/")
    admin.get_by_role("link", name=proposal.receipt).click()
    admin.get_by_role("button", name="Commencer une fiche").click()
    expect(admin.get_by_role("heading", name="Ce qui a changé depuis")).to_be_visible()
    sheet = PracticePage.objects.get()
    assert (sheet.live, sheet.holder_name) == (False, "Comité fictif")
