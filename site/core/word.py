"""Word documents: real styles, captions that Word numbers, tables that read well, French.

    word = WordDocument(title="Rapport", footer="Comité local", banner="DÉMONSTRATION")
    word.title("Rapport", "Rencontre du 22 octobre")
    word.heading("En bref")
    word.paragraph("Un texte, ses paragraphes séparés par une ligne vide.")
    word.table(("Énoncé", "Niveau"), rows, caption="Les niveaux convenus")
    word.picture(png, alt="…", width_cm=16, caption="…")
    content = word.to_bytes()

Any text is taken as it was typed: what XML forbids is left out, the rest is kept.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from core.plain_text import paragraphs_of, plain_text
from core.word_styles import LANGUAGE, dress

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT_WIDTH_CM = 17.19
LONG_CELL = 500
"""Signs in a cell from which its row may break over two pages."""
SHORT_TABLE = 8
"""Rows, header included."""
MANY_COLUMNS = 6
DEEPEST_HEADING = 3
LONGEST_PROPERTY = 255
"""What a property of the file may hold."""


@dataclass(frozen=True)
class CellPicture:
    """A picture in a cell of a table; `alt` says what it shows."""

    png: bytes
    alt: str
    width_cm: float


class WordDocument:
    """A letter-size document in Québec French. `banner` stands at the top of every page."""

    def __init__(
        self, *, title: str, author: str = "", subject: str = "", footer: str = "", banner: str = ""
    ) -> None:
        self.document: Document = docx.Document()
        dress(self.document)
        self._counts: dict[str, int] = {}
        self._name(title, author, subject)
        self._write_margins(plain_text(footer), plain_text(banner))

    def title(self, text: str, subtitle: str = "") -> None:
        self._add(text, "Title")
        if subtitle:
            self._add(subtitle, "Subtitle")

    def heading(self, text: str, level: int = 1) -> None:
        """Levels 1 to 3, in order: whoever reads by ear walks through them."""
        if not 1 <= level <= DEEPEST_HEADING:
            raise ValueError(f"Un titre est de niveau 1 à {DEEPEST_HEADING}, pas {level}.")
        self._add(text, f"Heading {level}")

    def paragraph(self, text: str, *, strong: str = "", style: str = "Normal") -> None:
        """One paragraph per block of `text`; `strong` opens the first, in bold."""
        for number, block in enumerate(paragraphs_of(text) or [""]):
            opening = plain_text(strong) if number == 0 else ""
            if not block and not opening:
                continue
            paragraph = self.document.add_paragraph(style=style)
            if opening:
                paragraph.add_run(f"{opening} " if block else opening).bold = True
            paragraph.add_run(block)

    def bullets(self, items: Iterable[str | tuple[str, str]]) -> None:
        """A list. A pair is a strong start and its text."""
        for item in items:
            self._item(item, "List Bullet")

    def numbers(self, items: Iterable[str | tuple[str, str]]) -> None:
        """A numbered list that starts at 1."""
        number_id = self._new_numbering()
        for item in items:
            properties = self._item(item, "List Number")._p.get_or_add_pPr()
            numbering = properties.get_or_add_numPr()
            numbering.get_or_add_ilvl().val = 0
            numbering.get_or_add_numId().val = number_id

    def quote(self, text: str, about: str = "") -> None:
        self._add(f"«\N{NO-BREAK SPACE}{text.strip()}\N{NO-BREAK SPACE}»", "Quote")
        if about:
            self._add(about, "Source")

    def table(
        self,
        headers: Sequence[str],
        rows: Iterable[Sequence[object]],
        *,
        caption: str = "",
        widths_cm: Sequence[float] = (),
        kind: str = "Tableau",
        source: str = "",
    ) -> Table:
        """A table whose header row is marked and repeated on each page; numbers stand centred.

        A cell is a text, a number or a `CellPicture`. `kind` is what the caption counts;
        `source` stays with the last row.
        """
        if caption:
            self._caption(kind, caption)
        table = self.document.add_table(rows=1, cols=len(headers))
        table.style = self.document.styles["Tableau"]
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, not widths_cm
        _describe_table(table, plain_text(caption))
        is_wide = len(headers) > MANY_COLUMNS
        for cell, header in zip(table.rows[0].cells, headers, strict=True):
            _fill(cell, header, style="Table Small" if is_wide else "Table Heading")
        _repeat(table.rows[0])
        for values in rows:
            row = table.add_row()
            for cell, value in zip(row.cells, values, strict=True):
                _fill(cell, value, style="Table Small" if is_wide else "Table Text")
            if all(isinstance(v, CellPicture) or len(str(v)) <= LONG_CELL for v in values):
                _keep_whole(row)
        _set_widths(table, widths_cm)
        _keep_together(table, is_followed=bool(source))
        if source:
            self.source(source)
        return table

    def picture(
        self, png: bytes, *, alt: str, width_cm: float = TEXT_WIDTH_CM, caption: str = ""
    ) -> None:
        """A picture in the text. `alt` says what it shows; ValueError without it."""
        words = _alternative(alt)
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = bool(caption)
        _draw(paragraph, png, words, width_cm)
        if caption:
            self._caption("Figure", caption, keep=False)

    def legend(self, entries: Iterable[tuple[str, str, str]]) -> None:
        """One line of signs in colour (« RRGGBB ») and what they mean."""
        paragraph = self.document.add_paragraph(style="Legend")
        for sign, colour, words in entries:
            mark = paragraph.add_run(f"{sign}\N{NO-BREAK SPACE}")
            mark.font.color.rgb = RGBColor.from_string(colour)
            mark.font.size = Pt(12)
            paragraph.add_run(f"{plain_text(words)}    ")

    def source(self, text: str) -> None:
        self._add(text, "Source")

    def page_break(self) -> None:
        self.document.add_page_break()

    def to_bytes(self) -> bytes:
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def _add(self, text: str, style: str) -> Paragraph:
        return self.document.add_paragraph(plain_text(text).strip(), style=style)

    def _item(self, item: str | tuple[str, str], style: str) -> Paragraph:
        strong, text = ("", item) if isinstance(item, str) else item
        paragraph = self.document.add_paragraph(style=style)
        if strong:
            paragraph.add_run(f"{plain_text(strong).strip()} ").bold = True
        paragraph.add_run(plain_text(text).strip())
        return paragraph

    def _caption(self, kind: str, text: str, *, keep: bool = True) -> None:
        """« Tableau 1. … », numbered by a field: Word counts again when a figure is moved."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = keep
        paragraph.add_run(f"{kind}\N{NO-BREAK SPACE}")
        _add_field(paragraph, f"SEQ {kind} \\* ARABIC", str(self._counts[kind]))
        paragraph.add_run(f". {plain_text(text).strip()}")

    def _new_numbering(self) -> int:
        """A list of its own: without it, numbers would go on from the list before."""
        numbering = self.document.part.numbering_part.element
        style = self.document.styles["List Number"].element
        model_id = style.pPr.numPr.numId.val
        abstract_id = numbering.num_having_numId(model_id).abstractNumId.val
        number = numbering.add_num(abstract_id)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def _name(self, title: str, author: str, subject: str) -> None:
        properties = self.document.core_properties
        properties.title = plain_text(title)[:LONGEST_PROPERTY]
        properties.author = plain_text(author)[:LONGEST_PROPERTY]
        properties.subject = plain_text(subject)[:LONGEST_PROPERTY]
        properties.last_modified_by = ""
        properties.comments = ""
        properties.language = LANGUAGE
        properties.created = properties.modified = dt.datetime.now(dt.UTC).replace(tzinfo=None)

    def _write_margins(self, footer: str, banner: str) -> None:
        section = self.document.sections[0]
        if banner:
            section.header.paragraphs[0].text = banner
            section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph = section.footer.paragraphs[0]
        tabs = paragraph.paragraph_format.tab_stops
        for stop in list(paragraph.style.paragraph_format.tab_stops if paragraph.style else ()):
            tabs.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
        tabs.add_tab_stop(Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{footer}\tPage ")
        _add_field(paragraph, "PAGE", "1")
        paragraph.add_run(" de ")
        _add_field(paragraph, "NUMPAGES", "1")


def _alternative(alt: str) -> str:
    words = plain_text(alt).strip()
    if not words:
        raise ValueError("Une image ne va pas sans texte de remplacement.")
    return words


def _draw(paragraph: Paragraph, png: bytes, words: str, width_cm: float) -> None:
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(width_cm))
    shape._inline.docPr.set("descr", words)


def _set_widths(table: Table, widths_cm: Sequence[float]) -> None:
    """On the columns for LibreOffice, on each cell for Word."""
    for column, width in zip(table.columns, widths_cm, strict=False):
        column.width = Cm(width)
    for row in table.rows if widths_cm else ():
        for cell, width in zip(row.cells, widths_cm, strict=True):
            cell.width = Cm(width)


def _fill(cell: Any, value: object, *, style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    if isinstance(value, CellPicture):
        _draw(paragraph, value.png, _alternative(value.alt), value.width_cm)
        return
    paragraph.add_run(plain_text("" if value is None else value))
    if isinstance(value, int | float):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field and what it shows until Word computes it."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _repeat(row: Any) -> None:
    header = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(header)
    _keep_whole(row)


def _keep_whole(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.insert(0, OxmlElement("w:cantSplit"))


def _keep_together(table: Table, *, is_followed: bool) -> None:
    """A short table stands on one page; the last row of any other stays with its source."""
    rows = list(table.rows)
    first = 0 if len(rows) <= SHORT_TABLE else len(rows) - 1
    for row in rows[first : len(rows) if is_followed else -1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _describe_table(table: Table, caption: str) -> None:
    """What a screen reader says of the table, and which cells head it."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    for name in list(look.attrib):
        del look.attrib[name]
    look.set(qn("w:val"), "0420")
    for name, on in (("firstRow", "1"), ("firstColumn", "0"), ("noHBand", "0"), ("noVBand", "1")):
        look.set(qn(f"w:{name}"), on)
    if caption:
        title = OxmlElement("w:tblCaption")
        title.set(qn("w:val"), caption[:LONGEST_PROPERTY])
        properties.append(title)
