"""Past démarches from a table: one line each, its PDF lying beside the file (DESIGN.md §6)."""

from __future__ import annotations

from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction

from appreciation.domain.historical import (
    MAX_REPORT_BYTES,
    HistoricalFacts,
    already_recorded,
    check_historical,
    record_historical,
)
from core.errors import DomainError
from core.imports import ImportRefusedError, Outcome, missing_columns
from core.tabular import Line, Table, parse_whole, read_table, renamed
from reference.enums import CodeScheme
from reference.models import Place

REQUIRED = ["nomenclature", "code", "année", "titre", "résumé", "rapport"]
"""« demandée par » may be absent."""
Entry = tuple[HistoricalFacts, bytes]


def import_appraisals(
    content: bytes, *, folder: Path, columns: dict[str, str] | None = None, dry_run: bool = False
) -> Outcome:
    """Enter every line, or none. A place is found by scheme and code, never by its name.

    « rapport » is the name of a PDF of `folder`. The same file again changes nothing. `columns`
    gives our heading → theirs.
    """
    table = renamed(read_table(content), columns or {})
    if problems := missing_columns(table, REQUIRED):
        raise ImportRefusedError(problems)
    if not table.lines:
        raise DomainError("Ce fichier n’a que des titres: ajoutez une ligne par démarche.")
    entries = _entries(table, folder)
    fresh = [entry for entry in entries if already_recorded(*entry) is None]
    if not dry_run:
        _record(fresh)
    return Outcome(created=len(fresh), unchanged=len(entries) - len(fresh))


@transaction.atomic
def _record(entries: list[Entry]) -> None:
    for facts, pdf in entries:
        record_historical(facts, report=ContentFile(pdf), user=None)


def _entries(table: Table, folder: Path) -> list[Entry]:
    """All is read and checked before anything is written: no file is left behind by a refusal."""
    entries: list[Entry] = []
    problems: list[str] = []
    seen: dict[tuple[int, int, str], int] = {}
    for line in table.lines:
        try:
            facts, pdf = _entry(table, line, folder)
        except DomainError as error:
            problems.append(f"Ligne {line.number}: {error}")
            continue
        key = (facts.place.pk, facts.year, facts.title)
        first = seen.setdefault(key, line.number)
        if first != line.number:
            problems.append(f"Ligne {line.number}: cette démarche est déjà à la ligne {first}.")
        entries.append((facts, pdf))
    if problems:
        raise ImportRefusedError(problems)
    return entries


def _entry(table: Table, line: Line, folder: Path) -> Entry:
    facts = HistoricalFacts(
        place=_place(table.value(line, "nomenclature"), table.value(line, "code")),
        year=parse_whole(table.value(line, "année")),
        title=table.value(line, "titre"),
        summary=table.value(line, "résumé"),
        requested_by=table.value(line, "demandée par"),
    )
    pdf = _pdf(folder, table.value(line, "rapport"))
    check_historical(facts, pdf)
    return facts, pdf


def _place(scheme: str, code: str) -> Place:
    if scheme not in CodeScheme.values:
        schemes = ", ".join(CodeScheme.values)
        raise DomainError(f"code ambigu « {code} »: donnez sa nomenclature ({schemes}).")
    place = Place.objects.filter(codes__scheme=scheme, codes__code=code).first()
    if place is None:
        raise DomainError(f"lieu inconnu ({scheme} {code}).")
    return place


def _pdf(folder: Path, name: str) -> bytes:
    if not name or Path(name).name != name:
        raise DomainError(
            "« rapport » est le nom d’un PDF du même dossier que ce fichier, comme « village.pdf »."
        )
    try:
        with (folder / name).open("rb") as file:
            return file.read(MAX_REPORT_BYTES + 1)
    except OSError as error:
        raise DomainError(f"rapport introuvable: « {name} ».") from error
