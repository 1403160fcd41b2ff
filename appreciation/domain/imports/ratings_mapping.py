"""Which column of somebody else’s spreadsheet is what, and what its codes mean (TOML)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.errors import DomainError
from core.imports import parse_mapping, read_mapping

SHEET_COLUMN = "feuille"
SECTOR_COLUMN = "secteur"
BY_RANK = "rang"
SHIPPED_MAPPINGS = Path(__file__).resolve().parents[2] / "mappings" / "ratings"
TABLES = ("questions", "reponses", "garder")
KEYS = frozenset({"titre", "feuille", "secteur", "manquants", *TABLES})


@dataclass(frozen=True)
class RatingsMapping:
    """Which column of a foreign file is what. `sheet` may be « rang »: rows are numbered.

    `missing` are the codes that mean « pas de réponse »: 0, or 99. Nothing is guessed: a 0 that is
    not told refuses the file.
    """

    sheet: str
    sector: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    kept_rows: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()


OWN_COLUMNS = RatingsMapping(SHEET_COLUMN, SECTOR_COLUMN)
"""A file made from our template."""


def load_mapping(path: str | Path) -> RatingsMapping:
    """Read a TOML mapping, by its path or by the name of a shipped one (`multilevel_cohesion`)."""
    chosen = Path(path)
    shipped = SHIPPED_MAPPINGS / f"{chosen.name}.toml"
    if not chosen.is_file() and shipped.is_file():
        chosen = shipped
    return _mapping_from(read_mapping(chosen), name=chosen.name)


def mapping_from_upload(content: bytes, *, name: str) -> RatingsMapping:
    """The same from a file sent through the form."""
    return _mapping_from(parse_mapping(content, name=name), name=name)


def code_text(text: str) -> str:
    """A cell’s code as it is compared: 0, « 0,0 » and « 0.0 » are one."""
    return text.strip().replace(",", ".").removesuffix(".0")


def _mapping_from(content: dict[str, Any], *, name: str) -> RatingsMapping:
    tables = [content.get(key, {}) for key in TABLES]
    missing = content.get("manquants", [])
    is_one = (
        not content.keys() - KEYS
        and tables[0]
        and all(isinstance(table, dict) for table in tables)
        and isinstance(missing, list)
    )
    if not is_one:
        raise DomainError(
            f"Correspondance « {name} »: les clés sont feuille, secteur, manquants (une liste), "
            "[questions], [reponses] et [garder]."
        )
    questions, answers, kept_rows = (
        {str(key): str(value) for key, value in table.items()} for table in tables
    )
    return RatingsMapping(
        sheet=str(content.get("feuille", SHEET_COLUMN)),
        sector=str(content.get("secteur", "")),
        questions=questions,
        answers=answers,
        kept_rows=kept_rows,
        missing=frozenset(code_text(str(code)) for code in missing),
    )
