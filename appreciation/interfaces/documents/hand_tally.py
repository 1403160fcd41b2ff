"""Hands counted level by level, on paper: the same questions, grouped by their levels."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from appreciation.domain.questionnaire import QuestionnaireLevel
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import HallFacts, common_scale, questions_of
from appreciation.interfaces.documents.hall_pages import lay_out
from appreciation.interfaces.paper_form import PrintedItem, printed_form
from core.pdf import Press

if TYPE_CHECKING:
    from weasyprint.document import Document


@dataclass(frozen=True)
class TallyGroup:
    """Questions in a row that are answered on the same levels."""

    levels: tuple[QuestionnaireLevel, ...]
    items: tuple[PrintedItem, ...]

    @property
    def title(self) -> str:
        first, last = self.items[0].rank, self.items[-1].rank
        return f"Question {first}" if first == last else f"Questions {first} à {last}"


def lay_out_hand_tally(making: Making, facts: HallFacts, press: Press) -> Document:
    form = printed_form(questions_of(making), common_scale(making))
    return lay_out(
        press,
        "documents/hall/hand_tally.html",
        facts,
        kind="tally-sheet",
        title="Compte des mains levées",
        groups=_groups(form.items),
    )


def _groups(items: tuple[PrintedItem, ...]) -> tuple[TallyGroup, ...]:
    return tuple(
        TallyGroup(kept[0].item.levels, tuple(kept))
        for _, found in groupby(items, key=_labels)
        if (kept := list(found))
    )


def _labels(printed: PrintedItem) -> tuple[str, ...]:
    return tuple(level.label for level in printed.item.levels)
