"""A table of figures read into records. The database is not asked here."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from core.errors import DomainError
from core.imports import ImportRefusedError, missing_columns
from core.tabular import Line, Table, fold, read_table
from reference.domain.imports.indicator_cells import Told, read_cell
from reference.domain.imports.indicator_mapping import (
    BreakdownFacts,
    IndicatorMapping,
    IndicatorRule,
    indicator_mapping_for,
)
from reference.domain.periods import read_period

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class FigureRecord:
    """One figure of one line."""

    line: int
    code: str
    place_name: str
    indicator: str
    period: str
    told: Told
    unit: str = ""
    breakdown: BreakdownFacts | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.code, self.indicator, self.period, self.breakdown.code if self.breakdown else ""


def read_figures(
    content: bytes, *, file_name: str, mapping: IndicatorMapping | None = None
) -> tuple[list[FigureRecord], IndicatorMapping]:
    """The figures of a file, and the mapping that read it. Every fault is told with its line."""
    table = read_table(content)
    mapping = mapping or indicator_mapping_for(table.headings, file_name)
    if problems := missing_columns(table, mapping.headings):
        raise ImportRefusedError(problems)
    reader = _Reader(table, mapping, file_name)
    records: list[FigureRecord] = []
    for line in table.lines:
        try:
            records += reader.figures(line)
        except DomainError as error:
            problems.append(f"Ligne {line.number}: {error}")
    problems += _repeated(records)
    if problems:
        raise ImportRefusedError(problems)
    if not records:
        raise DomainError("Ce fichier ne donne aucun chiffre à lire.")
    return records, mapping


class _Reader:
    def __init__(self, table: Table, mapping: IndicatorMapping, file_name: str) -> None:
        self.table, self.mapping, self.file_name = table, mapping, file_name
        self.columns: dict[str, int | None] = {}
        """Where each heading that the mapping names stands: found once, not at each line."""
        self.by_word: dict[str, list[IndicatorRule]] = defaultdict(list)
        for rule in mapping.rules:
            self.by_word[rule.when].append(rule)

    def figures(self, line: Line) -> list[FigureRecord]:
        mapping = self.mapping
        if mapping.only_column and self._text(line, mapping.only_column) not in mapping.only_values:
            return []
        rules = self._rules(line)
        code = self._code(line) if rules else ""
        if not code:
            return []
        found = []
        for rule in rules:
            told = self._told(line, rule)
            if told is not None:
                found.append(self._record(line, code, rule, told))
        return found

    def _rules(self, line: Line) -> list[IndicatorRule]:
        if not self.mapping.indicator_column:
            return self.by_word[""]
        word = self._text(line, self.mapping.indicator_column)
        if word in self.by_word:
            return self.by_word[word]
        if self.mapping.ignores_others or word in self.mapping.left_out:
            return []
        raise DomainError(f"indicateur inconnu « {word} »: la correspondance ne le nomme pas.")

    def _code(self, line: Line) -> str:
        """Empty when the mapping leaves this place out."""
        rule = self.mapping.place
        text = rule.constant or self._text(line, rule.column)
        if text in rule.left_out:
            return ""
        if not text:
            raise DomainError("il manque le code du lieu.")
        if rule.pattern:
            found = re.search(rule.pattern, text)
            if found is None:
                raise DomainError(f"aucun code de lieu dans « {text} ».")
            text = found.group(1)
        return f"{rule.prefix}{text}".zfill(rule.width)

    def _record(self, line: Line, code: str, rule: IndicatorRule, told: Told) -> FigureRecord:
        return FigureRecord(
            line=line.number,
            code=code,
            place_name=self._place_name(line),
            indicator=rule.code,
            period=self._period(line, rule),
            told=told,
            unit=self._unit(line, rule),
            breakdown=self._breakdown(line, rule),
        )

    def _place_name(self, line: Line) -> str:
        rule = self.mapping.place
        text = self._text(line, rule.name_column or rule.column)
        found = re.search(rule.name_pattern, text) if rule.name_pattern else None
        if found:
            return found.group(1)
        return text if rule.name_column else ""

    def _period(self, line: Line, rule: IndicatorRule) -> str:
        wanted = self.mapping.period
        if rule.period:
            return read_period(rule.period)
        if wanted.file_pattern:
            found = re.search(wanted.file_pattern, self.file_name)
            if found is None:
                raise DomainError("le nom du fichier ne dit pas de quelle période il est.")
            return read_period("-".join(found.groups()))
        text = wanted.value or self._text(line, wanted.column)
        if not text:
            raise DomainError("il manque l’année.")
        return read_period(text)

    def _unit(self, line: Line, rule: IndicatorRule) -> str:
        """The unit that the file gives, in our words; empty when it gives none."""
        text = self._text(line, self.mapping.unit_column) if self.mapping.unit_column else ""
        return "" if rule.unit and text == rule.unit else self.mapping.units.get(text, text)

    def _breakdown(self, line: Line, rule: IndicatorRule) -> BreakdownFacts | None:
        word = rule.breakdown
        if not word and self.mapping.breakdown_columns:
            word = ":".join(self._text(line, each) for each in self.mapping.breakdown_columns)
        if not word.strip(":"):
            return None
        found = self.mapping.breakdowns.get(fold(word))
        if found is None:
            raise DomainError(f"classe inconnue « {word} » (âge, genre ou revenu).")
        return found

    def _told(self, line: Line, rule: IndicatorRule) -> Told | None:
        flag_column = rule.status_column or self.mapping.status_column
        told = read_cell(
            self._text(line, rule.column),
            flag=self._text(line, flag_column) if flag_column else "",
            numbers=self.mapping.numbers,
            statuses=self.mapping.statuses,
        )
        if told is None:
            return Told(None, self.mapping.empty) if self.mapping.empty else None
        if told.number is None:
            return told
        return replace(told, number=_scaled(told.number, rule), status=_status(told, rule))

    def _text(self, line: Line, heading: str) -> str:
        if heading not in self.columns:
            self.columns[heading] = self.table.column(heading)
        index = self.columns[heading]
        return "" if index is None else line.cells[index]


def _scaled(number: Decimal, rule: IndicatorRule) -> Decimal:
    if rule.fraction:
        if abs(number) > 1:
            raise DomainError(f"« {rule.column} »: une part va de 0 à 1, pas {number:f}.")
        number *= HUNDRED
    return number if rule.round is None else round(number, rule.round)


def _status(told: Told, rule: IndicatorRule) -> str:
    """What the cell says of itself; when it says nothing, what the mapping says of them all."""
    return told.status if told.symbol or not rule.status else rule.status


def _repeated(records: list[FigureRecord]) -> list[str]:
    seen: dict[object, int] = {}
    problems = []
    for record in records:
        if record.key in seen:
            problems.append(
                f"Ligne {record.line}: {record.indicator}, {record.period} est déjà donné pour le"
                f" lieu {record.code} (ligne {seen[record.key]})."
            )
        seen.setdefault(record.key, record.line)
    return problems
