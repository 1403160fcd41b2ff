"""What every importer shares: refusing in words, saying what changed, reading its mapping."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from core.errors import DomainError
from core.tabular import MAX_BYTES, Table, fold

SHOWN_PROBLEMS = 50


class ImportRefusedError(DomainError):
    """Nothing was written. `problems` are French sentences, one per fault, with their line."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        shown = problems[:SHOWN_PROBLEMS]
        if len(problems) > SHOWN_PROBLEMS:
            shown = [*shown, f"… et {len(problems) - SHOWN_PROBLEMS} autres."]
        super().__init__("\n".join(shown))


@dataclass(frozen=True)
class Outcome:
    """How many things an import made, changed, and found as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated)

    def __str__(self) -> str:
        if not self.changed:
            return f"Rien à changer ({self.unchanged} déjà à jour)."
        return f"{self.created} créés, {self.updated} modifiés, {self.unchanged} inchangés."


def read_content(path: Path) -> bytes:
    """The bytes of a file on disk, never more than an import accepts."""
    try:
        with path.open("rb") as file:
            return read_limited(file)
    except OSError as error:
        raise DomainError(f"Fichier illisible: {path}.") from error


def read_limited(file: BinaryIO) -> bytes:
    """The bytes of an open file or an upload; refused above the limit before all is in memory."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise DomainError(
            f"Ce fichier dépasse {MAX_BYTES // 1024 // 1024} Mo: coupez-le en plusieurs."
        )
    return content


def read_mapping(path: Path) -> dict[str, Any]:
    """A mapping file: which column of somebody else's file is which of our fields."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DomainError(f"Fichier de correspondance illisible: {path}.") from error
    return parse_mapping(content, name=path.name)


def parse_mapping(content: bytes, *, name: str) -> dict[str, Any]:
    """The same from the bytes of a TOML file, on disk or uploaded."""
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise DomainError(f"Correspondance {name}: ce TOML ne se lit pas ({error}).") from error


@contextmanager
def refusing_mapping(name: str) -> Iterator[None]:
    """What a mapping lacks, or says in a way that does not hold, is a refusal that names it."""
    try:
        yield
    except KeyError as error:
        raise DomainError(f"Correspondance {name}: il manque {error}.") from error
    except (TypeError, AttributeError, ValueError, re.error) as error:
        raise DomainError(f"Correspondance {name}: {error}.") from error


def missing_columns(table: Table, wanted: list[str]) -> list[str]:
    """One sentence per heading that is not in the file (case and accents do not count)."""
    known = {fold(heading) for heading in table.headings}
    found = ", ".join(f"« {heading} »" for heading in table.headings)
    return [
        f"Il manque la colonne « {heading} ». Colonnes trouvées: {found}."
        for heading in wanted
        if fold(heading) not in known
    ]
