"""What makes one kind of import another: its words, who may, how a file is read and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cms.imports.models import BaseImportJob
from core.imports import SHOWN_PROBLEMS, Outcome

Tell = Callable[[int, str], None]
Report = dict[str, Any]
WRITERS = ("editor", "coordinator")
REGION = "region"


@dataclass(frozen=True)
class ImportWords:
    """`counts` names what is created, changed and left; `columns` heads the first rows shown."""

    title: str
    introduction: str
    file_help: str
    counts: tuple[str, str, str]
    columns: tuple[str, ...]
    erased: str


@dataclass(frozen=True)
class Then:
    """Where an import that is done leads."""

    words: str
    url: str


@dataclass(frozen=True)
class ImportKind:
    """`look` reads a file (content, name, mapping) and writes nothing; `write` does it for a job.

    `url_name` begins the names of the four addresses. `mappings` is the folder of the shipped ones,
    `mapping_names` their names in words.
    """

    url_name: str
    model: type[BaseImportJob]
    words: ImportWords
    mappings: Path
    mapping_names: dict[str, str]
    look: Callable[[bytes, str, bytes], Report]
    write: Callable[[BaseImportJob, bytes, Tell], Report]
    then: Callable[[], Then | None]


def may_import(user: Any) -> bool:
    """Whoever edits or coordinates a whole region: a file holds lines of anywhere.

    Somebody in charge of one territory writes hers one by one.
    """
    if not user.is_active:
        return False
    roles = user.role_assignments.filter(role__in=WRITERS, place__kind=REGION)
    return user.is_superuser or roles.exists()


def report_of(
    outcome: Outcome,
    *,
    changes: bool,
    rows: Iterable[list[str]] = (),
    problems: list[str] = [],  # noqa: B006  never changed
    remarks: list[str] = [],  # noqa: B006  never changed
) -> Report:
    """What the screen shows: counts, first rows, what is refused, what to know."""
    return {
        "created": outcome.created,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "changes": changes,
        "rows": list(rows),
        "problems": problems[:SHOWN_PROBLEMS],
        "more_problems": max(0, len(problems) - SHOWN_PROBLEMS),
        "remarks": remarks[:SHOWN_PROBLEMS],
        "more_remarks": max(0, len(remarks) - SHOWN_PROBLEMS),
    }
