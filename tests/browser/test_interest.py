"""A visitor sends her word from a phone, by keyboard; the coordination opens the démarche."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from appreciation.models import InterestRequest
from cms.public_forms import start_form
from tests.browser.sizes import PHONE
from tests.factories import InstrumentFactory, PlaceFactory, RoleAssignmentFactory
from tests.factories.starter_site import ensure_site_pages


@pytest.fixture
def territory():
    ensure_site_pages()
    InstrumentFactory(is_default=True)
    return PlaceFactory(territory=True, name="Territoire-Test")


def as_if_opened_earlier(page) -> None:
    """The page was opened five minutes ago: machines alone send it at once."""
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=5), tick=False):
        started = start_form("interest")
    page.locator("[name=started]").evaluate("(box, value) => { box.value = value }", started)


def test_a_phone_sends_a_word_by_keyboard(new_context, territory, assert_accessible):
    page = new_context(viewport=PHONE).new_page()
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Notre communauté est intéressée").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Notre communauté est intéressée")
    assert_accessible(page)
    page.get_by_label("Votre communauté").focus()
    page.keyboard.type("Baie-Témoin")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Ida Exemple")
    as_if_opened_earlier(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("un des deux suffit")
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible(page)
    expect(page.get_by_label("Votre nom")).to_have_value("Ida Exemple")
    page.get_by_label("Votre téléphone").fill("819 555-0101")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est reçu, merci!")
    assert_accessible(page)
    assert InterestRequest.objects.get().phone == "819 555-0101"


def test_the_coordinator_opens_the_demarche_and_invites(
    new_context, sign_in, territory, assert_accessible
):
    PlaceFactory(name="Baie-Témoin", parent=territory)
    interest = InterestRequest.objects.create(
        community="Baie-Témoin",
        territory=territory,
        name="Ida Exemple",
        email="ida@exemple.org",
        words="Nous avons une salle.",
        form_key="cle",
        erase_on=timezone.localdate() + dt.timedelta(days=365),
    )
    context = new_context()
    sign_in(context, RoleAssignmentFactory(place=territory).user)
    page = context.new_page()
    page.goto("/espace/")
    page.get_by_role("link", name="Une communauté intéressée attend une réponse").click()
    assert_accessible(page)
    page.get_by_role("link", name="Baie-Témoin").click()
    expect(page.get_by_text("Nous avons une salle.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Ouvrir une démarche").click()
    expect(page.get_by_label("Qui la demande?")).to_have_value("Des gens de Baie-Témoin")
    page.get_by_role("button", name="Ouvrir la démarche").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Baie-Témoin")
    page.goto(f"/espace/interets/{interest.pk}/")
    expect(page.get_by_role("heading", name="La démarche est ouverte")).to_be_visible()
    page.get_by_role("button", name="Inviter la personne qui animera").click()
    expect(page.get_by_label("Courriel de la personne")).to_have_value("ida@exemple.org")
