"""Past démarches from a table: one line each, its PDF lying beside the file (DESIGN.md §6)."""

from __future__ import annotations

from collections.abc import Mapping
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
from appreciation.domain.historical_words import TypedFinding, TypedWords
from appreciation.enums import FindingKind
from core.errors import DomainError
from core.imports import ImportRefusedError, Outcome, missing_columns
from core.tabular import Line, Table, parse_whole, read_table, renamed
from reference.enums import CodeScheme
from reference.models import Dimension, Place

REQUIRED = ["nomenclature", "code", "année", "titre", "résumé", "rapport"]
"""« demandée par » may be absent, and so may what the report says: `WORDS` and « leçons »."""
WORDS = {
    "forces": FindingKind.STRENGTH,
    "défis": FindingKind.CHALLENGE,
    "pistes": FindingKind.ACTION_LEAD,
}
LESSONS = "leçons"
Entry = tuple[HistoricalFacts, bytes]
Dimensions = Mapping[str, Dimension]


def import_appraisals(
    content: bytes, *, folder: Path, columns: dict[str, str] | None = None, dry_run: bool = False
) -> Outcome:
    """Enter every line, or none. A place is found by scheme and code, never by its name.

    « rapport » is the name of a PDF of `folder`. What the report says goes in « forces », « défis »
    and « pistes », separated by « | », each after the code of its dimension if it has one
    (« belonging: On se connaît »), and in « leçons ». A file without these columns leaves what was
    typed. The same file again changes nothing. `columns` gives our heading → theirs.
    """
    table = renamed(read_table(content), columns or {})
    if problems := missing_columns(table, REQUIRED):
        raise ImportRefusedError(problems)
    if not table.lines:
        raise DomainError("Ce fichier n’a que des titres: ajoutez une ligne par démarche.")
    entries = _entries(table, folder, {each.code: each for each in Dimension.objects.all()})
    fresh = [entry for entry in entries if already_recorded(*entry) is None]
    if not dry_run:
        _record(fresh)
    return Outcome(created=len(fresh), unchanged=len(entries) - len(fresh))


@transaction.atomic
def _record(entries: list[Entry]) -> None:
    for facts, pdf in entries:
        record_historical(facts, report=ContentFile(pdf), user=None)


def _entries(table: Table, folder: Path, dimensions: Dimensions) -> list[Entry]:
    """All is read and checked before anything is written: no file is left behind by a refusal."""
    entries: list[Entry] = []
    problems: list[str] = []
    seen: dict[tuple[int, int, str], int] = {}
    for line in table.lines:
        try:
            facts, pdf = _entry(table, line, folder, dimensions)
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


def _entry(table: Table, line: Line, folder: Path, dimensions: Dimensions) -> Entry:
    facts = HistoricalFacts(
        place=_place(table.value(line, "nomenclature"), table.value(line, "code")),
        year=parse_whole(table.value(line, "année")),
        title=table.value(line, "titre"),
        summary=table.value(line, "résumé"),
        requested_by=table.value(line, "demandée par"),
        words=_words(table, line, dimensions),
    )
    pdf = _pdf(folder, table.value(line, "rapport"))
    check_historical(facts, pdf)
    return facts, pdf


def _words(table: Table, line: Line, dimensions: Dimensions) -> TypedWords | None:
    """None where the file has no column for them."""
    if all(table.column(name) is None for name in (*WORDS, LESSONS)):
        return None
    findings = [
        _finding(kind, said.strip(), dimensions)
        for column, kind in WORDS.items()
        for said in table.value(line, column).split("|")
        if said.strip()
    ]
    return TypedWords(tuple(findings), table.value(line, LESSONS))


def _finding(kind: FindingKind, said: str, dimensions: Dimensions) -> TypedFinding:
    """A colon alone tells nothing: only a code that we know comes before it."""
    code, colon, text = said.partition(":")
    dimension = dimensions.get(code.strip()) if colon else None
    return TypedFinding(kind, text.strip() if dimension else said, dimension)


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
