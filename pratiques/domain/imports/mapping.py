"""How somebody else's file of sheets is read: which column becomes which field. Written in TOML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import DomainError
from core.imports import parse_mapping, refusing_mapping
from core.tabular import fold
from pratiques.enums import Licence, SupportKind

MAPPINGS = Path(__file__).resolve().parents[2] / "mappings"

PLAIN_FIELDS = (
    *("title", "summary", "holder_name", "holder_url", "contact_email", "contact_phone"),
    *("contact_hint", "cost_detail", "effort_detail", "source_name", "source_url"),
    *("status", "milieu_size", "milieu_kind", "cost_band", "effort_band", "licence"),
)
RICH_FIELDS = (
    *("situation", "aims", "approach", "concerned_people", "what_did_not_work"),
    *("success_conditions", "watch_points", "adaptation", "sequel"),
)
YEAR_FIELDS = ("started_in", "ended_in")
DATE_FIELDS = ("verified_on",)
LIST_FIELDS = ("issues", "dimensions", "sectors", "places")
ROW_FIELDS = ("partners", "moments", "files")
FIELDS = (
    *PLAIN_FIELDS,
    *RICH_FIELDS,
    *YEAR_FIELDS,
    *DATE_FIELDS,
    *LIST_FIELDS,
    *ROW_FIELDS,
)
LONGEST_NAME = 40
"""Leaves room for the key itself (`records.LONGEST_KEY`)."""
FORMATS = ("plain", "markdown", "html")
REFUSE, IGNORE = "refuse", "ignore"


@dataclass(frozen=True)
class Rule:
    """How one field is filled. `columns`: the first that is not empty. `sections`: by their titles.

    `values` turns their words into ours; a word it does not know is refused, or ignored. Each {} of
    `template` takes one column, or one part of a single column that `split` cuts. `extra` goes with
    rows: a partner's kind of support, what happened at a moment, a document's title.
    """

    columns: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    constant: str = ""
    template: str = ""
    format: str = "plain"
    split: str = ""
    date: str = ""
    values: Mapping[str, tuple[str, ...]] | None = None
    otherwise: str = REFUSE
    amount: bool = False
    first_paragraph: bool = False
    extra: str = ""


@dataclass(frozen=True)
class LeftOut:
    column: str
    values: frozenset[str]


@dataclass(frozen=True)
class PracticeMapping:
    """`name` begins each key, so that two sources never share one."""

    name: str
    label: str
    key: tuple[str, ...]
    required: tuple[str, ...]
    empty: frozenset[str]
    sections_column: str
    left_out: tuple[LeftOut, ...]
    rules: Mapping[str, tuple[Rule, ...]]

    @property
    def headings(self) -> list[str]:
        return list(dict.fromkeys((*self.key, *self.required)))


def shipped_mappings() -> dict[str, PracticeMapping]:
    """Those that come with the site, by name."""
    paths = sorted(MAPPINGS.glob("*.toml"))
    return {path.stem: load_mapping(path.read_bytes(), name=path.name) for path in paths}


def mapping_for(headings: Iterable[str]) -> PracticeMapping:
    """The shipped mapping whose columns are all there; the one that asks for most, if several."""
    known = {fold(heading) for heading in headings}
    ranked = sorted(shipped_mappings().values(), key=lambda each: -len(each.headings))
    for mapping in ranked:
        if all(fold(heading) in known for heading in mapping.headings):
            return mapping
    found = ", ".join(f"« {heading} »" for heading in headings)
    raise DomainError(
        "Aucune correspondance fournie ne reconnaît ces colonnes; il en manque peut-être une:"
        f" donnez une correspondance. Colonnes trouvées: {found}."
    )


def load_mapping(content: bytes, *, name: str) -> PracticeMapping:
    """Read a mapping; what it does not say for certain is refused."""
    data = parse_mapping(content, name=name)
    with refusing_mapping(name):
        return _mapping(data)


def _mapping(data: dict[str, Any]) -> PracticeMapping:
    source, rows = data["source"], data["rows"]
    rules = {
        field: tuple(_rule(field, each) for each in _listed(facts))
        for field, facts in data["fields"].items()
    }
    constants = {
        "source_name": source["label"],
        "source_url": source.get("url", ""),
        "licence": source.get("licence", ""),
    }
    for field, constant in constants.items():
        if constant:
            rules.setdefault(field, (Rule(constant=constant),))
    if "title" not in rules:
        raise ValueError("dites d’où vient le titre (fields.title)")
    if "licence" not in rules:
        raise ValueError("dites la licence (source.licence ou fields.licence)")
    if source.get("licence"):
        Licence(source["licence"])
    return PracticeMapping(
        name=_short_name(source["name"]),
        label=source["label"],
        key=_texts(rows["key"]),
        required=_texts(rows.get("required", [])),
        empty=frozenset(fold(value) for value in _texts(rows.get("empty", []))),
        sections_column=rows.get("sections", ""),
        left_out=tuple(
            LeftOut(each["column"], frozenset(fold(value) for value in _texts(each["values"])))
            for each in data.get("leave_out", [])
        ),
        rules=rules,
    )


def _rule(field: str, facts: dict[str, Any]) -> Rule:
    if field not in FIELDS:
        raise ValueError(f"champ inconnu: {field}")
    known = {"from", *Rule.__dataclass_fields__} - {"columns"}
    if unknown := sorted(set(facts) - known):
        raise ValueError(f"{field}: réglage inconnu, {', '.join(unknown)}")
    options = {name: value for name, value in facts.items() if name != "from"}
    rule = Rule(
        **options
        | {
            "columns": _texts(facts.get("from", [])),
            "sections": tuple(fold(each) for each in _texts(facts.get("sections", []))),
            "values": _values(facts["values"]) if "values" in facts else None,
        }
    )
    if rule.format not in FORMATS:
        raise ValueError(f"{field}: format inconnu « {rule.format} » ({', '.join(FORMATS)})")
    if rule.otherwise not in (REFUSE, IGNORE):
        raise ValueError(f"{field}: otherwise vaut « {REFUSE} » ou « {IGNORE} »")
    if field == "partners":
        SupportKind(rule.extra or SupportKind.OTHER)
    return rule


def _values(facts: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {fold(theirs): _texts(ours) for theirs, ours in facts.items()}


def _texts(value: Any) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise TypeError(f"« {value} » devrait être un texte, ou une liste de textes")
    return tuple(listed)


def _listed(facts: Any) -> list[dict[str, Any]]:
    return facts if isinstance(facts, list) else [facts]


def _short_name(name: str) -> str:
    if not name or ":" in name or len(name) > LONGEST_NAME:
        raise ValueError("source.name est un nom court, sans deux-points")
    return name
