"""The sheets that people fill in: one sheet on both sides, or large print; each copy numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from appreciation.domain.questionnaire import Questionnaire
from appreciation.enums import ExitLevel, ExitQuestion
from appreciation.interfaces.documents.contract import DocumentOption, Making
from appreciation.interfaces.documents.hall_facts import (
    HallFacts,
    common_scale,
    facts_of,
    questions_of,
)
from appreciation.interfaces.documents.hall_pages import lay_out
from appreciation.interfaces.paper_form import PrintedItem, printed_form, sheet_numbers
from core.pdf import Press
from core.print_job import numbered, on_rectos
from core.qr_code import qr_code
from reference.models import Sector

if TYPE_CHECKING:
    from weasyprint.document import Document

SHEETS = "feuilles"
LARGE_SHEETS = "gros-caracteres"
ONE_SHEET = 2
"""Pages of a sheet of paper."""


@dataclass(frozen=True)
class PrintedDimension:
    title: str
    items: tuple[PrintedItem, ...]


def lay_out_forms(making: Making, facts: HallFacts, press: Press) -> Document:
    """Copies of the sheet, smaller letters where that spares a second sheet of paper."""
    form = printed_form(questions_of(making), common_scale(making))
    context = {**_asked(making, facts), "form": form, "title": "Votre feuille"}
    template = "documents/hall/paper_form.html"
    sheet = lay_out(press, template, facts, kind="form", **context)
    if len(sheet.pages) > ONE_SHEET:
        tight = lay_out(press, template, facts, kind="form form--tight", **context)
        sheet = tight if len(tight.pages) == ONE_SHEET else sheet
    return _copies(press, facts, sheet, _numbers(making, SHEETS, facts.sheet_range))


def lay_out_large_print(making: Making, facts: HallFacts, press: Press) -> Document:
    """One dimension a page, in letters that are read without glasses."""
    questions = questions_of(making)
    printed = {line.item.id: line for line in printed_form(questions, common_scale(making)).items}
    sheet = lay_out(
        press,
        "documents/hall/large_print.html",
        facts,
        kind="large",
        title="Votre feuille, en gros caractères",
        dimensions=_dimensions(questions, printed),
        **_asked(making, facts),
    )
    return _copies(press, facts, sheet, _numbers(making, LARGE_SHEETS, facts.large_sheet_range))


def _dimensions(
    questions: Questionnaire, printed: dict[int, PrintedItem]
) -> tuple[PrintedDimension, ...]:
    return tuple(
        PrintedDimension(dimension.title, tuple(printed[item.id] for item in dimension.items))
        for dimension in questions.rated_dimensions
    )


def _asked(making: Making, facts: HallFacts) -> dict[str, Any]:
    """What both sheets say beside the questions."""
    meeting = making.meeting
    instrument = meeting.instrument if meeting else making.appraisal.instrument
    asks_sector = meeting is not None and meeting.asks_sector
    return {
        "notice": instrument.notice,
        "sectors": Sector.objects.filter(is_active=True) if asks_sector else (),
        "exit_questions": ExitQuestion.labels,
        "exit_levels": ExitLevel.labels,
        "qr": qr_code(facts.report_url) if facts.report_url else None,
    }


def _numbers(making: Making, option: str, proposed: str) -> list[int | None]:
    return sheet_numbers(making.options.get(option, proposed))


def _copies(press: Press, facts: HallFacts, sheet: Document, numbers: list[int | None]) -> Document:
    stamps = lay_out(
        press, "documents/hall/numbers.html", facts, kind="number", title="Numéros", numbers=numbers
    )
    pages = numbered(sheet, stamps)
    length = len(sheet.pages)
    copies = [pages[start : start + length] for start in range(0, len(pages), length)]
    return sheet.copy(on_rectos(copies, blank_page(press, facts)))


def blank_page(press: Press, facts: HallFacts) -> Any:
    """The back of a page that has none."""
    empty = lay_out(
        press, "documents/hall/numbers.html", facts, kind="number", title="", numbers=()
    )
    return empty.pages[0]


def _checked(text: str) -> str:
    sheet_numbers(text)
    return text.strip()


SHEETS_OPTION = DocumentOption(
    name=SHEETS,
    label="Numéros des feuilles",
    hint="Par exemple 1-15. Vide: une feuille sans numéro, à photocopier.",
    default=lambda making: facts_of(making).sheet_range,
    clean=_checked,
)
LARGE_SHEETS_OPTION = DocumentOption(
    name=LARGE_SHEETS,
    label="Numéros des feuilles en gros caractères",
    hint="D’autres numéros que les feuilles ordinaires: chaque feuille a le sien.",
    default=lambda making: facts_of(making).large_sheet_range,
    clean=_checked,
)
