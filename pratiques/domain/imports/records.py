"""A file of sheets read into records. Nothing is written here."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from django.core.exceptions import ValidationError

from core import rich_text
from core.errors import DomainError
from core.imports import ImportRefusedError, missing_columns
from core.json_table import SPACES, read_any_table
from core.tabular import Line, Table, fold, parse_number, parse_whole
from pratiques.domain.imports.known_words import KnownWords
from pratiques.domain.imports.mapping import (
    DATE_FIELDS,
    IGNORE,
    LIST_FIELDS,
    RICH_FIELDS,
    ROW_FIELDS,
    YEAR_FIELDS,
    PracticeMapping,
    Rule,
    mapping_for,
)
from pratiques.enums import CostBand, SupportKind
from pratiques.models import PracticePage

LONGEST_TEXT = 50_000
LONGEST_KEY = 200
TO_RICH = {
    "plain": rich_text.from_plain,
    "markdown": rich_text.from_markdown,
    "html": rich_text.from_html,
}
COST_BANDS = (
    (1, CostBand.NONE),
    (1000, CostBand.UNDER_1000),
    (10_000, CostBand.UNDER_10000),
    (50_000, CostBand.UNDER_50000),
)
Tell = Callable[[int, str], None]


@dataclass(frozen=True)
class Record:
    """One line of the file. `values`: field → what the sheet would hold, as JSON can keep it."""

    where: str
    key: str
    values: dict[str, Any]


@dataclass
class FileRead:
    records: list[Record] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left_out: int = 0


def read_file(
    content: bytes, mapping: PracticeMapping | None, tell: Tell = lambda percent, words: None
) -> FileRead:
    """Every line as a record, or as a sentence that says what is wrong with it.

    Raises when the file itself cannot be read, or lacks a column.
    """
    table = read_any_table(content)
    mapping = mapping or mapping_for(table.headings)
    if problems := missing_columns(table, mapping.headings):
        raise ImportRefusedError(problems)
    if not table.lines:
        raise DomainError("Ce fichier n’a que des titres: il ne contient aucune fiche.")
    is_json = content.lstrip(SPACES)[:1] in (b"[", b"{")
    reader = _Reader(table, mapping, "Fiche" if is_json else "Ligne")
    for rank, line in enumerate(table.lines):
        if rank % 100 == 0:
            tell(100 * rank // len(table.lines), f"Lecture: {rank} lignes")
        reader.read(line)
    return reader.found


class _Reader:
    def __init__(self, table: Table, mapping: PracticeMapping, word: str) -> None:
        self.table, self.mapping, self.word = table, mapping, word
        self.columns = {fold(heading): rank for rank, heading in enumerate(table.headings)}
        self.known = KnownWords()
        self.found = FileRead()
        self.seen: dict[str, str] = {}

    def read(self, line: Line) -> None:
        where = f"{self.word} {line.number}"
        if any(
            fold(self._cell(line, each.column)) in each.values for each in self.mapping.left_out
        ):
            self.found.left_out += 1
            return
        try:
            record = Record(where, self._key(line), self._values(line))
        except DomainError as error:
            self.found.problems.append(f"{where}: {error}")
            return
        first = self.seen.setdefault(record.key, where)
        if first != where:
            key = record.key.partition(":")[2]
            self.found.problems.append(f"{where}: la clé « {key} » a déjà servi ({first.lower()}).")
        self.found.records.append(record)

    def _cell(self, line: Line, heading: str) -> str:
        """The text of a cell; what the mapping says is empty is empty."""
        rank = self.columns.get(fold(heading))
        text = "" if rank is None else line.cells[rank]
        if len(text) > LONGEST_TEXT:
            raise DomainError(f"« {heading} » dépasse {LONGEST_TEXT} signes.")
        return "" if fold(text) in self.mapping.empty else text

    def _key(self, line: Line) -> str:
        parts = [self._cell(line, heading) for heading in self.mapping.key]
        if not all(parts):
            raise DomainError(f"il manque la clé ({', '.join(self.mapping.key)}).")
        key = f"{self.mapping.name}:{' / '.join(parts)}"
        if len(key) > LONGEST_KEY:
            raise DomainError(f"la clé dépasse {LONGEST_KEY} signes.")
        return key

    def _values(self, line: Line) -> dict[str, Any]:
        sections = self._sections(line)
        taken: set[int] = set()
        found: dict[str, Any] = {}
        for name, rules in self.mapping.rules.items():
            texts = [(rule, self._text(line, rule, sections, taken)) for rule in rules]
            try:
                found[name] = _value(name, texts, self.known)
            except DomainError as error:
                raise DomainError(f"« {label_of(name)} »: {error}") from error
        if not found["title"]:
            raise DomainError("il manque le titre.")
        return found

    def _sections(self, line: Line) -> list[tuple[str, str]]:
        column = self.mapping.sections_column
        return rich_text.sections_of(self._cell(line, column)) if column else []

    def _text(
        self, line: Line, rule: Rule, sections: list[tuple[str, str]], taken: set[int]
    ) -> str:
        """What the rule reads, in the file's own words. A section goes to one field only."""
        if rule.sections:
            return _joined(rule, sections, taken)
        cells = {heading: self._cell(line, heading) for heading in rule.columns}
        if rule.template:
            return _filled(rule, list(cells.values()))
        return next(filter(None, cells.values()), "") or rule.constant


def label_of(name: str) -> str:
    """The field as the editor's form names it."""
    meta = PracticePage._meta
    model_field = meta.get_field(name)
    label = str(getattr(model_field, "verbose_name", "")) or str(
        model_field.related_model._meta.verbose_name_plural
    )
    return label[:1].lower() + label[1:]


def _filled(rule: Rule, parts: list[str]) -> str:
    """The template with its parts; nothing when one is missing."""
    if rule.split and len(parts) == 1:
        parts = parts[0].split(rule.split)
    holes = rule.template.split("{}")
    if len(parts) != len(holes) - 1 or not all(parts):
        return ""
    return holes[0] + "".join(part + after for part, after in zip(parts, holes[1:], strict=True))


def _joined(rule: Rule, sections: list[tuple[str, str]], taken: set[int]) -> str:
    """Sections whose titles fit, in their order, each under its title when there are several."""
    chosen = [
        rank
        for rank, (title, _body) in enumerate(sections)
        if rank not in taken and any(fnmatchcase(fold(title), each) for each in rule.sections)
    ]
    taken.update(chosen)
    with_titles = len(chosen) > 1 or rule.sections == ("*",)
    return "\n\n".join(
        f"## {sections[rank][0]}\n\n{sections[rank][1]}"
        if with_titles and sections[rank][0]
        else sections[rank][1]
        for rank in chosen
    )


def _value(name: str, texts: list[tuple[Rule, str]], known: KnownWords) -> Any:
    if name in ROW_FIELDS:
        return [row for rule, text in texts for row in _rows(name, rule, text)]
    if name in LIST_FIELDS:
        words = [word for rule, text in texts for word in _words(rule, text)]
        return sorted({known.find(name, word) for word in words})
    rule, text = next(((rule, text) for rule, text in texts if text), texts[0])
    if name in RICH_FIELDS:
        return TO_RICH[rule.format](_listed(rule, text)) if text else ""
    if name in (*YEAR_FIELDS, *DATE_FIELDS):
        return _moment(name, rule, text) if text else None
    return _checked(name, _short(name, rule, text)) if text else ""


def _moment(name: str, rule: Rule, text: str) -> int | str:
    if name in DATE_FIELDS:
        return _date(rule, text).isoformat()
    return _date(rule, text).year if rule.date else parse_whole(text)


def _short(name: str, rule: Rule, text: str) -> str:
    if rule.amount:
        return _band(text)
    return next(iter(_words(rule, text)), "") if rule.values else _plain(name, rule, text)


def _listed(rule: Rule, text: str) -> str:
    """A list of theirs, an item each."""
    if not rule.split or rule.template:
        return text
    return "\n".join(f"- {item.strip()}" for item in text.split(rule.split) if item.strip())


def _plain(name: str, rule: Rule, text: str) -> str:
    if rule.split and not rule.template:
        text = ", ".join(filter(None, (item.strip() for item in text.split(rule.split))))
    words = rich_text.to_plain(TO_RICH[rule.format](text))
    paragraphs = words.split("\n\n")
    if name == "summary":
        return paragraphs[0] if rule.first_paragraph else words
    return " ".join(" ".join(paragraphs).split())


def _checked(name: str, value: str) -> str:
    model_field = PracticePage._meta.get_field(name)
    try:
        model_field.clean(value, None)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    return value


def _words(rule: Rule, text: str) -> list[str]:
    """Our words for theirs. A word that the mapping does not know is refused, or ignored."""
    theirs = [text] if not rule.split else text.split(rule.split)
    found: list[str] = []
    for word in filter(None, (each.strip() for each in theirs)):
        if rule.values is None:
            found.append(word)
        elif (ours := rule.values.get(fold(word))) is not None:
            found += ours
        elif rule.otherwise != IGNORE:
            raise DomainError(f"la correspondance ne connaît pas « {word[:60]} ».")
    return found


def _rows(name: str, rule: Rule, text: str) -> list[list[str]]:
    """What child rows hold: [partner, support], [when, what happened], [document, address]."""
    words = _words(rule, text)
    if name == "partners":
        support = rule.extra or str(SupportKind.OTHER)
        return [[word[:160], support] for word in dict.fromkeys(words)]
    if name == "moments":
        return [[_month(rule, word), rule.extra] for word in words]
    for word in words:
        _checked("source_url", word)
    return [[rule.extra, word] for word in words]


def _month(rule: Rule, text: str) -> str:
    return _date(rule, text).strftime("%Y-%m") if rule.date else text[:60]


def _date(rule: Rule, text: str) -> datetime.date:
    try:
        if not rule.date:
            return datetime.date.fromisoformat(text)
        return datetime.datetime.strptime(text, rule.date).replace(tzinfo=datetime.UTC).date()
    except ValueError as error:
        raise DomainError(f"date illisible « {text[:40]} ».") from error


def _band(text: str) -> str:
    amount = parse_number(text)
    return next((str(band) for limit, band in COST_BANDS if amount < limit), CostBand.OVER_50000)
