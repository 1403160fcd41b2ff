"""Sheets from a spreadsheet: `feuille, secteur, <item code>…`, all or nothing, twice is harmless.

Empty is no answer, NSP is « ne sait pas », REFUS is « passe ». A mapping in TOML tells another
file’s columns (see `appreciation/mappings/ratings/`). A 0 is never a level nor silently nothing:
the mapping says that it means « pas de réponse », and how many there were is told. A sheet already
typed otherwise refuses the whole file: a spreadsheet corrects nothing in silence (DESIGN.md §6).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from appreciation.domain.actors import Actor
from appreciation.domain.answer_words import answer_word, read_answer
from appreciation.domain.gestures import record
from appreciation.domain.imports.ratings_mapping import (
    BY_RANK,
    OWN_COLUMNS,
    SECTOR_COLUMN,
    SHEET_COLUMN,
    RatingsMapping,
    code_text,
)
from appreciation.domain.instruments import freeze_instrument
from appreciation.domain.locks import lock_meeting
from appreciation.domain.meetings import reopen_entry
from appreciation.domain.paper import (
    HIGHEST_SHEET_NUMBER,
    EntryOutcome,
    Sheet,
    SheetConflict,
    enter_sheets,
)
from appreciation.domain.questionnaire import (
    Questionnaire,
    QuestionnaireItem,
    questionnaire_for,
)
from appreciation.enums import MeetingState
from appreciation.models import Meeting
from core.errors import DomainError
from core.imports import ImportRefusedError
from core.tabular import fold, read_table
from reference.models import Sector

ZERO = "0"
SHOWN_DIFFERENCES = 3
SHOWN_LINES = 5
MOST_ANSWERS = 50_000
"""A hall of 2,000 with 25 questions. The meeting's lock is held while they are written."""

Row = tuple[int, Sequence[str]]
"""(line number in the file, cells as text)."""


def column_codes(questionnaire: Questionnaire) -> dict[str, QuestionnaireItem]:
    """`{column heading: item}`: the item's code, with its dimension's before it if shared."""
    codes = [item.code for item in questionnaire.items]
    columns: dict[str, QuestionnaireItem] = {}
    for dimension in questionnaire.rated_dimensions:
        for item in dimension.items:
            shared = codes.count(item.code) > 1
            columns[f"{dimension.code}.{item.code}" if shared else item.code] = item
    return columns


@dataclass(frozen=True)
class ReadSheets:
    """What a table says: the sheets, and the line where each was found.

    `missing` says in words what was read as « pas de réponse »; empty when nothing was.
    """

    sheets: tuple[Sheet, ...]
    lines: Mapping[int, int]
    missing: tuple[str, ...] = ()


def read_file(
    content: bytes, *, questionnaire: Questionnaire, mapping: RatingsMapping | None = None
) -> ReadSheets:
    """The sheets of a CSV or XLSX file, read safely. ImportRefusedError or DomainError in words."""
    table = read_table(content)
    rows = [(line.number, line.cells) for line in table.lines]
    return read_sheets(
        headers=table.headings, rows=rows, questionnaire=questionnaire, mapping=mapping
    )


def provenance_of(name: str, content: bytes) -> str:
    """What the journal keeps of a file: its name and its fingerprint."""
    return f"{Path(name).name[:100]}, sha256 {hashlib.sha256(content).hexdigest()}"


def read_sheets(
    *,
    headers: Sequence[str],
    rows: Iterable[Row],
    questionnaire: Questionnaire,
    mapping: RatingsMapping | None = None,
) -> ReadSheets:
    """The sheets of a table. ImportRefusedError lists every line that cannot be read."""
    reader = _Reader(headers, questionnaire, mapping)
    for line, cells in rows:
        reader.read(line, cells)
    if refusals := reader.all_refusals():
        raise ImportRefusedError(refusals)
    answers = sum(
        answer is not None for sheet in reader.sheets for answer in sheet.answers.values()
    )
    if answers > MOST_ANSWERS:
        raise ImportRefusedError(
            [f"Plus de {MOST_ANSWERS} réponses d’un coup: coupez ce fichier en plusieurs."]
        )
    return ReadSheets(tuple(reader.sheets), reader.lines, tuple(reader.missing_in_words()))


class _Reader:
    def __init__(
        self,
        headers: Sequence[str],
        questionnaire: Questionnaire,
        mapping: RatingsMapping | None,
    ) -> None:
        self.mapping = mapping or OWN_COLUMNS
        self.sheets: list[Sheet] = []
        self.lines: dict[int, int] = {}
        self.refusals: list[str] = []
        self.rank = self.blank = 0
        self.nothing: Counter[str] = Counter()
        self.zeros: dict[str, list[int]] = {}
        self.sectors = {
            word.casefold(): sector.pk
            for sector in Sector.objects.filter(is_active=True)
            for word in (sector.code, sector.name)
        }
        self.headings = {fold(name): name.strip() for name in headers}
        self.places = self._find_columns([fold(name) for name in headers])
        self.items = self._find_items(column_codes(questionnaire), is_foreign=mapping is not None)
        self._check_missing()

    def _find_columns(self, names: list[str]) -> dict[str, int]:
        repeated = sorted({name for name in names if name and names.count(name) > 1})
        if repeated:
            raise ImportRefusedError([f"Ligne 1: la colonne « {repeated[0]} » est là deux fois."])
        places = {name: index for index, name in enumerate(names) if name}
        needed = [*self.mapping.questions, *self.mapping.kept_rows]
        if self.mapping.sheet != BY_RANK:
            needed.append(self.mapping.sheet)
        missing = [
            f"Ligne 1: il manque la colonne « {name} »."
            for name in needed
            if fold(name) not in places
        ]
        if missing:
            raise ImportRefusedError(missing)
        return places

    def _find_items(
        self, columns: dict[str, QuestionnaireItem], *, is_foreign: bool
    ) -> dict[int, tuple[str, QuestionnaireItem]]:
        """`{index of the column: (code, item)}`. A heading nobody knows refuses the file."""
        questions = self.mapping.questions
        if not is_foreign:
            known = {SHEET_COLUMN, SECTOR_COLUMN}
            questions = {name: self.headings[name] for name in self.places if name not in known}
        columns = {fold(code): item for code, item in columns.items()}
        unknown = [
            f"Ligne 1: la colonne « {code} » n’est pas une question de cet instrument. "
            "Partez du gabarit de la rencontre."
            for code in questions.values()
            if fold(code) not in columns
        ]
        asked = Counter(fold(code) for code in questions.values())
        unknown += [
            f"Ligne 1: deux colonnes répondent à la question « {code} »."
            for code, times in asked.items()
            if times > 1
        ]
        if unknown or not questions:
            raise ImportRefusedError(unknown or ["Ligne 1: aucune colonne de question."])
        return {
            self.places[fold(name)]: (code, columns[fold(code)]) for name, code in questions.items()
        }

    def read(self, line: int, cells: Sequence[str]) -> None:
        def cell(index: int | None) -> str:
            return cells[index].strip() if index is not None and index < len(cells) else ""

        if not any(text.strip() for text in cells) or any(
            cell(self.places[fold(name)]) != value for name, value in self.mapping.kept_rows.items()
        ):
            return
        self.rank += 1
        before = len(self.refusals)
        number = self._number(line, cell)
        sector_id = self._sector(line, cell(self.places.get(fold(self.mapping.sector))))
        answers = {}
        for index, (code, item) in self.items.items():
            try:
                answers[item.id] = self._answer(line, cell(index), code, item)
            except DomainError as error:
                self.refusals.append(f"Ligne {line}, colonne {code}: {error}")
        if number is None or len(self.refusals) > before:
            return
        if sector_id is None and all(answer is None for answer in answers.values()):
            self.blank += 1  # numbered beforehand and not filled in, or nothing but missing
            return
        self.lines[number] = line
        self.sheets.append(Sheet(number=number, answers=answers, sector_id=sector_id))

    def _number(self, line: int, cell) -> int | None:
        if self.mapping.sheet == BY_RANK:
            return self.rank
        text = cell(self.places[fold(self.mapping.sheet)])
        digits = text.replace(",", ".").removesuffix(".0")
        is_number = digits.isascii() and digits.isdigit() and len(digits) <= len("99999")
        if not is_number or not 1 <= int(digits) <= HIGHEST_SHEET_NUMBER:
            self.refusals.append(
                f"Ligne {line}: le numéro de feuille « {text[:20]} » n’est pas un nombre "
                f"de 1 à {HIGHEST_SHEET_NUMBER}."
            )
            return None
        number = int(digits)
        if number in self.lines:
            self.refusals.append(
                f"Ligne {line}: la feuille {number} est déjà à la ligne {self.lines[number]}."
            )
            return None
        return number

    def _sector(self, line: int, text: str) -> int | None:
        if not text:
            return None
        sector_id = self.sectors.get(text.casefold())
        if sector_id is None:
            self.refusals.append(f"Ligne {line}: le secteur « {text[:40]} » est inconnu.")
        return sector_id

    def _answer(self, line: int, text: str, code: str, item: QuestionnaireItem) -> int | None:
        said = self.mapping.answers.get(text, text)
        plain = code_text(said)
        if text and (not said or plain in self.mapping.missing):
            self.nothing[code_text(text)] += 1
            return None
        if plain == ZERO:
            self.zeros.setdefault(code, []).append(line)
            return None
        return read_answer(said, item)

    def _check_missing(self) -> None:
        """A code that is a level of one question cannot mean « pas de réponse »."""
        taken = [
            f"Correspondance: « {code} » ne peut pas vouloir dire « pas de réponse »: "
            f"c’est un niveau de la question « {name} »."
            for code in sorted(self.mapping.missing)
            for name, item in self.items.values()
            if code.isdecimal() and 1 <= int(code) <= len(item.levels)
        ]
        if taken:
            raise ImportRefusedError(taken)

    def all_refusals(self) -> list[str]:
        """Every reason to refuse the file; zeros are told once for each column."""
        refusals = self.refusals + [
            zeros_in_words(code, lines, foreign=self.mapping is not OWN_COLUMNS)
            for code, lines in self.zeros.items()
        ]
        if refusals or self.sheets:
            return refusals
        if self.blank:
            return [
                f"Aucune réponse à importer: {lines_in_words(self.blank)} sans aucune réponse. "
                "Une case vide n’est pas un 0."
            ]
        return ["Le fichier n’a aucune feuille sous ses titres de colonnes."]

    def missing_in_words(self) -> Iterator[str]:
        for code, times in sorted(self.nothing.items()):
            cells = f"{times} cases" if times > 1 else "1 case"
            yield f"« {code} » veut dire « pas de réponse »: {cells}."
        if self.blank > 1:
            lines = lines_in_words(self.blank)
            yield f"{lines} sans aucune réponse, laissées de côté: ce ne sont pas des 0."
        elif self.blank:
            yield "1 ligne sans aucune réponse, laissée de côté: ce n’est pas un 0."


def zeros_in_words(code: str, lines: Sequence[int], *, foreign: bool) -> str:
    shown = ", ".join(map(str, lines[:SHOWN_LINES])) + ("…" if len(lines) > SHOWN_LINES else "")
    where = f"{lines_in_words(len(lines))} ({shown})"
    remedy = (
        'écrivez manquants = ["0"] dans la correspondance; si vos niveaux commencent à 0, '
        "décalez-les sous [reponses]"
        if foreign
        else "laissez la case vide"
    )
    return (
        f"Colonne {code}: 0 à {where}, et 0 n’est pas un niveau. "
        f"S’il veut dire « pas de réponse », {remedy}."
    )


def lines_in_words(number: int) -> str:
    return f"{number} lignes" if number > 1 else "1 ligne"


def import_sheets(
    *,
    meeting: Meeting,
    actor: Actor,
    read: ReadSheets,
    provenance: str,
    round_number: int = 1,
    reopen: bool = False,
    dry_run: bool = False,
) -> EntryOutcome:
    """Store every sheet or none; freezes the instrument and logs where the sheets came from.

    `reopen` opens a finished entry again (logged), and leaves it open. With `dry_run` all is
    checked and nothing kept. ImportRefusedError when a sheet is already typed otherwise.
    """
    with transaction.atomic():
        locked = lock_meeting(meeting)
        if reopen and locked.state == MeetingState.ENTRY_DONE:
            locked = reopen_entry(meeting=locked, actor=actor)
        outcome = enter_sheets(
            meeting=locked,
            actor=actor,
            sheets=read.sheets,
            round_number=round_number,
            dry_run=dry_run,
        )
        if outcome.conflicts:
            columns = column_codes(questionnaire_for(locked.instrument))
            codes = {item.id: code for code, item in columns.items()}
            raise ImportRefusedError(
                [_conflict_in_words(conflict, read, codes) for conflict in outcome.conflicts]
            )
        if outcome.changes_something and not dry_run:
            freeze_instrument(locked.instrument)
            record(locked, actor, "Feuilles importées", f"{len(outcome.entered)}, {provenance}")
            for said in read.missing:
                record(locked, actor, "Réponses manquantes", said[:300])
        if dry_run:
            transaction.set_rollback(True)
    return outcome


def _conflict_in_words(conflict: SheetConflict, read: ReadSheets, codes: Mapping[int, str]) -> str:
    typed = next(sheet for sheet in read.sheets if sheet.number == conflict.number)
    differences = [
        f"{codes[item_id]}: {_shown(typed.answers[item_id])} ici, "
        f"{_shown(conflict.stored.get(item_id))} déjà saisi"
        for item_id in codes
        if item_id in conflict.differing
    ]
    if conflict.sector_differs:
        differences.insert(0, "le secteur n’est pas le même")
    shown = "; ".join(differences[:SHOWN_DIFFERENCES])
    more = "…" if len(differences) > SHOWN_DIFFERENCES else ""
    return (
        f"Ligne {read.lines[conflict.number]}: la feuille {conflict.number} est déjà saisie "
        f"autrement ({shown}{more}). Corrigez-la à l’écran de saisie, ou corrigez le fichier."
    )


def _shown(answer: int | None) -> str:
    return answer_word(answer) or "rien"
