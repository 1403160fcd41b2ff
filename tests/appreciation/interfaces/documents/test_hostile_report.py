"""A report whose every text is hostile: each format opens again and tells it all, as text."""

import csv
import dataclasses
import io
import zipfile
from collections.abc import Callable

import docx
import pikepdf
import pptx
import pytest
from docx.oxml.ns import qn
from pptx.oxml.ns import qn as slide_qn
from python_calamine import CalamineWorkbook

from appreciation.domain.report import Report
from appreciation.interfaces.documents.bulletin import bulletin_of
from appreciation.interfaces.documents.report_pdf import pdf_of
from appreciation.interfaces.documents.report_slides import slides_of
from appreciation.interfaces.documents.report_word import word_of
from appreciation.interfaces.documents.report_workbook import workbook_of
from appreciation.interfaces.documents.resident_image import image_of, words_of
from appreciation.interfaces.documents.resident_sheet import pdf_of as sheet_pdf
from appreciation.interfaces.documents.resident_sheet import sheet_of
from appreciation.interfaces.documents.resident_sheet import word_of as sheet_word
from appreciation.interfaces.report_document import report_rows
from core.csv_export import BYTE_ORDER_MARK, csv_lines
from tests.appreciation.interfaces.documents.told import file_of, told_words
from tests.factories.full_report import full_report, hostile
from tests.pdf_tags import squeezed, text_of

pytestmark = pytest.mark.once

HOSTILE = '=1+1\x00\x0b\x1b\ufffe 😀 \u202eمرحبا <b onclick=x>&amp;"]]>{{ x }} '
LONG = "mot à mot " * 1000


def latin(words: str) -> str:
    return "".join(sign for sign in squeezed(words) if "\x20" < sign < "\u0600")


def of_pdf(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return text_of(opened)


def of_word(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    parts = (document.element.body, section.header._element, section.footer._element)
    return "".join(each.text or "" for part in parts for each in part.iter(qn("w:t")))


def of_slides(content: bytes) -> str:
    deck = pptx.Presentation(io.BytesIO(content))
    parts = [part for each in deck.slides for part in (each.element, each.notes_slide.element)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        books = [name for name in archive.namelist() if name.endswith(".xlsx")]
        assert books
        for name in books:
            with zipfile.ZipFile(io.BytesIO(archive.read(name))) as book:
                assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    return "".join(each.text or "" for part in parts for each in part.iter(slide_qn("a:t")))


def of_workbook(content: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    assert [text for text in texts if text.startswith(("=", "+", "@", "\t"))] == []
    return " ".join(texts)


WHOLE: dict[str, tuple[Callable[[Report], bytes], Callable[[bytes], str]]] = {
    "pdf": (lambda report: pdf_of(file_of(report)), of_pdf),
    "word": (lambda report: word_of(file_of(report)), of_word),
    "workbook": (lambda report: workbook_of(file_of(report)), of_workbook),
}
SHORT: dict[str, tuple[Callable[[Report], bytes], Callable[[bytes], str]]] = {
    "slides": (lambda report: slides_of(file_of(report)), of_slides),
    "sheet-pdf": (lambda report: sheet_pdf(sheet_of(file_of(report))), of_pdf),
    "sheet-word": (lambda report: sheet_word(sheet_of(file_of(report))), of_word),
    "image-words": (lambda report: words_of(sheet_of(file_of(report))).encode(), bytes.decode),
    "bulletin": (lambda report: bulletin_of(sheet_of(file_of(report))).encode(), bytes.decode),
}


def long_report() -> Report:
    """10,000 signs where a person may write much."""
    plain = full_report()
    (evening,) = plain.meetings
    first, *others = evening.items
    talkative = dataclasses.replace(
        first, agreed=dataclasses.replace(first.agreed, reason=LONG, dissent=LONG)
    )
    return dataclasses.replace(
        plain,
        headline=LONG,
        lessons=LONG,
        meetings=(dataclasses.replace(evening, items=(talkative, *others)),),
        findings=tuple(dataclasses.replace(each, text=LONG) for each in plain.findings),
        actions=tuple(
            dataclasses.replace(each, title=LONG, first_step=LONG) for each in plain.actions
        ),
    )


@pytest.mark.parametrize("name", WHOLE)
def test_every_text_is_in_the_file_which_opens_again(name):
    make, read = WHOLE[name]
    report = hostile(full_report(), HOSTILE)

    told = latin(read(make(report)))

    assert [words for words in told_words(report) if latin(words) not in told] == []


@pytest.mark.parametrize("name", WHOLE)
def test_long_texts_are_whole(name):
    """Nine of them. Pages part some of them with what stands at their edges."""
    make, read = WHOLE[name]

    told = latin(read(make(long_report())))

    assert told.count("motà") > 9 * 1000 - 50


@pytest.mark.parametrize("name", SHORT)
@pytest.mark.parametrize(
    "report", [hostile(full_report(), HOSTILE), long_report()], ids=["signs", "long"]
)
def test_short_forms_open_again_and_show_signs_as_signs(name, report):
    make, read = SHORT[name]

    told = latin(read(make(report)))

    headline = latin(report.headline)[:60]
    assert headline[:15] in told
    assert "\x00" not in told
    if report.headline.startswith("="):
        assert latin('<b onclick=x>&amp;"]]>{{ x }}') in told


@pytest.mark.parametrize(
    "report", [hostile(full_report(), HOSTILE), long_report()], ids=["signs", "long"]
)
def test_the_image_is_drawn(report):
    assert image_of(sheet_of(file_of(report))).startswith(b"\x89PNG")


def test_the_csv_opens_again_without_a_formula():
    report = hostile(full_report(), HOSTILE)

    content = "".join(csv_lines(report_rows(report)))
    rows = list(csv.reader(io.StringIO(content.removeprefix(BYTE_ORDER_MARK)), delimiter=";"))

    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []
    for meeting in report.meetings:
        for item in meeting.items:
            assert f"'{item.text}" in cells
