"""The grid where paper sheets are typed: read what was posted, keep it, say what is wrong where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from appreciation.domain.answer_words import (
    answer_word,
    exit_letter,
    ordinal,
    read_answer,
    read_exit,
)
from appreciation.domain.paper import HIGHEST_SHEET_NUMBER, EntryOutcome, Sheet, SheetConflict
from appreciation.domain.queries.sheets import EnteredSheet
from appreciation.domain.questionnaire import QuestionnaireItem
from appreciation.enums import TEAM_ENTERED_MEDIA, ExitQuestion, Medium
from appreciation.models import RatingCorrection
from core.errors import DomainError
from core.typography import fr_typo

USUAL_ROWS = 15
MOST_ROWS = 60
LONGEST_FINGERPRINT = 5000
EXIT_HEADINGS = (
    (ExitQuestion.HEARD, "Écouté"),
    (ExitQuestion.USEFUL, "Utile"),
    (ExitQuestion.AGAIN, "Revenir"),
)
SHOWN_WORDS = {"NSP": "N", "REFUS": "P"}


@dataclass
class Cell:
    name: str
    item: QuestionnaireItem
    rank: int
    value: str = ""
    error: str = ""
    stored: str = ""
    is_open: bool = True


@dataclass
class ExitCell:
    """One exit question of a sheet; `heading` is the word above its column."""

    name: str
    question: ExitQuestion
    heading: str
    value: str = ""
    error: str = ""
    stored: str = ""


@dataclass
class GridRow:
    """One sheet being typed. `state`: blank, waiting, typed, error, conflict, saved."""

    index: int
    number: str
    cells: list[Cell]
    exit_cells: list[ExitCell] = field(default_factory=list)
    sector: str = ""
    replaces: bool = False
    seen: str = ""
    number_error: str = ""
    sector_error: str = ""
    message: str = ""
    state: str = "blank"
    asks_to_replace: bool = False

    @property
    def boxes(self) -> tuple[Cell | ExitCell, ...]:
        return (*self.cells, *self.exit_cells)

    @property
    def is_blank(self) -> bool:
        return not any(box.value for box in self.boxes)

    @property
    def has_error(self) -> bool:
        return bool(self.number_error or self.sector_error or any(box.error for box in self.boxes))


@dataclass
class SheetGrid:
    """The rows on screen for one round. `rounds` tells which items that round asks."""

    items: tuple[QuestionnaireItem, ...]
    rounds: Mapping[int, int]
    round_number: int = 1
    medium: str = Medium.PAPER
    sectors: tuple[tuple[str, str], ...] = ()
    rows: list[GridRow] = field(default_factory=list)

    @property
    def most_levels(self) -> int:
        return max((len(item.levels) for item in self.items), default=0)

    @property
    def exit_questions(self) -> tuple[tuple[ExitQuestion, str], ...]:
        """Asked once, at the end of the evening: only the first round's grid takes them."""
        return EXIT_HEADINGS if self.round_number == 1 else ()

    def is_typed(self, sheet: EnteredSheet) -> bool:
        return bool(sheet.answers or (self.exit_questions and sheet.exits))

    def add_blank_rows(self, count: int, taken: Iterable[int]) -> None:
        """Rows ready to type, with the first free sheet numbers."""
        numbers = _free_numbers(set(taken))
        start = len(self.rows)
        self.rows += [
            GridRow(index, str(next(numbers)), self._cells(index), self._exit_cells(index))
            for index in range(start, start + count)
        ]

    def add_correction(self, sheet: EnteredSheet) -> None:
        """A sheet already typed, opened to be corrected on purpose."""
        row = GridRow(0, str(sheet.number), self._cells(0), self._exit_cells(0))
        row.replaces = row.asks_to_replace = True
        row.seen = sheet.fingerprint
        row.sector = str(sheet.sector_id or "")
        for cell in row.cells:
            cell.value = _short_word(sheet.answers.get(cell.item.id))
        for asked in row.exit_cells:
            asked.value = exit_letter(sheet.exits.get(asked.question))
        row.message = f"Feuille {sheet.number}: changez ce qui doit l’être, puis enregistrez."
        self.rows.append(row)

    def read(self, data: QueryDict) -> list[Sheet]:
        """Fill the rows from what was posted; return the sheets without error, to be stored.

        `enregistrer` holds the index of one row, or « toutes ».
        """
        self.medium = data.get("moyen") if data.get("moyen") in TEAM_ENTERED_MEDIA else Medium.PAPER
        indexes = [int(text) for text in data.getlist("ligne") if text.isdecimal()][:MOST_ROWS]
        self.rows = [self._posted_row(index, data) for index in dict.fromkeys(indexes)]
        wanted = data.get("enregistrer", "toutes")
        chosen = [row for row in self.rows if wanted in ("toutes", str(row.index))]
        sheets: dict[int, Sheet] = {}
        for row in chosen:
            sheet = self._read_row(row)
            if sheet is not None and sheet.number in sheets:
                row.state, row.number_error = "error", "Ce numéro est déjà sur une autre ligne."
            elif sheet is not None:
                sheets[sheet.number] = sheet
        return list(sheets.values())

    def tell(self, outcome: EntryOutcome) -> None:
        """What became of each row: saved, or shown beside what is already stored."""
        saved = {*outcome.entered, *outcome.corrected, *outcome.unchanged}
        conflicts = {conflict.number: conflict for conflict in outcome.conflicts}
        for row in self.rows:
            if row.state != "typed":
                continue
            number = int(row.number)
            if number in saved:
                row.state, row.message = "saved", f"Feuille {number} enregistrée"
            elif number in conflicts:
                self._show_conflict(row, conflicts[number])

    @property
    def is_settled(self) -> bool:
        """Nothing left to correct or to save on screen."""
        return all(row.state in ("saved", "blank") for row in self.rows)

    @property
    def has_errors(self) -> bool:
        return any(row.state == "error" for row in self.rows)

    @property
    def has_conflicts(self) -> bool:
        return any(row.state == "conflict" for row in self.rows)

    @property
    def saved_in_words(self) -> str:
        count = sum(row.state == "saved" for row in self.rows)
        if count == 0:
            return "Rien à enregistrer: toutes les lignes sont vides."
        return "1 feuille enregistrée." if count == 1 else f"{count} feuilles enregistrées."

    @property
    def query(self) -> str:
        """What keeps the round chosen from one page to the next."""
        return f"?tour={self.round_number}" if self.round_number > 1 else ""

    def drop_saved_rows(self) -> None:
        """Only what is left to type or to correct stays on screen."""
        self.rows = [row for row in self.rows if row.state != "saved"]

    def as_json(self) -> Iterator[dict]:
        """What the script needs to know of each row that was sent."""
        for row in self.rows:
            yield {
                "index": row.index,
                "state": row.state,
                "message": fr_typo(row.message),
                "number_error": fr_typo(row.number_error),
                "sector_error": fr_typo(row.sector_error),
                "asks_to_replace": row.asks_to_replace,
                "seen": row.seen,
                "cells": {
                    box.name: {"error": fr_typo(box.error), "stored": box.stored}
                    for box in row.boxes
                    if box.error or box.stored
                },
            }

    def _cells(self, index: int) -> list[Cell]:
        return [
            Cell(f"{index}-{item.id}", item, rank, is_open=item.id in self.rounds)
            for rank, item in enumerate(self.items, start=1)
        ]

    def _exit_cells(self, index: int) -> list[ExitCell]:
        return [
            ExitCell(f"{index}-sortie-{question}", question, heading)
            for question, heading in self.exit_questions
        ]

    def _posted_row(self, index: int, data: QueryDict) -> GridRow:
        number = data.get(f"{index}-numero", "").strip()[:20]
        row = GridRow(index, number, self._cells(index), self._exit_cells(index))
        row.sector = data.get(f"{index}-secteur", "")[:20]
        row.replaces = row.asks_to_replace = bool(data.get(f"{index}-remplacer"))
        row.seen = data.get(f"{index}-vu", "")[:LONGEST_FINGERPRINT]
        for box in row.boxes:
            box.value = data.get(box.name, "").strip()[:20]
        if not row.is_blank:
            row.state = "waiting"
        return row

    def _read_row(self, row: GridRow) -> Sheet | None:
        if row.is_blank and not row.replaces:
            return None
        row.state = "typed"
        answers, exits = _read_boxes(row)
        if (
            not row.number.isascii()
            or not row.number.isdecimal()
            or not (1 <= int(row.number) <= HIGHEST_SHEET_NUMBER)
        ):
            row.number_error = f"Le numéro de feuille va de 1 à {HIGHEST_SHEET_NUMBER}."
        if row.sector and row.sector not in dict(self.sectors):
            row.sector_error = "Choisissez un secteur de la liste."
        if row.has_error:
            row.state = "error"
            row.message = "Ligne à corriger; rien n’en est enregistré."
            return None
        return Sheet(
            number=int(row.number),
            answers=answers,
            sector_id=int(row.sector) if row.sector else None,
            medium=self.medium,
            seen=row.seen if row.replaces else "",
            exits=exits,
        )

    def _show_conflict(self, row: GridRow, conflict: SheetConflict) -> None:
        happened = (
            f"La feuille {conflict.number} a changé pendant que vous la corrigiez"
            if row.replaces
            else f"La feuille {conflict.number} est déjà saisie autrement"
        )
        row.message = (
            f"{happened}: rien n’est remplacé, les deux sont ici. Changez le numéro, "
            "ou cochez « Remplacer » pour corriger ce qui est gardé."
        )
        row.state, row.seen = "conflict", conflict.fingerprint
        row.asks_to_replace, row.replaces = True, False
        if conflict.sector_differs:
            kept = dict(self.sectors).get(str(conflict.sector_id), "un autre secteur")
            row.sector_error = f"gardé: {kept}"
        for cell in row.cells:
            if cell.item.id in conflict.differing:
                cell.stored = _short_word(conflict.stored.get(cell.item.id)) or "vide"
        for asked in row.exit_cells:
            if asked.question in conflict.differing_exits:
                asked.stored = exit_letter(conflict.stored_exits.get(asked.question)) or "vide"


def _read_boxes(row: GridRow) -> tuple[dict[int, int | None], dict[str, str | None]]:
    """What the boxes say; what is wrong stays written beside its box."""
    answers: dict[int, int | None] = {}
    exits: dict[str, str | None] = {}
    for cell in row.cells:
        if not cell.is_open:
            continue
        try:
            answers[cell.item.id] = read_answer(cell.value, cell.item)
        except DomainError as error:
            cell.error = str(error)
    for asked in row.exit_cells:
        try:
            exits[asked.question.value] = read_exit(asked.value)
        except DomainError as error:
            asked.error = str(error)
    return answers, exits


@dataclass(frozen=True)
class SheetSummary:
    """A sheet already stored, as a line to read."""

    number: int
    medium: str
    words: tuple[str, ...]


def summaries(sheets: Iterable[EnteredSheet], grid: SheetGrid) -> list[SheetSummary]:
    """Sheets typed in the round, their words in the order of the grid's columns."""
    return [
        SheetSummary(
            sheet.number,
            Medium(sheet.medium).label,
            (
                *(_short_word(sheet.answers.get(item.id)) for item in grid.items),
                *(exit_letter(sheet.exits.get(question)) for question, _ in grid.exit_questions),
            ),
        )
        for sheet in sheets
        if grid.is_typed(sheet)
    ]


@dataclass(frozen=True)
class CorrectedCell:
    """One line of the journal of corrections: what was there, what stands now, who did it."""

    correction: RatingCorrection
    rank: int
    before: str
    after: str


def corrected_cells(
    corrections: Iterable[RatingCorrection], items: tuple[QuestionnaireItem, ...]
) -> list[CorrectedCell]:
    ranks = {item.id: rank for rank, item in enumerate(items, start=1)}
    return [
        CorrectedCell(
            correction,
            ranks.get(correction.item_id, 0),
            _short_word(correction.old_answer) or "vide",
            _short_word(correction.new_answer) or "vide",
        )
        for correction in corrections
    ]


def round_choices(numbers: Iterable[int]) -> list[tuple[int, str]]:
    return [(number, f"{ordinal(number)} tour") for number in numbers]


def _free_numbers(taken: set[int]) -> Iterator[int]:
    number = 1
    while True:
        if number not in taken:
            yield number
        number += 1


def _short_word(answer: int | None) -> str:
    word = answer_word(answer)
    return SHOWN_WORDS.get(word, word)
