"""A resident finds the portrait of her village of 300 people on a phone, reads it and prints it."""

import io

import pikepdf
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, PHONE
from tests.factories.portraits import census_portraits

VILLAGE = "/communautes/saint-roch-de-mekinac/"


def test_a_resident_finds_reads_and_prints_the_portrait_of_her_village(
    new_context, assert_accessible
):
    census_portraits()
    page = new_context(viewport=PHONE).new_page()
    page.goto("/communautes/")
    assert_accessible(page)
    page.get_by_label("Un lieu").fill("roch")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Saint-Roch-de-Mékinac").click()
    expect(page.get_by_role("heading", level=1, name="Saint-Roch-de-Mékinac")).to_be_visible()
    expect(page.get_by_text("304 personnes").first).to_be_visible()
    strip = page.locator("#population-change-bande")
    expect(strip.get_by_role("img")).to_have_accessible_name(
        "Saint-Roch-de-Mékinac : 0,7 %; MRC de Mékinac : 3,3 %; Mauricie : 2,6 %"
    )
    numbers = strip.get_by_text("Voir les nombres")
    numbers.focus()
    page.keyboard.press("Enter")
    expect(strip.get_by_role("row", name="Mauricie 2,6 %")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]

    page.get_by_role("link", name="Feuille de lecture").click()
    expect(page.get_by_role("heading", name="Qu’est-ce qui vous surprend?")).to_be_visible()
    assert_accessible(page)
    at_the_library = new_context().new_page()
    at_the_library.goto(f"{VILLAGE}?vue=feuille")
    with pikepdf.open(io.BytesIO(at_the_library.pdf(format="Letter"))) as printed:
        assert len(printed.pages) == 2

    page.goto(f"{VILLAGE}?vue=projection")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
