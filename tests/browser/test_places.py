"""Portraits as people use them: a resident on her phone, and the editor who brings the figures."""

import io

import pikepdf
from django.utils import timezone
from playwright.sync_api import FilePayload, expect

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from appreciation.domain.place_pages import ensure_place_pages
from appreciation.models import PlaceFact, PlacePage
from cms.imports import jobs
from cms.imports.figures import FIGURES
from reference.domain.imports.places import load_seed
from reference.domain.indicators import ensure_portrait_list
from reference.models import Indicator, IndicatorValue, Place, PortraitItem
from tests.browser.sizes import NARROW, PHONE
from tests.factories import UserFactory
from tests.factories.portraits import census_portraits
from tests.factories.starter_site import ensure_site_pages
from tests.reference.figures import LONG, LONG_MAPPING

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


def test_an_editor_brings_figures_and_a_resident_reads_them(new_context, sign_in, private_files):
    load_seed()
    ensure_site_pages()
    ensure_portrait_list()
    ensure_place_pages(Place.objects.filter(slug="saint-tite"))
    editor = UserFactory()
    region = Place.objects.get(kind="region")
    assign_role(user=editor, role=RoleAssignment.Role.EDITOR, place=region)
    context = new_context()
    context.watched.expected_statuses.add(422)
    sign_in(context, editor)
    page = context.new_page()
    page.goto("/admin/")
    page.locator("#wagtail-sidebar").get_by_role("link", name="Importer des chiffres").click()
    send(page, "99999;population;2021;12;\n")
    expect(page.get_by_text("sans doute le fichier d’une autre région")).to_be_visible()
    send(page, "35027;population;2016;3700;\n35027;population;2021;3672;\n")
    expect(page.get_by_text("Rien n’est encore enregistré")).to_be_visible()
    expect(page.get_by_role("row", name="Saint-Tite").first).to_be_visible()
    assert not IndicatorValue.objects.exists()
    page.get_by_role("button", name="Importer", exact=True).press("Enter")
    expect(page.get_by_role("progressbar")).to_be_visible()
    jobs.run_imports(FIGURES, timezone.now())
    expect(page.get_by_text("L’import est fini.")).to_be_visible()
    page.get_by_role("link", name="Choisir ce que les portraits montrent").click()
    expect(page.get_by_text("13 chiffres des portraits")).to_be_visible()

    resident = new_context(viewport=PHONE).new_page()
    resident.goto("/communautes/saint-tite/")
    expect(resident.get_by_text("3 672 personnes").first).to_be_visible()
    expect(resident.get_by_text("28 personnes de moins qu’en 2016").first).to_be_visible()


def send(page, lines: str) -> None:
    page.get_by_label("Correspondance des colonnes").select_option("own")
    for number, (name, text) in enumerate(
        (("chiffres.csv", LONG + lines), ("essai.toml", LONG_MAPPING))
    ):
        file = FilePayload(name=name, mimeType="text/plain", buffer=text.encode())
        page.locator("input[type=file]").nth(number).set_input_files(file)
    page.get_by_role("button", name="Voir ce que ça donnerait").click()
