"""An evening without network: the kit printed before, sheets typed after, the report at once.

The papers are read back as files: what was typed is what the Word and the PDF say.
"""

import io
import zipfile

import docx
import pikepdf
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from appreciation.interfaces.documents.making import run_exports
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    MeetingFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

SHEETS = ("134", "144", "234", "244", "34n")
"""Five sheets of three statements, as they are read aloud; n: « Je ne sais pas »."""
COUNTS = [(2, 2, 1, 0), (0, 0, 2, 3), (0, 0, 0, 4)]
"""At each level, statement by statement."""


@pytest.fixture
def meeting():
    appraisal = AppraisalFactory(
        at_meeting=True,
        announced_level="full",
        instrument=InstrumentFactory(with_items=3),
        place__name="Rivière-Témoin",
    )
    return MeetingFactory(appraisal=appraisal, open=True, head_count=5)


@pytest.fixture
def page(new_context, sign_in, meeting) -> Page:
    elise = UserFactory(first_name="Élise", last_name="Meneuse")
    MembershipFactory(appraisal=meeting.appraisal, user=elise)
    context = new_context()
    sign_in(context, elise)
    return context.new_page()


def made(page: Page, code: str) -> bytes:
    """Ask for a long document; the worker looks; the page says it is ready by itself."""
    line = page.locator(f"#{code}")
    line.get_by_role("button").click()
    expect(line.get_by_role("progressbar")).to_be_visible()
    run_exports(timezone.now())
    with page.expect_download() as download:
        line.get_by_role("link", name="Prendre le fichier").click()
    return download.value.path().read_bytes()


def test_from_the_kit_to_the_report_without_network(
    page, meeting, private_files, assert_accessible
):
    documents = f"/espace/demarches/{meeting.appraisal.reference}/documents/"
    page.goto(documents)
    assert_accessible(page)
    with zipfile.ZipFile(io.BytesIO(made(page, "trousse-zip"))) as kit:
        assert kit.testzip() is None
        assert "00-LISEZ-MOI.txt" in kit.namelist()
        assert any("feuilles" in name for name in kit.namelist())

    page.goto(f"/espace/rencontres/{meeting.reference}/feuilles/")
    for number, sheet in enumerate(SHEETS, start=1):
        for key in (*sheet, "Enter"):
            page.keyboard.press(key)
        expect(page.get_by_text(f"Feuille {number} enregistrée", exact=True)).to_be_visible()
    page.goto(f"/espace/rencontres/{meeting.reference}/")
    page.locator("summary", has_text="Fermer la rencontre").click()
    page.get_by_role("button", name="Oui, fermer la rencontre").click()
    page.get_by_role("button", name="Saisie terminée").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La saisie est terminée")

    page.goto(documents)
    word = docx.Document(io.BytesIO(made(page, "rapport-word")))
    told = counts_told(word)
    assert [told[name] for name in dimensions_of(meeting)] == COUNTS
    with pikepdf.open(io.BytesIO(made(page, "rapport-pdf"))) as report:
        assert bool(report.Root.MarkInfo.Marked)
        assert len(report.pages) >= 1


def dimensions_of(meeting) -> list[str]:
    asked = meeting.instrument.instrument_dimensions.order_by("position")
    return [str(each) for each in asked.select_related("dimension")]


def counts_told(word) -> dict[str, tuple[int, ...]]:
    """What each statement got at each level, from the tables of the document."""
    rows = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    return {row[0]: tuple(map(int, row[1:5])) for row in rows if all_numbers(row[1:5])}


def all_numbers(cells: list[str]) -> bool:
    return len(cells) == 4 and all(cell.isdigit() for cell in cells)
