"""The named fields of a Word template, found where they stand: « {{ lieu }} », « {% for … %} ».

Word cuts what is typed into runs as it likes. Each tag is brought back into one piece, between
signs that no keyboard types, so that nothing else of the document is ever taken for a tag.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

TAG = re.compile(
    r"\{\{(?P<value>.{0,400}?)\}\}|\{%(?P<order>.{0,400}?)%\}|\{#(?P<remark>.{0,400}?)#\}",
    re.DOTALL,
)
"""Bounded: thousands of braces that nothing closes are not each read to the end."""
LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
OPEN_VALUE, CLOSE_VALUE, OPEN_ORDER, CLOSE_ORDER, OPEN_REMARK, CLOSE_REMARK = map(
    chr, range(0xE000, 0xE006)
)
OWN_SIGNS = re.compile(f"[{OPEN_VALUE}-{CLOSE_REMARK}]")
PREFIX = re.compile(r"^-?\s*(?:p|tr)\s+(?=(?:for|endfor|if|elif|else|endif)\b)")
QUOTES = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})
TEXT, PARAGRAPH, ROW = qn("w:t"), qn("w:p"), qn("w:tr")
RENDERED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
PLACES = {"header": "en-tête", "footer": "pied de page", "footnotes": "note de bas de page"}
PLACES |= {"endnotes": "note de fin"}


@dataclass(frozen=True)
class Tag:
    """`kind`: « value », « order » or « remark »; `words`: what stands between the braces."""

    kind: str
    words: str
    line: TagLine

    @property
    def shown(self) -> str:
        marks = {"value": "{{ %s }}", "order": "{%% %s %%}", "remark": "{# %s #}"}
        return marks[self.kind] % self.words


@dataclass(frozen=True)
class TagLine:
    """A paragraph that holds tags, or a brace left alone."""

    element: etree._Element
    text: str
    place: str

    @property
    def where(self) -> str:
        """« dans le paragraphe « Lieu: {{ lieux }} » »."""
        words = " ".join(self.text.split())
        short = words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"
        place = f" ({self.place})" if self.place else ""
        return f"paragraphe «\N{NO-BREAK SPACE}{short}\N{NO-BREAK SPACE}»{place}"

    @property
    def tags(self) -> list[Tag]:
        return [
            Tag(found.lastgroup or "", clean_words(found.group(found.lastgroup or 0)), self)
            for found in TAG.finditer(self.text)
        ]

    @property
    def leftover(self) -> str:
        """A brace that opens or closes nothing."""
        found = LEFTOVER.search(TAG.sub("", self.text))
        return found.group() if found else ""


LONGEST_SHOWN = 80


@dataclass(frozen=True)
class TemplatePart:
    """One XML part of the file, its tree, and where it will be put back."""

    part: Part
    tree: etree._Element
    place: str

    @property
    def is_body(self) -> bool:
        return not self.place

    def lines(self) -> Iterator[TagLine]:
        for paragraph in self.tree.iter(PARAGRAPH):
            text = "".join(node.text or "" for node in own_texts(paragraph))
            if LEFTOVER.search(text):
                yield TagLine(paragraph, text, self.place)


def open_template(content: bytes) -> tuple[Document, list[TemplatePart]]:
    """The document, and the parts whose paragraphs may hold tags. `inspect_word` comes first."""
    document = docx.Document(io.BytesIO(content))
    parts = []
    for part in document.part.package.iter_parts():
        name = str(part.partname).lstrip("/")
        if found := RENDERED.search(name):
            stem = re.sub(r"\d*\.xml$", "", found.group().rpartition("/")[2])
            parts.append(TemplatePart(part, parse_plainly(part.blob), PLACES.get(stem, "")))
    parts.sort(key=lambda each: str(each.part.partname))
    return document, parts


def parse_plainly(xml: bytes) -> etree._Element:
    """Without python-docx's own elements, whose `text` is something else."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def put_back(part: TemplatePart, xml: bytes) -> None:
    if isinstance(part.part, XmlPart):
        part.part._element = parse_xml(xml)
    else:
        part.part._blob = xml  # noqa: SLF001  python-docx never parses notes, and has no setter


def own_texts(paragraph: etree._Element) -> list[etree._Element]:
    """Its text nodes, but for those of a paragraph in a text box that it holds."""
    return [
        node for node in paragraph.iter(TEXT) if next(node.iterancestors(PARAGRAPH)) is paragraph
    ]


def clean_words(words: str) -> str:
    """What a keyboard and Word's corrections do to a tag is undone."""
    plain = " ".join(words.translate(QUOTES).replace("\N{NO-BREAK SPACE}", " ").split())
    return PREFIX.sub("", plain).strip().removesuffix("-").removeprefix("-").strip()


def gather_tags(part: TemplatePart) -> None:
    """Each tag in one text node between our signs; an order alone in its paragraph, or in its row,
    takes the place of the paragraph or the row, so that it leaves no hole."""
    for node in part.tree.iter(TEXT):
        node.text = OWN_SIGNS.sub("", node.text or "")
    for line in list(part.lines()):
        _gather(line)
        if len(line.tags) == 1 and not TAG.sub("", line.text).strip():
            tag = line.tags[0]
            if tag.kind != "value" and not _holds_a_thing(line.element):
                _stand_alone(line.element, _signed(tag))


def _gather(line: TagLine) -> None:
    nodes = own_texts(line.element)
    signs: list[list[str]] = [list(node.text or "") for node in nodes]
    owners = [(node, at) for node, text in enumerate(signs) for at in range(len(text))]
    for found in TAG.finditer(line.text):
        tag = Tag(found.lastgroup or "", clean_words(found.group(found.lastgroup or 0)), line)
        for position in range(found.start(), found.end()):
            node, at = owners[position]
            signs[node][at] = ""
        node, at = owners[found.start()]
        signs[node][at] = _signed(tag)
    for node, text in zip(nodes, signs, strict=True):
        node.text = "".join(text)
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _signed(tag: Tag) -> str:
    if tag.kind == "value":
        return f"{OPEN_VALUE} {tag.words} {CLOSE_VALUE}"
    return f"{OPEN_ORDER} {tag.words} {CLOSE_ORDER}" if tag.kind == "order" else ""


def _holds_a_thing(paragraph: etree._Element) -> bool:
    """A picture, a page break, or the end of a section would go with the paragraph."""
    things = (qn("w:drawing"), qn("w:pict"), qn("w:sectPr"), qn("w:br"), qn("w:footnoteReference"))
    return next(paragraph.iter(*things), None) is not None


def _stand_alone(paragraph: etree._Element, signed: str) -> None:
    row = next(paragraph.iterancestors(ROW), None)
    if row is not None:
        texts = "".join(node.text or "" for node in row.iter(TEXT))
        alone = texts.strip() == signed.strip() and not _holds_a_thing(row)
        paragraph = row if alone else paragraph
    _replace_by_text(paragraph, signed)


def _replace_by_text(element: etree._Element, text: str) -> None:
    parent, before = element.getparent(), element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text + (element.tail or "")
    else:
        parent.text = (parent.text or "") + text + (element.tail or "")
    parent.remove(element)
