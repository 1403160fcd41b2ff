"""Filling a Word template: checked whole before it is kept, bounded while it is filled.

    check_template(content, fields)          # DomainError with `problems`, one sentence each
    fill_template(content, values, title="Rapport", banner="DÉMONSTRATION")

Values are texts, lists of texts and lists of dicts of the same: nothing that a template could call.
A `Picture` takes the place of the field that names it.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart
from docx.shared import Cm
from docx.text.run import Run
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from core.errors import DomainError
from core.plain_text import plain_text
from core.word_expressions import Field, without_pictures
from core.word_fields import find_problems
from core.word_guard import BROKEN, inspect_word
from core.word_layout import mend, places_of, write_banner
from core.word_styles import LANGUAGE
from core.word_tags import (
    CLOSE_ORDER,
    CLOSE_REMARK,
    CLOSE_VALUE,
    OPEN_ORDER,
    OPEN_REMARK,
    OPEN_VALUE,
    TemplatePart,
    gather_tags,
    open_template,
    parse_plainly,
    put_back,
)

LARGEST_FILLED = 20_000_000
"""Characters of XML."""
LONGEST_FILLING = 10.0
"""Seconds."""
LONGEST_PROPERTY = 255
MOST_SHOWN = 25
SIGNED = re.compile(
    f"{OPEN_VALUE}[^{CLOSE_VALUE}]*{CLOSE_VALUE}|{OPEN_ORDER}[^{CLOSE_ORDER}]*{CLOSE_ORDER}"
)
UNFILLED = (
    *(TemplateError, etree.LxmlError, RecursionError),
    *(KeyError, ValueError, TypeError, AttributeError),
)
"""What python-docx, lxml and Jinja say of a file that is not what it seemed."""
TOO_LONG = "Ce gabarit donne un document trop long: il répète des listes trop de fois."
DOES_NOT_FILL = (
    "Une fois rempli, ce gabarit ne donne pas un document Word valable. Mettez chaque {% for %}, "
    "{% if %} et son {% end… %} seuls dans leur paragraphe, ou ensemble dans le même."
)


class TemplateRefusedError(DomainError):
    """`problems`: everything that is wrong, one French sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(problems[0] if len(problems) == 1 else "Ce gabarit est à corriger.")
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Picture:
    """A PNG for a field; `alt` says what it shows."""

    png: bytes
    alt: str
    width_cm: float = 16


Values = Mapping[str, Any]


@dataclass(frozen=True)
class Filling:
    """What a template is filled with, and how the document names itself."""

    values: Values
    title: str
    author: str = ""
    banner: str = ""


def check_template(content: bytes, fields: Sequence[Field], trials: Sequence[Values]) -> None:
    """Refuse a file that is not a safe DOCX, that names what does not exist, or that does not give
    a sound document for each of `trials`."""
    inspect_word(content)
    try:
        _, parts = open_template(content)
    except (*UNFILLED, PackageNotFoundError, IndexError) as error:
        raise DomainError(BROKEN) from error
    problems = [
        problem
        for part in parts
        for problem in find_problems(
            list(part.lines()), fields if part.is_body else without_pictures(fields)
        )
    ]
    if problems:
        left_out = len(problems) - MOST_SHOWN
        more = [f"Et {left_out} autres, à voir ensuite."] if left_out > 0 else []
        raise TemplateRefusedError([*problems[:MOST_SHOWN], *more])
    for values in trials:
        fill_template(content, values, title="Essai")


def fill_template(
    content: bytes, values: Values, *, title: str, author: str = "", banner: str = ""
) -> bytes:
    """The document. `banner` stands at the top of every page, whatever the template says.

    Each text comes out as it was typed, whatever it holds. Bounded in time and size.
    """
    document, parts = open_template(content)
    pictures: list[Picture] = []
    plain = _plain(values, pictures)
    deadline = time.monotonic() + LONGEST_FILLING
    room = LARGEST_FILLED
    try:
        for part in parts:
            room -= _fill_part(part, plain, deadline, room)
        _forget_comments(document.part)
        document = document.part.document  # the filled one: ours still shows the template
        _place_pictures(document, pictures)
        _name(document, title, author)
        if banner:
            write_banner(document, plain_text(banner))
        return _saved(document)
    except UNFILLED as error:
        raise DomainError(DOES_NOT_FILL) from error


def _environment() -> ImmutableSandboxedEnvironment:
    """Nothing but what `find_problems` lets through: no global, no test, three filters."""
    environment = ImmutableSandboxedEnvironment(
        variable_start_string=OPEN_VALUE,
        variable_end_string=CLOSE_VALUE,
        block_start_string=OPEN_ORDER,
        block_end_string=CLOSE_ORDER,
        comment_start_string=OPEN_REMARK,
        comment_end_string=CLOSE_REMARK,
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        cache_size=0,
    )
    environment.globals, environment.tests = {}, {}
    environment.filters = {
        "majuscules": lambda text: str(text).upper(),
        "minuscules": lambda text: str(text).lower(),
        "nombre": len,
    }
    return environment


def _fill_part(part: TemplatePart, values: Values, deadline: float, room: int) -> int:
    allowed = places_of(part.tree)
    gather_tags(part)
    source = etree.tostring(part.tree, encoding="unicode")
    source = SIGNED.sub(lambda found: html.unescape(found.group()), source)
    pieces, size = [], 0
    for piece in _environment().from_string(source).generate(values):
        size += len(piece)
        if size > room or time.monotonic() > deadline:
            raise DomainError(TOO_LONG)
        pieces.append(piece)
    tree = parse_plainly("".join(pieces).encode())
    mend(tree, allowed)
    put_back(part, etree.tostring(tree, encoding="UTF-8", standalone=True))
    return size


def _plain(value: Any, pictures: list[Picture]) -> Any:
    """Texts without control signs; a picture becomes a mark that is looked for afterwards."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each, pictures) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each, pictures) for each in value]
    if isinstance(value, Picture):
        pictures.append(value)
        return _mark(len(pictures) - 1)
    return plain_text("" if value is None else value).translate(NO_MARK)


MARK = "\ue010"
MARKED = re.compile(f"{MARK}(\\d+){MARK}")
NO_MARK = {ord(MARK): None}


def _mark(number: int) -> str:
    return f"{MARK}{number}{MARK}"


def _place_pictures(document: Document, pictures: list[Picture]) -> None:
    """In the body only: Word keeps the pictures of a header elsewhere."""
    if not pictures:
        return
    for run in _runs(document):
        words = MARKED.split(run.text)
        if len(words) == 1:
            continue
        run.text = ""
        for number, piece in enumerate(words):
            if number % 2 == 0:
                run.add_text(piece)
                continue
            picture = pictures[int(piece)]
            shape = run.add_picture(io.BytesIO(picture.png), width=Cm(picture.width_cm))
            shape._inline.docPr.set("descr", plain_text(picture.alt))


def _runs(document: Document) -> Iterator[Run]:
    for element in list(document.element.body.iter(qn("w:r"))):
        yield Run(element, document)


def _forget_comments(part: DocumentPart) -> None:
    """What was said between those who wrote the template, and who they are."""
    for key, link in list(part.rels.items()):
        if link.reltype.rpartition("/")[2].startswith(("comments", "people")):
            del part.rels[key]


def _name(document: Document, title: str, author: str) -> None:
    properties = document.core_properties
    properties.title = plain_text(title)[:LONGEST_PROPERTY]
    properties.author = plain_text(author)[:LONGEST_PROPERTY]
    properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.language = LANGUAGE
    properties.created = properties.modified = dt.datetime.now(dt.UTC).replace(tzinfo=None)


def _saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as written:
        for name in written.namelist():
            if name.endswith(".xml"):
                etree.fromstring(written.read(name))
    return buffer.getvalue()
