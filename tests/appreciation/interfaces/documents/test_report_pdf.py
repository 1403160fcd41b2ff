"""The report in PDF, read back tag by tag and sign by sign."""

import io
from itertools import pairwise

import pikepdf
import pytest

from appreciation.interfaces.documents.report_pdf import pdf_of
from core.charts import LevelScale
from core.disclosure import TOO_FEW
from tests.appreciation.interfaces.documents.told import file_of, told_counts, told_words
from tests.factories.full_report import LABELS, full_report
from tests.pdf_tags import squeezed, tags, text_of

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def document(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        content = pdf_of(file_of(full_report(), copy_words="Copie de l’équipe."))
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def kinds(document) -> list[str]:
    return [str(each.S) for each in tags(document.Root.StructTreeRoot)]


def test_it_is_pdf_ua_tagged_titled_and_in_french(document):
    root = document.Root
    assert str(root.Lang) == "fr-CA"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == full_report().title


def test_headings_go_down_one_by_one_and_are_bookmarks(document):
    levels = [int(kind[2:]) for kind in kinds(document) if kind[1:] in ("H1", "H2", "H3", "H4")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    with document.open_outline() as outline:
        (top,) = outline.root
        assert "Ce que le groupe en dit" in [each.title for each in top.children]


def test_every_bar_has_its_numbers_in_words(document):
    figures = [each for each in tags(document.Root.StructTreeRoot) if each.S == "/Figure"]
    spoken = {str(each.get("/Alt", "")) for each in figures}
    scale = LevelScale(LABELS)

    for name, levels, unknown in told_counts(full_report()):
        sentence = f"{name}. {scale.in_words(levels, unknown)}."
        assert any(each.startswith(sentence) for each in spoken), sentence


def test_every_figure_says_something(document):
    figures = [each for each in tags(document.Root.StructTreeRoot) if each.S == "/Figure"]

    assert figures
    assert [each for each in figures if not str(each.get("/Alt", "")).strip()] == []


def test_every_cell_names_its_headers(document):
    elements = tags(document.Root.StructTreeRoot)
    identified = {str(each.ID) for each in elements if each.S == "/TH" and "/ID" in each}
    cells = [each for each in elements if each.S == "/TD"]

    assert len(cells) > 50
    for cell in cells:
        named = {str(each) for each in cell.A.get("/Headers", [])}
        assert named
        assert named <= identified


def test_fonts_are_in_the_file(document):
    fonts = [font for page in document.pages for font in page.Resources.Font.values()]
    descriptors = [each.DescendantFonts[0].FontDescriptor for each in fonts]

    assert descriptors
    assert all("/FontFile2" in each or "/FontFile3" in each for each in descriptors)


def test_it_tells_all_that_the_screen_tells(document):
    drawn = text_of(document)

    assert [words for words in told_words(full_report()) if squeezed(words) not in drawn] == []
    assert squeezed(TOO_FEW) in drawn
    assert squeezed("Copie de l’équipe.") in drawn


def test_the_numbers_stand_in_their_table(document):
    drawn = text_of(document)

    for name, levels, unknown in told_counts(full_report()):
        assert squeezed("".join(map(str, (name, *levels, unknown)))) in drawn, name


def test_every_page_says_its_reference_its_edition_its_number_and_that_it_is_a_demonstration(
    document,
):
    total = len(document.pages)
    for number, page in enumerate(document.pages, 1):
        single = pikepdf.new()
        single.pages.append(page)
        drawn = text_of(single)
        assert squeezed("AC-2026-7 · Adopté par le comité local, le 3 novembre 2026") in drawn
        assert f"{number}/{total}" in drawn
        assert "DÉMONSTRATION" in drawn


def test_a_draft_says_so_and_a_real_report_is_no_demonstration(time_machine):
    time_machine.move_to("2026-11-12 12:00-05:00")
    report = full_report(adopted_on=None, adopted_by="", is_demo=False)

    with pikepdf.open(io.BytesIO(pdf_of(file_of(report)))) as opened:
        drawn = text_of(opened)

    assert squeezed("Version de travail du 12 novembre 2026, pas encore adoptée") in drawn
    assert "DÉMONSTRATION" not in drawn


def test_a_report_with_nothing_told_yet_is_still_a_document():
    report = full_report(
        meetings=(),
        findings=(),
        quotes=(),
        actions=(),
        room_words=(),
        portrait=None,
        comparison=None,
        lessons="",
    )

    with pikepdf.open(io.BytesIO(pdf_of(file_of(report)))) as opened:
        assert squeezed(report.headline) in text_of(opened)
