"""A resident reads the regional synthesis: phone, narrow screen, keyboard, paper."""

import io

import pikepdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appreciation.domain.synthesis.files import prepare_public_files
from appreciation.enums import ExportState
from appreciation.models import ExportJob
from tests.browser.sizes import NARROW, PHONE
from tests.factories.starter_site import ensure_site_pages
from tests.factories.syntheses import edition_out

pytestmark = pytest.mark.browser
ADDRESS = "/syntheses/mauricie-2026/"


def test_a_resident_reads_the_synthesis_and_prints_its_plain_sheet(new_context, assert_accessible):
    ensure_site_pages()
    edition_out()
    prepare_public_files(timezone.now())
    ExportJob.objects.update(state=ExportState.READY, size=12_000)
    page = new_context(viewport=PHONE).new_page()
    page.goto("/syntheses/")
    assert_accessible(page)
    page.get_by_role("link", name="Synthèse régionale 2026").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Partout, on est attaché")
    assert_accessible(page)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    matrix = page.get_by_role("region", name="Par dimension et par démarche, sur une échelle de 4")
    matrix.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft > 0", arg=matrix.element_handle())
    expect(page.get_by_role("link", name="Diaporama (PPTX, 12")).to_be_visible()

    page.goto(f"{ADDRESS}?histoire=d1")
    assert_accessible(page)
    page.goto(f"{ADDRESS}?vue=feuille")
    assert_accessible(page)
    with pikepdf.open(io.BytesIO(page.pdf(format="Letter"))) as printed:
        assert len(printed.pages) == 1
