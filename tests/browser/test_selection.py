"""« Ma sélection » as a reader uses it: kept on a phone, shortened, shared, printed, taken away."""

import io
from pathlib import Path

import docx
from playwright.sync_api import expect

from appreciation.models import AppraisalPage
from tests.browser.sizes import PHONE
from tests.factories import PlaceFactory
from tests.factories.practices import practice
from tests.factories.register import publish_entry
from tests.pdf_text import page_texts

REFUSES = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("Refusé", "SecurityError") } })"""


def keep(page, address: str, kept: int) -> None:
    page.goto(address)
    page.get_by_role("button", name="Garder dans ma sélection").click()
    expect(page.get_by_text("Gardée sur cet appareil.")).to_be_visible()
    expect(page.get_by_role("link", name=f"Ma sélection ({kept})").first).to_be_visible()


def downloaded(page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return Path(download.value.path()).read_bytes()


def test_kept_on_a_phone_shortened_shared_printed_and_taken_along(new_context, assert_accessible):
    bus = practice(title="Navette du mardi", contact_phone="819 555-0101")
    garden = practice(title="Jardin de la gare")
    publish_entry(place=PlaceFactory(name="Val-Essai"))
    entry = AppraisalPage.objects.get()
    page = new_context(viewport=PHONE, accept_downloads=True).new_page()
    for number, each in enumerate((bus, garden, entry), start=1):
        keep(page, each.url, number)

    page.get_by_role("link", name="Ma sélection (3)").first.click()
    titles = page.locator("main li h2")
    expect(titles).to_have_text(["Navette du mardi", "Jardin de la gare", "Val-Essai, 2026"])
    assert_accessible(page)

    garden.unpublish()
    page.reload()
    expect(page.get_by_text("Cette page n’est plus en ligne")).to_be_visible()
    expect(titles).to_have_text(["Navette du mardi", "Val-Essai, 2026"])
    expect(page.get_by_role("link", name="Ma sélection (2)")).to_be_visible()

    page.get_by_role("button", name="Retirer de ma sélection\xa0: Val-Essai, 2026").focus()
    page.keyboard.press("Enter")
    expect(titles).to_have_text(["Navette du mardi"])
    expect(page.get_by_text("Retirée\xa0: Val-Essai, 2026.")).to_be_visible()
    expect(page.get_by_role("button", name="Retirer de ma sélection")).to_be_focused()
    assert page.url.endswith(f"/ma-selection/?p={bus.pk}")

    pdf = "".join(page_texts(downloaded(page, "PDF")))
    assert "Navette du mardi" in pdf
    assert "819 555-0101" in pdf
    word = docx.Document(io.BytesIO(downloaded(page, "Word")))
    said = "\n".join(each.text for each in word.paragraphs)
    assert "Navette du mardi" in said
    assert "Val-Essai" not in said

    page.emulate_media(media="print")
    expect(page.get_by_text(f"/pratiques/{bus.slug}/", exact=False).first).to_be_visible()
    expect(page.get_by_role("link", name="PDF")).to_be_hidden()
    page.emulate_media(media="screen")

    shared = page.locator("[data-selection-share]").get_attribute("href")
    other = new_context().new_page()
    other.goto(shared)
    other.get_by_role("button", name="Garder sur cet appareil").click()
    expect(other.get_by_text("Gardée sur cet appareil.")).to_be_visible()
    expect(other.get_by_role("link", name="Ma sélection (1)")).to_be_visible()
    other.goto("/ma-selection/")
    expect(other.locator("main li h2")).to_have_text(["Navette du mardi"])
    other.get_by_role("button", name="Retirer de ma sélection").click()
    expect(other.get_by_text("Rien n’est gardé pour l’instant")).to_be_visible()


def test_put_in_order_by_keyboard_and_the_files_follow(new_context, assert_accessible):
    sheets = [practice(title=f"Pratique {letter}") for letter in "ABC"]
    first, second, third = (sheet.pk for sheet in sheets)
    page = new_context(viewport=PHONE, accept_downloads=True).new_page()
    for number, each in enumerate(sheets, start=1):
        keep(page, each.url, number)
    page.get_by_role("link", name="Ma sélection (3)").first.click()
    titles = page.locator("main li h2")
    expect(page.get_by_role("button", name="Monter\xa0: Pratique A")).to_be_disabled()

    page.get_by_role("button", name="Monter\xa0: Pratique C").focus()
    page.keyboard.press("Enter")
    expect(titles).to_have_text(["Pratique A", "Pratique C", "Pratique B"])
    expect(page.get_by_text("Pratique C\xa0: 2 sur 3.")).to_be_visible()
    expect(page.get_by_role("button", name="Monter\xa0: Pratique C")).to_be_focused()
    page.keyboard.press("Enter")
    expect(titles).to_have_text(["Pratique C", "Pratique A", "Pratique B"])
    expect(page.get_by_role("button", name="Descendre\xa0: Pratique C")).to_be_focused()
    assert page.url.endswith(f"/ma-selection/?p={third},{first},{second}")
    assert_accessible(page)

    written = "".join(page_texts(downloaded(page, "PDF")))
    assert written.index("Pratique C") < written.index("Pratique A") < written.index("Pratique B")
    page.goto("/ma-selection/")
    expect(titles).to_have_text(["Pratique C", "Pratique A", "Pratique B"])

    plain = new_context(javascript=False).new_page()
    plain.goto(f"/ma-selection/?p={third},{first}")
    plain.get_by_role("button", name="Descendre\xa0: Pratique C").click()
    expect(plain.locator("main li h2")).to_have_text(["Pratique A", "Pratique C"])


def test_where_nothing_can_be_kept_the_page_says_so_kindly(new_context):
    sheet = practice(title="Navette du mardi")
    page = new_context().new_page()
    page.add_init_script(REFUSES)
    page.goto(sheet.url)
    page.get_by_role("button", name="Garder dans ma sélection").click()
    expect(page.get_by_text("Votre navigateur ne garde rien ici.")).to_be_visible()
    plain = new_context(javascript=False).new_page()
    plain.goto("/ma-selection/")
    expect(plain.get_by_text("Sans JavaScript, votre appareil ne peut pas")).to_be_visible()
    plain.goto(f"/ma-selection/?p={sheet.pk}")
    expect(plain.get_by_role("heading", name="Navette du mardi")).to_be_visible()
    expect(plain.get_by_role("button", name="ma sélection")).to_have_count(0)
