"""Numbers of hands as typed: one box per level, kept as typed when one is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from appreciation.domain.hands import MOST_HANDS, hands_fingerprint
from appreciation.domain.questionnaire import QuestionnaireItem
from appreciation.enums import ExitLevel, ExitQuestion, SpecialAnswer


@dataclass
class HandCell:
    name: str
    label: str
    answer: int | tuple[str, str]
    value: str = ""
    error: str = ""
    stored: str = ""


@dataclass
class HandRow:
    """One question (or one exit question) and its boxes."""

    key: str
    title: str
    cells: list[HandCell]
    seen: str = ""
    conflict: str = ""
    refusal: str = ""
    counts: dict = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(int(cell.value) for cell in self.cells if cell.value.isdecimal())

    @property
    def saved_in_words(self) -> str:
        if not self.total:
            return "Le compte de cette question est retiré."
        return "1 main enregistrée." if self.total == 1 else f"{self.total} mains enregistrées."

    def read(self, data: QueryDict) -> None:
        """Fill `counts`, `{answer: hands}`, from the boxes; errors stay on their box."""
        self.seen = data.get("vu", "")
        for cell in self.cells:
            cell.value = data.get(cell.name, "").strip()[:20]
            if not cell.value:
                continue
            is_number = cell.value.isascii() and cell.value.isdecimal() and len(cell.value) < 6  # noqa: PLR2004
            if not is_number or int(cell.value) > MOST_HANDS:
                cell.error = f"Un nombre de 0 à {MOST_HANDS}, ou rien."
                self.refusal = "Rien n’est enregistré: corrigez la case marquée."
                continue
            self.counts[cell.answer] = int(cell.value)

    def show_both(self, sentence: str, stored: Mapping, seen: str) -> None:
        """Somebody else’s count beside the one typed; sending again is a choice made knowingly."""
        self.conflict = self.refusal = sentence
        self.seen = seen
        for cell in self.cells:
            kept = str(stored.get(cell.answer, ""))
            if kept != cell.value:
                cell.stored = kept or "rien"

    @property
    def has_error(self) -> bool:
        return any(cell.error for cell in self.cells)


def hand_row(item: QuestionnaireItem, stored: Mapping[int, int]) -> HandRow:
    boxes = [(level.position, f"{level.position} {level.label}") for level in item.levels]
    boxes += [(choice.value, choice.label) for choice in SpecialAnswer]
    return HandRow(
        key=str(item.id),
        title=item.text,
        seen=hands_fingerprint(stored),
        cells=[
            HandCell(f"n{answer}", label, answer, str(stored.get(answer, "")))
            for answer, label in boxes
        ],
    )


def exit_rows(stored: Mapping[tuple[str, str], int]) -> list[HandRow]:
    return [
        HandRow(
            key=question.value,
            title=question.label,
            seen=hands_fingerprint(stored),
            cells=[
                HandCell(
                    f"{question.value}-{level.value}",
                    level.label,
                    (question.value, level.value),
                    str(stored.get((question.value, level.value), "")),
                )
                for level in ExitLevel
            ],
        )
        for question in ExitQuestion
    ]


def has_errors(rows: Iterable[HandRow]) -> bool:
    return any(row.has_error for row in rows)
