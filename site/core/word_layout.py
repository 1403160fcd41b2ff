"""A filled Word template once its loops have run: made sound, without traces, with its banner."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

TEXT, RUN, PARAGRAPH, CELL = qn("w:t"), qn("w:r"), qn("w:p"), qn("w:tc")
ROW, TABLE, BREAK = qn("w:tr"), qn("w:tbl"), qn("w:br")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
DRAWING_NAME = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
COMMENTS = (qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:commentReference"))
INSIDE = {
    PARAGRAPH: {"body", "tc", "hdr", "ftr", "footnote", "endnote", "txbxContent", "sdtContent",
                "ins", "del", "moveTo", "moveFrom", "customXml", "docPartBody"},
    ROW: {"tbl", "sdtContent", "ins", "del", "customXml"},
    CELL: {"tr", "sdtContent", "customXml"},
    TABLE: {"body", "tc", "hdr", "ftr", "footnote", "endnote", "txbxContent", "sdtContent",
            "customXml", "docPartBody"},
}  # fmt: skip
"""Where each may stand: a loop that opens in one place and closes in another moves it elsewhere."""
Places = set[tuple[str, str]]


def places_of(tree: etree._Element) -> Places:
    """Where Word itself has put each: what it wrote is right."""
    return {
        (str(element.tag), str(parent.tag))
        for element in tree.iter(*INSIDE)
        if (parent := element.getparent()) is not None
    }


def mend(tree: etree._Element, allowed: Places) -> None:
    """Line ends become breaks, empty lines part paragraphs, cells hold a paragraph, and what a
    loop repeated is no longer twice the same. ValueError for what stands where it cannot."""
    _refuse_misplaced(tree, allowed)
    _drop_traces(tree)
    for node in list(tree.iter(TEXT)):
        if "\n" in (node.text or ""):
            _break_lines(node)
    for table in [each for each in tree.iter(TABLE) if next(each.iter(ROW), None) is None]:
        table.getparent().remove(table)
    for cell in tree.iter(CELL):
        if len(cell) == 0 or cell[-1].tag != PARAGRAPH:
            cell.append(OxmlElement("w:p"))
    if etree.QName(tree).localname in ("hdr", "ftr") and len(tree) == 0:
        tree.append(OxmlElement("w:p"))


def _refuse_misplaced(tree: etree._Element, allowed: Places) -> None:
    for element in tree.iter(*INSIDE):
        parent = element.getparent()
        if parent is None:
            raise ValueError(element.tag)
        is_usual = etree.QName(parent).localname in INSIDE[element.tag]
        if not is_usual and (element.tag, parent.tag) not in allowed:
            raise ValueError(element.tag)
    if any((each.tail or "").strip() or _has_loose_text(each) for each in tree.iter()):
        raise ValueError("text outside of a run")


def _has_loose_text(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or not (element.text or "").strip():
        return False
    return element.tag in (PARAGRAPH, RUN, CELL, ROW, TABLE) or element.tag == qn("w:body")


def _drop_traces(tree: etree._Element) -> None:
    """Comments of whoever wrote the template, names that a loop repeated, and bindings by which
    Word would write something else over what was filled."""
    for element in list(tree.iter(*COMMENTS, qn("w:dataBinding"))):
        element.getparent().remove(element)
    seen: set[str] = set()
    for start in list(tree.iter(qn("w:bookmarkStart"))):
        if start.get(qn("w:name")) in seen:
            start.getparent().remove(start)
        seen.add(start.get(qn("w:name"), ""))
    for element in tree.iter(PARAGRAPH, ROW):
        for name in ("paraId", "textId"):
            element.attrib.pop(f"{WORD_2010}{name}", None)
    numbers = itertools.count(1)
    for drawing in tree.iter(DRAWING_NAME):
        drawing.set("id", str(next(numbers)))


def _break_lines(node: etree._Element) -> None:
    """« a⏎b » is a line break; « a⏎⏎b » is two paragraphs when nothing else hinders it."""
    run = node.getparent()
    blocks = [block.strip("\n") for block in _blocks(node.text or "")]
    paragraph = run.getparent()
    is_simple = run.tag == RUN and paragraph.tag == PARAGRAPH
    if not is_simple or len(blocks) == 1:
        _write_lines(node, (node.text or "").split("\n"))
        return
    after = list(run.itersiblings())
    trailing = list(node.itersiblings())
    _write_lines(node, blocks[0].split("\n"))
    last, last_run = paragraph, run
    for block in blocks[1:]:
        made = etree.Element(PARAGRAPH, nsmap=paragraph.nsmap)
        properties = paragraph.find(qn("w:pPr"))
        if properties is not None:
            made.append(_copied_properties(properties))
        last_run = etree.SubElement(made, RUN)
        look = run.find(qn("w:rPr"))
        if look is not None:
            last_run.append(copy.deepcopy(look))
        text = etree.SubElement(last_run, TEXT)
        _write_lines(text, block.split("\n"))
        last.addnext(made)
        last = made
    for element in trailing:
        last_run.append(element)
    for element in after:
        last.append(element)


def _blocks(text: str) -> Iterator[str]:
    kept = [block for block in text.split("\n\n") if block.strip()]
    yield from kept or [""]


def _copied_properties(properties: etree._Element) -> etree._Element:
    """Without the end of a section, which happens once."""
    copied = copy.deepcopy(properties)
    for section in copied.findall(qn("w:sectPr")):
        copied.remove(section)
    return copied


def _write_lines(node: etree._Element, lines: list[str]) -> None:
    node.text = lines[0]
    node.set(SPACE, "preserve")
    for line in lines[1:]:
        line_break = etree.Element(BREAK)
        node.addnext(line_break)
        text = etree.Element(TEXT)
        text.text = line
        text.set(SPACE, "preserve")
        line_break.addnext(text)
        node = text


def write_banner(document: Document, words: str) -> None:
    """At the top of each page of each section, first and even pages included."""
    done = set()
    for section in document.sections:
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for header in headers:
            if header.part in done:  # the same header serves several sections
                continue
            done.add(header.part)
            first = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
            paragraph = first.insert_paragraph_before(words)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.runs[0].bold = True
