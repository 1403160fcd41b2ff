"""What a document is, and what it is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from appreciation.models import Appraisal, Meeting

T = TypeVar("T")

PDF = "application/pdf"
ZIP = "application/zip"
TEXT = "text/plain; charset=utf-8"
CALENDAR = "text/calendar; charset=utf-8"
CSV = "text/csv; charset=utf-8"
PNG = "image/png"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

CONTENT_TYPES = {
    "csv": CSV,
    "docx": WORD,
    "ics": CALENDAR,
    "pdf": PDF,
    "png": PNG,
    "pptx": SLIDES,
    "txt": TEXT,
    "xlsx": WORKBOOK,
    "zip": ZIP,
}
FORMAT_WORDS = {
    "docx": "Word",
    "pptx": "PowerPoint",
    "xlsx": "Excel",
    "txt": "texte",
    "ics": "agenda",
    "png": "image",
}


class Moment(StrEnum):
    """When it is needed; also the headings of the page « Documents »."""

    BEFORE = "Avant la rencontre"
    EVENING = "Le jour de la rencontre"
    AFTER = "Après la rencontre"


def _tell_nobody(percent: int, words: str) -> None:
    """Progress that nobody watches: a document made at once."""


@dataclass(frozen=True)
class Making:
    """What a document is made from. `tell(percent, words)` says how far it is.

    `meeting` is the evening it is about, None where the démarche has none yet. `options` are
    already cleaned by their `DocumentOption`. `base_url` has no slash at the end.
    """

    appraisal: Appraisal
    meeting: Meeting | None
    base_url: str
    options: Mapping[str, str] = field(default_factory=dict)
    tell: Callable[[int, str], None] = _tell_nobody
    _kept: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, name: str, read: Callable[[], T]) -> T:
        """What `read` gives, read once for all the documents of a page or of a kit."""
        if name not in self._kept:
            self._kept[name] = read()
        return self._kept[name]


@dataclass(frozen=True)
class DocumentOption:
    """A field that the person may fill before the document is made.

    `clean(text)` gives the text to keep, or raises `DomainError` with a French sentence.
    `choices`: pairs of a value and its words, where it is chosen from a list.
    """

    name: str
    label: str
    hint: str
    default: Callable[[Making], str]
    clean: Callable[[str], str]
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DocumentType:
    """One line of the page « Documents ».

    `build` gives the whole file. `is_long`: made by the worker, with progress; the others are made
    in the request. `refusal` is empty, or says in French why it cannot be made yet and what to do.
    `for_editors`: not for somebody who only reads the démarche.
    """

    code: str
    title: str
    hint: str
    moment: Moment
    extension: str
    build: Callable[[Making], bytes]
    is_long: bool = False
    refusal: Callable[[Making], str] = lambda making: ""
    options: tuple[DocumentOption, ...] = ()
    for_editors: bool = False

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.extension]

    @property
    def format_words(self) -> str:
        return FORMAT_WORDS.get(self.extension, self.extension.upper())

    def file_name(self, appraisal: Appraisal) -> str:
        return f"{self.code}-{appraisal.reference}.{self.extension}"
