"""A visitor finds the same sheet three ways, keeps it and prints it."""

import pytest
from playwright.sync_api import Page, expect

from reference.models import Issue
from tests.browser.conftest import tab_to
from tests.factories.organisation import news, organisation_site
from tests.factories.places import PlaceFactory
from tests.factories.practices import practice
from tests.factories.register import publish_entry

TITLE = "La navette du mardi"


@pytest.fixture
def site():
    places = organisation_site()
    transport, food = Issue.objects.get(code="transport"), Issue.objects.get(code="food_security")
    practice(title=TITLE, issues=[transport])
    practice(title="Le jardin des deux rives", summary="Un jardin ouvert.", issues=[food])
    news(title="Un marché le samedi")
    publish_entry(place=PlaceFactory(name="Rivière-Exemple", parent=places["350"]))


def by_the_search_of_the_site(page: Page, assert_accessible) -> None:
    """By keyboard alone, a finger having slipped."""
    page.goto("/")
    assert_accessible(page)
    tab_to(page, page.get_by_label("Que cherchez-vous?"))
    page.keyboard.type("nvaette mardi")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Résultats pour navette mardi")).to_be_visible()
    assert_accessible(page)
    tab_to(page, page.get_by_role("link", name=TITLE))
    page.keyboard.press("Enter")


def by_the_facets(page: Page) -> None:
    page.get_by_role("navigation", name="Principale", exact=True).get_by_text("Pratiques").click()
    page.get_by_label("Transport collectif").check()
    page.get_by_role("button", name="Appliquer").click()
    expect(page.locator("#resultats")).to_have_text("1 pratique")
    page.get_by_role("link", name=TITLE).click()


def by_its_issue(page: Page) -> None:
    page.get_by_role("navigation", name="Principale", exact=True).get_by_text("Enjeux").click()
    page.get_by_role("link", name="Transport collectif").click()
    page.get_by_role("link", name=TITLE).click()


def test_found_three_ways_then_kept_and_printed(new_context, assert_accessible, site):
    page = new_context().new_page()
    heading = page.get_by_role("heading", level=1, name=TITLE)
    by_the_search_of_the_site(page, assert_accessible)
    expect(heading).to_be_visible()
    by_the_facets(page)
    expect(heading).to_be_visible()
    by_its_issue(page)
    expect(heading).to_be_visible()
    page.get_by_role("button", name="Garder dans ma sélection").click()
    page.emulate_media(media="print")
    expect(heading).to_be_visible()
    for hidden in (".site-header", ".site-footer", ".crumbs", ".useful"):
        expect(page.locator(hidden)).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Ma sélection (1)").first.click()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()


def test_nothing_is_a_dead_end_on_a_narrow_phone_in_the_dark(new_context, assert_accessible, site):
    page = new_context(viewport={"width": 320, "height": 568}, color_scheme="dark").new_page()
    page.goto("/a-propos/")
    page.get_by_label("Chercher sur le site").fill("licorne navette")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Aucun résultat")
    assert_accessible(page)
    page.get_by_role("link", name="navette", exact=True).click()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.goto("/")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")
