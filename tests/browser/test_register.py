"""The public register in a real browser: by keyboard, without JavaScript, at every level."""

import pytest
from playwright.sync_api import Page, expect

from appreciation.domain.publications import publish, withdraw
from appreciation.enums import Phase, PublicationLevel
from reference.models import Place
from tests.browser.conftest import tab_to
from tests.browser.sizes import NARROW, PHONE
from tests.factories import PlaceFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.register import publish_entry, publish_historical
from tests.factories.starter_site import ensure_site_pages

ENTRY = "/demarches/riviere-exemple-2026/"


@pytest.fixture
def register():
    """Three entries in two territories, one of them historical."""
    ensure_site_pages()
    mekinac = PlaceFactory(territory=True, name="MRC de Mékinac")
    chenaux = PlaceFactory(territory=True, name="MRC des Chenaux")
    publish_entry(place=PlaceFactory(name="Rivière-Témoin", parent=mekinac), phase=Phase.FOLLOW_UP)
    publish_entry(
        place=PlaceFactory(name="Val-Essai", parent=chenaux),
        summary="Le taxi bénévole du village.",
    )
    publish_historical(place=PlaceFactory(name="Rang-Ancien", parent=mekinac))


def places(page: Page) -> list[str]:
    return page.locator(".entries h3").all_inner_texts()


def test_filtering_by_keyboard(page, register):
    page.goto("/demarches/")
    assert len(places(page)) == 3
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    box = f"[name=territoire][value={Place.objects.get(name='MRC de Mékinac').slug}]"
    tab_to(page, box)
    page.keyboard.press("Space")
    tab_to(page, ".facets button")
    page.keyboard.press("Enter")
    page.wait_for_url("**territoire=*")
    expect(page.locator(".results-head").get_by_role("status")).to_have_text("2 démarches")
    assert places(page) == ["Rivière-Témoin, 2026", "Rang-Ancien, 2018"]
    expect(page.locator(box)).to_be_checked()
    tab_to(page, "#q")
    page.keyboard.type("tour")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=tour*")
    assert places(page) == ["Rang-Ancien, 2018"]
    tab_to(page, ".tags .small")
    page.keyboard.press("Enter")
    expect(page.locator(".results-head").get_by_role("status")).to_have_text("3 démarches")


@pytest.mark.parametrize("viewport", [PHONE, NARROW])
def test_searching_and_reading_without_javascript(new_context, register, viewport):
    page = new_context(javascript=False, viewport=viewport).new_page()
    page.goto("/demarches/")
    page.get_by_label("Un lieu, un mot").fill("TAXIS benevoles")
    page.locator("#contenu").get_by_role("button", name="Chercher").click()
    expect(page.locator(".results-head").get_by_role("status")).to_have_text("1 démarche")
    expect(page.get_by_label("Un lieu, un mot")).to_have_value("TAXIS benevoles")
    page.get_by_role("link", name="Val-Essai, 2026").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Val-Essai, 2026")


def test_the_map_and_the_table_by_keyboard(page, register, assert_accessible):
    page.goto("/demarches/")
    tab_to(page, ".views a[href*=carte]")
    page.keyboard.press("Enter")
    page.wait_for_url("**vue=carte")
    assert_accessible(page)
    tab_to(page, ".map-skip a")
    expect(page.get_by_role("link", name="Passer la carte")).to_be_in_viewport()
    page.keyboard.press("Tab")
    mark = page.locator(".territory-map a:focus")
    assert mark.get_attribute("aria-label") == "Mékinac\xa0: 2"
    expect(page.get_by_role("row", name="Mékinac 2")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**territoire=*")
    assert places(page) == ["Rivière-Témoin, 2026", "Rang-Ancien, 2018"]
    page.goto("/demarches/?vue=tableau")
    expect(page.get_by_role("row")).to_have_count(4)
    assert_accessible(page)


def test_a_search_without_answer_shows_the_way_back(page, register):
    page.goto("/demarches/?q=inexistant")
    expect(page.locator(".results-head").get_by_role("status")).to_have_text("Aucune démarche")
    page.get_by_role("link", name="affichez toutes les démarches").click()
    expect(page.locator(".results-head").get_by_role("status")).to_have_text("3 démarches")


def test_the_csv_follows_the_filters(page, register):
    page.goto("/demarches/?q=taxi")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = download.value.path().read_bytes().decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("val-essai-2026;Val-Essai;MRC des Chenaux;2026;")


def test_a_territory_of_the_circle_leads_to_its_entries(page, register):
    page.goto("/")
    page.get_by_role("link", name="Les Chenaux, 1 démarche").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**territoire=*")
    assert places(page) == ["Val-Essai, 2026"]


def test_a_historical_entry_says_so_and_gives_its_pdf(page, register):
    page.goto("/demarches/rang-ancien-2018/")
    expect(page.get_by_text("Historique, non comparable.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Lire le rapport").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("address", ["/", "/demarches/", "/demarches/?q=inexistant"])
def test_lists_are_accessible(page, register, assert_accessible, address):
    page.goto(address)
    assert_accessible(page)


def test_an_empty_register_is_accessible(page, assert_accessible):
    ensure_site_pages()
    page.goto("/demarches/")
    expect(page.get_by_text("Aucune démarche n’est encore publiée.")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("level", ["full", "summary", "region"])
def test_an_entry_is_accessible_at_each_level(new_context, sign_in, lead, assert_accessible, level):
    appraisal = adopted_appraisal(lead=lead, every_item=True)
    publish(appraisal=appraisal, level=level, user=lead)
    context = new_context()
    if level == PublicationLevel.REGION:
        sign_in(context, lead)
    page = context.new_page()
    page.goto(ENTRY)
    expect(page.get_by_role("heading", level=1)).to_have_text("Rivière-Exemple, 2026")
    assert page.locator(".chart-bar").count() == (0 if level == "summary" else 3)
    assert_accessible(page)


def test_a_historical_entry_is_accessible(page, register, assert_accessible):
    page.goto("/demarches/rang-ancien-2018/")
    assert_accessible(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_public_never_reads_the_region_level(new_context, lead, javascript):
    publish(appraisal=adopted_appraisal(lead=lead), level=PublicationLevel.REGION, user=lead)
    context = new_context(javascript=javascript)
    context.watched.expected_statuses.add(404)
    page = context.new_page()
    response = page.goto(ENTRY)
    assert response.status == 404
    assert "On s’entraide" not in page.content()


def test_withdrawn_and_unknown_addresses_are_accessible(new_context, lead, assert_accessible):
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level=PublicationLevel.FULL, user=lead)
    context = new_context()
    context.watched.expected_statuses |= {404, 410}
    page = context.new_page()
    assert page.goto(ENTRY).status == 200
    withdraw(appraisal=appraisal, user=lead, reason="Raison interne")
    for address, status in ((ENTRY, 410), ("/demarches/inconnue/", 404)):
        assert page.goto(address).status == status
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_accessible(page)


def test_sign_in_is_accessible(page, assert_accessible):
    page.goto("/comptes/connexion/")
    assert_accessible(page)


def test_on_paper_an_entry_keeps_its_report_and_drops_the_menus(page, lead):
    publish(appraisal=adopted_appraisal(lead=lead), level=PublicationLevel.FULL, user=lead)
    page.goto(ENTRY)
    page.emulate_media(media="print")
    for hidden in (".site-header", ".site-footer", ".crumbs"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.get_by_text("On s’entraide quand ça compte")).to_be_visible()
    expect(page.get_by_text("le comité local")).to_be_visible()
    assert len(page.pdf(format="Letter")) > 10_000
