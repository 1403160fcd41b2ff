"""Copies that differ by their number, and parts that each start on a recto."""

import io

import pikepdf
import pytest

from core.pdf import Press
from core.print_job import bound, numbered, on_rectos
from tests.pdf_tags import tags
from tests.pdf_text import page_texts

pytestmark = pytest.mark.once


def page(body: str) -> str:
    return f'<html lang="fr-CA"><head><title>Feuilles</title></head><body>{body}</body></html>'


SHEET = page('<h1>Recto</h1><p class="new-page">Verso</p>')
NUMBERS = page('<p>Feuille 7</p><p class="new-page">Feuille 8</p>')


def test_each_copy_carries_its_number_on_both_sides():
    press = Press()
    sheet = press.lay_out(SHEET)
    pages = numbered(sheet, press.lay_out(NUMBERS))
    content = bound(sheet, pages)
    said = page_texts(content)
    assert [("Recto" in text, "Verso" in text) for text in said] == [
        (True, False),
        (False, True),
    ] * 2
    assert [text.count("Feuille 7") for text in said] == [1, 1, 0, 0]
    assert [text.count("Feuille 8") for text in said] == [0, 0, 1, 1]


def test_the_copies_are_tagged_and_titled():
    press = Press()
    sheet = press.lay_out(SHEET)
    with pikepdf.open(io.BytesIO(bound(sheet, numbered(sheet, press.lay_out(NUMBERS))))) as pdf:
        kinds = [str(each.S) for each in tags(pdf.Root.StructTreeRoot)]
        assert kinds.count("/H1") == 2
        assert str(pdf.Root.Lang) == "fr-CA"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Feuilles"


def test_every_part_starts_on_a_recto():
    press = Press()
    one, two, blank = (press.lay_out(page(body)) for body in ("<p>Un</p>", SHEET, ""))
    pages = on_rectos([one.pages, two.pages, one.pages], blank.pages[0])
    said = page_texts(bound(one, pages))
    assert said == ["Un 1 / 1", "1 / 1", "Recto 1 / 2", "Verso 2 / 2", "Un 1 / 1"]
