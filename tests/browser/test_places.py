"""A resident finds the portrait of her village of 300 people on a phone, reads it and prints it."""

import io

import pikepdf
from playwright.sync_api import expect

from appreciation.models import PlaceFact, PlacePage
from reference.models import Indicator, PortraitItem
from tests.browser.conftest import NARROW, PHONE
from tests.factories.portraits import census_portraits

VILLAGE = "/communautes/saint-roch-de-mekinac/"


def pages_printed(page) -> list[int]:
    """On Letter, then on A4."""
    counts = []
    for paper in ("Letter", "A4"):
        with pikepdf.open(io.BytesIO(page.pdf(format=paper))) as printed:
            counts.append(len(printed.pages))
    return counts


def much_to_say() -> None:
    """As many figures as there are, and six long local facts: the sheet stays one of two sides."""
    here = PlacePage.objects.get(slug="saint-roch-de-mekinac")
    for number in range(6):
        PlaceFact.objects.create(
            page=here, kind="school", words=f"{number} {'l’école ouvre ' * 20}", year=2026
        )
    chosen = PortraitItem.objects.values("indicator")
    PortraitItem.objects.bulk_create(
        PortraitItem(indicator=each, position=99)
        for each in Indicator.objects.exclude(pk__in=chosen)
    )


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
    assert pages_printed(page) == [2, 2]
    at_the_library = new_context().new_page()
    at_the_library.goto(f"{VILLAGE}?vue=feuille")
    assert pages_printed(at_the_library) == [2, 2]
    much_to_say()
    at_the_library.reload()
    expect(at_the_library.get_by_text("autres chiffres, sur la page du portrait")).to_be_visible()
    assert pages_printed(at_the_library) == [2, 2]

    page.goto(f"{VILLAGE}?vue=projection")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
