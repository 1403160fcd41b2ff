"""The report in Word, read back with python-docx."""

import io
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from appreciation.interfaces.documents.report_source import Photo
from appreciation.interfaces.documents.report_word import word_of
from core.charts import LevelScale
from core.disclosure import TOO_FEW
from core.svg_images import svg_to_png
from tests.appreciation.interfaces.documents.told import file_of, told_counts, told_words
from tests.factories.full_report import LABELS, full_report
from tests.pdf_tags import squeezed

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def document(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        content = word_of(file_of(full_report(), copy_words="Copie de l’équipe."))
    return docx.Document(io.BytesIO(content))


def all_text(document) -> str:
    """Body, tables, header and footer: every text the file holds."""
    section = document.sections[0]
    parts = (document.element.body, section.header._element, section.footer._element)
    return "".join(each.text or "" for part in parts for each in part.iter(qn("w:t")))


def test_it_tells_all_that_the_screen_tells(document):
    written = squeezed(all_text(document))

    assert [words for words in told_words(full_report()) if squeezed(words) not in written] == []
    assert squeezed(TOO_FEW.capitalize()) in written
    assert squeezed("Copie de l’équipe.") in written


def test_the_numbers_stand_in_tables(document):
    rows = [[cell.text for cell in row.cells] for each in document.tables for row in each.rows]

    for name, levels, unknown in told_counts(full_report()):
        expected = [name, *map(str, levels), str(unknown)]
        assert any(row[: len(expected)] == expected for row in rows), name


def test_every_picture_says_its_numbers(document):
    described = [each.get("descr") for each in document.element.iter(qn("wp:docPr"))]
    scale = LevelScale(LABELS)

    assert all(described)
    for name, levels, unknown in told_counts(full_report()):
        sentence = f"{name}. {scale.in_words(levels, unknown)}."
        assert any(each.startswith(sentence) for each in described), sentence


def test_headings_go_down_one_by_one_and_tables_repeat_their_header(document):
    levels = [
        int(each.style.name[-1])
        for each in document.paragraphs
        if each.style.name.startswith("Heading")
    ]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    heads = [each.rows[0]._tr.trPr.find(qn("w:tblHeader")) for each in document.tables]
    assert heads
    assert all(each is not None for each in heads)


def test_captions_are_numbered_by_word(document):
    fields = [each.get(qn("w:instr")) for each in document.element.iter(qn("w:fldSimple"))]

    assert fields.count("SEQ Figure \\* ARABIC") == 4
    assert fields.count("SEQ Tableau \\* ARABIC") == 5


def test_each_page_says_its_reference_its_edition_and_that_it_is_a_demonstration(document):
    section = document.sections[0]

    assert section.header.paragraphs[0].text == "DÉMONSTRATION"
    footer = "AC-2026-7 · Adopté par le comité local, le 3\N{NO-BREAK SPACE}novembre"
    assert section.footer.paragraphs[0].text.startswith(footer)


def test_a_photo_is_in_the_file_and_one_that_is_lost_leaves_its_words():
    png = svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', 90)
    file = file_of(full_report())
    file.__dict__["photos"] = (Photo("Une affiche pleine de mots", png), Photo("Perdue", b""))

    document = docx.Document(io.BytesIO(word_of(file)))

    described = [each.get("descr") for each in document.element.iter(qn("wp:docPr"))]
    assert "Une affiche pleine de mots" in described
    assert "Perdue" in [each.text for each in document.paragraphs]


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

    document = docx.Document(io.BytesIO(word_of(file_of(report))))

    assert squeezed(report.headline) in squeezed(all_text(document))
