"""How somebody else's file of figures is read: where, what, when, for which class. In TOML.

Long files have one figure a line (`file.indicator_column`, and each indicator's `when`); wide ones
have several (each indicator's `column`). Both may be mixed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import DomainError
from core.imports import parse_mapping, refusing_mapping
from core.tabular import fold
from reference.enums import BreakdownAxis, CodeScheme, ValueStatus

MAPPINGS = Path(__file__).resolve().parents[2] / "mappings" / "indicators"
REFUSE, IGNORE, EXTERNAL = "refuse", "ignore", "external"
NUMBERS = ("", "fr", "en")
FILE_KEYS = {
    *("required", "name_pattern", "indicator_column", "status_column", "unit_column", "numbers"),
    *("breakdown_columns", "empty", "left_out", "others"),
}
PLACE_KEYS = {
    *("scheme", "column", "constant", "width", "prefix", "pattern", "name_column", "name_pattern"),
    *("unknown", "external_name", "left_out"),
}
NO_CODE = (
    "dites où est le code du lieu (place.column): un nom ne suffit pas, car plusieurs lieux du"
    " Québec ont le même"
)


@dataclass(frozen=True)
class SourceFacts:
    series: str
    edition: str
    name: str
    publisher: str
    licence: str
    url: str = ""


@dataclass(frozen=True)
class PlaceRule:
    """`unknown` says what becomes of a code we do not have: refused, left out, or a new `external`
    place named by `name_column` (or by `external_name`, around the code)."""

    scheme: str
    column: str = ""
    constant: str = ""
    width: int = 0
    prefix: str = ""
    pattern: str = ""
    name_column: str = ""
    name_pattern: str = ""
    unknown: str = REFUSE
    external_name: str = ""
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PeriodRule:
    value: str = ""
    column: str = ""
    file_pattern: str = ""


@dataclass(frozen=True)
class IndicatorRule:
    """One of our indicators and where its figures stand. `fraction`: shares given from 0 to 1."""

    code: str
    column: str
    when: str = ""
    period: str = ""
    status: str = ""
    status_column: str = ""
    unit: str = ""
    breakdown: str = ""
    fraction: bool = False
    round: int | None = None


@dataclass(frozen=True)
class BreakdownFacts:
    code: str
    label: str
    position: int

    @property
    def axis(self) -> str:
        return self.code.partition(":")[0]


@dataclass(frozen=True)
class IndicatorMapping:
    name: str
    source: SourceFacts
    place: PlaceRule
    period: PeriodRule
    rules: tuple[IndicatorRule, ...]
    definitions: tuple[Mapping[str, Any], ...]
    required: tuple[str, ...]
    name_pattern: str
    indicator_column: str
    status_column: str
    unit_column: str
    numbers: str
    empty: str
    ignores_others: bool
    left_out: frozenset[str]
    only_column: str
    only_values: frozenset[str]
    breakdown_columns: tuple[str, ...]
    breakdowns: Mapping[str, BreakdownFacts]
    statuses: Mapping[str, str]
    units: Mapping[str, str]

    @property
    def headings(self) -> list[str]:
        """Headings without which the file cannot be read this way."""
        wanted = [*self.required, self.place.column, self.period.column, self.only_column]
        wanted += [self.indicator_column, *self.breakdown_columns]
        wanted += [rule.column for rule in self.rules]
        return list(dict.fromkeys(filter(None, wanted)))

    def fits(self, headings: set[str], file_name: str) -> bool:
        if self.name_pattern and not re.search(self.name_pattern, file_name):
            return False
        return all(fold(heading) in headings for heading in self.headings)


@cache
def shipped_indicator_mappings() -> dict[str, IndicatorMapping]:
    """Those that come with the site, by name."""
    paths = sorted(MAPPINGS.glob("*.toml"))
    return {path.stem: load_indicator_mapping(path.read_bytes(), name=path.stem) for path in paths}


def indicator_mapping_for(headings: Iterable[str], file_name: str) -> IndicatorMapping:
    """The shipped mapping whose columns are all there; the one that asks for most, if several."""
    headings = list(headings)
    known = {fold(heading) for heading in headings}
    ranked = sorted(shipped_indicator_mappings().values(), key=lambda each: -len(each.headings))
    for mapping in ranked:
        if mapping.fits(known, file_name):
            return mapping
    found = ", ".join(f"« {heading} »" for heading in headings)
    raise DomainError(
        "Aucune correspondance fournie ne reconnaît ces colonnes; il en manque peut-être une, dont"
        f" celle du code du lieu: donnez une correspondance. Colonnes trouvées: {found}."
    )


def load_indicator_mapping(content: bytes, *, name: str) -> IndicatorMapping:
    """Read a mapping; what it does not say for certain is refused."""
    data = parse_mapping(content, name=name)
    with refusing_mapping(name):
        return _mapping(data, name)


def _mapping(data: dict[str, Any], name: str) -> IndicatorMapping:
    file, only = data.get("file", {}), data.get("only", {})
    if unknown := sorted(set(file) - FILE_KEYS):
        raise ValueError(f"réglage inconnu dans [file]: {', '.join(unknown)}")
    if file.get("numbers", "") not in NUMBERS:
        raise ValueError("file.numbers vaut « fr » ou « en »")
    if file.get("empty"):
        ValueStatus(file["empty"])
    breakdowns = _breakdowns(data.get("breakdowns", {}))
    rules = tuple(_rule(each, breakdowns) for each in data["indicators"])
    mapping = IndicatorMapping(
        name=name,
        source=SourceFacts(**data["source"]),
        place=place_rule(data["place"]),
        period=PeriodRule(**data.get("period", {})),
        rules=rules,
        definitions=tuple(data.get("definitions", [])),
        required=tuple(file.get("required", [])),
        name_pattern=file.get("name_pattern", ""),
        indicator_column=file.get("indicator_column", ""),
        status_column=file.get("status_column", ""),
        unit_column=file.get("unit_column", ""),
        numbers=file.get("numbers", ""),
        empty=file.get("empty", ""),
        ignores_others=file.get("others", REFUSE) == IGNORE,
        left_out=frozenset(file.get("left_out", [])),
        only_column=only.get("column", ""),
        only_values=frozenset(only.get("values", [])),
        breakdown_columns=tuple(file.get("breakdown_columns", [])),
        breakdowns=breakdowns,
        statuses={fold(theirs): ValueStatus(ours).value for theirs, ours in _pairs(data)},
        units=data.get("units", {}),
    )
    _check(mapping)
    return mapping


def _pairs(data: dict[str, Any]) -> Iterable[tuple[str, str]]:
    return data.get("statuses", {}).items()


def place_rule(facts: dict[str, Any]) -> PlaceRule:
    """Where the code of a place stands; a name alone is refused."""
    if not facts.get("column") and not facts.get("constant"):
        raise ValueError(NO_CODE)
    if unknown := sorted(set(facts) - PLACE_KEYS):
        raise ValueError(f"réglage inconnu dans [place]: {', '.join(unknown)}")
    if facts.get("unknown", REFUSE) not in (REFUSE, IGNORE, EXTERNAL):
        raise ValueError(f"place.unknown vaut « {REFUSE} », « {IGNORE} » ou « {EXTERNAL} »")
    CodeScheme(facts["scheme"])
    rule = PlaceRule(**facts | {"left_out": frozenset(facts.get("left_out", []))})
    for pattern in (rule.pattern, rule.name_pattern):
        re.compile(pattern)
    return rule


def _rule(facts: dict[str, Any], breakdowns: Mapping[str, BreakdownFacts]) -> IndicatorRule:
    rule = IndicatorRule(**facts)
    if rule.breakdown and fold(rule.breakdown) not in breakdowns:
        raise ValueError(f"classe inconnue: {rule.breakdown}")
    if rule.status:
        ValueStatus(rule.status)
    return rule


def _breakdowns(facts: dict[str, Any]) -> dict[str, BreakdownFacts]:
    found = {}
    for position, (theirs, (code, label)) in enumerate(facts.items(), start=1):
        ours = BreakdownFacts(code, label, position)
        BreakdownAxis(ours.axis)
        found[fold(theirs)] = ours
    return found


def _check(mapping: IndicatorMapping) -> None:
    period = mapping.period
    is_told = bool(period.value or period.column or period.file_pattern)
    if not is_told and not all(rule.period for rule in mapping.rules):
        raise ValueError("un chiffre a besoin de sa période (period.value ou period.column)")
    if any(rule.when and not mapping.indicator_column for rule in mapping.rules):
        raise ValueError("« when » a besoin de file.indicator_column")
