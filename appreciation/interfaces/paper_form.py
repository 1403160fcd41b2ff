"""The sheet of paper, from the same instrument as the phone: what is printed, in which order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from appreciation.domain.questionnaire import Questionnaire, QuestionnaireItem, QuestionnaireLevel
from core.errors import DomainError

MOST_SHEETS = 200
RANGE = re.compile(r"\s*(\d{1,5})\s*(?:[-–]\s*(\d{1,5})\s*)?")


@dataclass(frozen=True)
class PrintedItem:
    rank: int
    title: str
    item: QuestionnaireItem
    has_own_anchors: bool


@dataclass(frozen=True)
class PrintedForm:
    """`legend` is the scale said once; empty when every question describes its own levels."""

    items: tuple[PrintedItem, ...]
    legend: tuple[QuestionnaireLevel, ...]


def sheet_numbers(text: str) -> list[int | None]:
    """« 1-15 » gives fifteen numbers, « 7 » gives one, nothing gives one sheet without number."""
    if not text.strip():
        return [None]
    found = RANGE.fullmatch(text)
    first = int(found.group(1)) if found else 0
    last = int(found.group(2) or first) if found else 0
    if not 1 <= first <= last or last - first >= MOST_SHEETS:
        raise DomainError(
            f"Écrivez deux numéros, par exemple 1-15 ({MOST_SHEETS} feuilles à la fois au plus)."
        )
    return list(range(first, last + 1))


def printed_form(
    questionnaire: Questionnaire, scale_levels: tuple[QuestionnaireLevel, ...]
) -> PrintedForm:
    """The questions as they are printed: a level's anchor is repeated only where it is its own."""
    asked = [(d.title, item) for d in questionnaire.rated_dimensions for item in d.items]
    items = tuple(
        PrintedItem(rank, title, item, has_own_anchors=item.levels != scale_levels)
        for rank, (title, item) in enumerate(asked, start=1)
    )
    uses_scale = any(not printed.has_own_anchors for printed in items)
    return PrintedForm(items, scale_levels if uses_scale else ())
