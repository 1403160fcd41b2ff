"""Spreadsheets of a meeting: the template to fill in, and the answers row by row for the team."""

from __future__ import annotations

import io
from collections.abc import Iterator
from random import SystemRandom

import xlsxwriter

from appreciation.domain.answer_words import answer_word
from appreciation.domain.imports.ratings import column_codes
from appreciation.domain.imports.ratings_mapping import SECTOR_COLUMN, SHEET_COLUMN
from appreciation.domain.questionnaire import Questionnaire, QuestionnaireItem, questionnaire_for
from appreciation.enums import FINISHED_ROUND_STATES, MeetingState
from appreciation.models import Meeting, Rating
from core.csv_export import neutralise
from core.disclosure import ROOM_K, TOO_FEW
from core.errors import DomainError
from core.plain_text import plain_text

TEMPLATE_ROWS = 500
ANSWER_SHEET = "Feuilles"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template_headings(questionnaire: Questionnaire) -> list[str]:
    return [SHEET_COLUMN, SECTOR_COLUMN, *column_codes(questionnaire)]


def ratings_template(meeting: Meeting, sectors: list[str]) -> bytes:
    """An XLSX with one row per sheet to fill in, drop-down answers and a codebook."""
    questionnaire = questionnaire_for(meeting.instrument)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        write_answer_sheet(book, questionnaire, sectors if meeting.asks_sector else [])
        write_codebook(book, questionnaire)
    return buffer.getvalue()


def write_answer_sheet(book, questionnaire: Questionnaire, sectors: list[str]):
    """The page that the import reads: it stays the first of its workbook, without a formula."""
    sheet = book.add_worksheet(ANSWER_SHEET)
    sheet.write_row(0, 0, template_headings(questionnaire), book.add_format({"bold": True}))
    sheet.freeze_panes(1, 1)
    sheet.data_validation(
        1,
        0,
        TEMPLATE_ROWS,
        0,
        {
            "validate": "integer",
            "criteria": ">=",
            "value": 1,
            "error_title": "Numéro de feuille",
            "error_message": "Écrivez le numéro inscrit sur la feuille.",
        },
    )
    if sectors:
        _allow(sheet, 1, _listed(sectors), "Choisissez un secteur de la liste.")
    for column, item in enumerate(column_codes(questionnaire).values(), start=2):
        _allow(sheet, column, _answers(item), _allowed_in_words(item))
    return sheet


def _allow(sheet, column: int, choices: list[str], sentence: str) -> None:
    sheet.data_validation(
        1,
        column,
        TEMPLATE_ROWS,
        column,
        {
            "validate": "list",
            "source": choices,
            "error_title": "Réponse inconnue",
            "error_message": sentence,
        },
    )


def _listed(sectors: list[str]) -> list[str]:
    """A drop-down list holds 255 signs and no comma: longer lists are left to the import."""
    names = [name for name in sectors if "," not in name]
    longest = 255
    return names if len(",".join(names)) <= longest else []


def _answers(item: QuestionnaireItem) -> list[str]:
    return [*(str(level.position) for level in item.levels), "NSP", "REFUS"]


def _allowed_in_words(item: QuestionnaireItem) -> str:
    return f"De 1 à {len(item.levels)}, NSP (ne sait pas), REFUS (passe), ou rien."


def codebook_rows(columns: dict[str, QuestionnaireItem]) -> Iterator[list[str]]:
    """What each column asks and what each answer means."""
    yield ["colonne", "question", "valeurs"]
    yield [SHEET_COLUMN, "Numéro inscrit sur la feuille de papier", "1, 2, 3…"]
    yield [SECTOR_COLUMN, "Secteur, seulement si la rencontre le demande", "nom ou code"]
    for code, item in columns.items():
        levels = "; ".join(f"{level.position} = {level.label}" for level in item.levels)
        yield [code, item.text, f"{levels}; NSP = ne sait pas; REFUS = passe; vide = sans réponse"]


def write_codebook(book, questionnaire: Questionnaire) -> None:
    columns, strong = column_codes(questionnaire), book.add_format({"bold": True})
    sheet = book.add_worksheet("Codes")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 2, 70)
    for number, row in enumerate(codebook_rows(columns)):
        for column, text in enumerate(row):
            said = neutralise(plain_text(text))
            sheet.write_string(number, column, said, strong if number == 0 else None)


def export_table(meeting: Meeting) -> list[list[str]]:
    """Headings, then one row per seat in a random order: answers only, for the team.

    No sector, medium, time or sheet number; rounds that are over; once entry is finished and from
    three people (DESIGN.md §5). Raises DomainError otherwise.
    """
    if meeting.state != MeetingState.ENTRY_DONE:
        raise DomainError("Déclarez d’abord la saisie terminée: l’export donne alors les réponses.")
    columns = {
        item.id: code for code, item in column_codes(questionnaire_for(meeting.instrument)).items()
    }
    seats: dict[int, dict[tuple[int, int], int]] = {}
    ratings = Rating.objects.filter(
        round__meeting=meeting, round__state__in=FINISHED_ROUND_STATES
    ).values_list("seat_id", "round__number", "item_id", "answer")
    for seat_id, number, item_id, answer in ratings:
        seats.setdefault(seat_id, {})[number, item_id] = answer
    if len(seats) < ROOM_K:
        raise DomainError(f"L’export demande au moins {ROOM_K} personnes: {TOO_FEW}.")
    numbers = sorted({number for answers in seats.values() for number, _ in answers})
    keys = [(number, item_id) for number in numbers for item_id in columns]
    rows = [[answer_word(answers.get(key)) for key in keys] for answers in seats.values()]
    SystemRandom().shuffle(rows)
    headings = [
        columns[item_id] if number == 1 else f"{columns[item_id]}_tour{number}"
        for number, item_id in keys
    ]
    return [headings, *rows]


def export_workbook(table: list[list[str]]) -> bytes:
    """The same rows as XLSX: levels are numbers, everything else is text, nothing is a formula."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Réponses")
        for number, row in enumerate(table):
            for column, text in enumerate(row):
                if number and text.isdecimal():
                    sheet.write_number(number, column, int(text))
                else:
                    sheet.write_string(number, column, neutralise(text))
    return buffer.getvalue()
