"""The exit questions ticked at the foot of a sheet: answers of its seat, as on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from appreciation.enums import ExitLevel, ExitQuestion
from appreciation.models import ExitAnswer, Meeting, Seat
from core.errors import DomainError

Exits = Mapping[str, str | None]
"""{question: answer}; None means no answer, a question left out is left alone."""


def check_exits(sheet_number: int, exits: Exits) -> None:
    for question, answer in exits.items():
        if question not in ExitQuestion.values or answer not in (None, *ExitLevel.values):
            raise DomainError(f"Feuille {sheet_number}: cette réponse de sortie n’existe pas.")


def exits_by_seat(meeting: Meeting) -> dict[int, dict[str, str]]:
    """`{seat: {question: answer}}` for the numbered sheets of the meeting. One query."""
    found: dict[int, dict[str, str]] = {}
    answers = ExitAnswer.objects.filter(seat__meeting=meeting, seat__sheet_number__isnull=False)
    for seat_id, question, answer in answers.values_list("seat_id", "question", "answer"):
        found.setdefault(seat_id, {})[question] = answer
    return found


def differing_exits(typed: Exits, stored: Mapping[str, str]) -> frozenset[str]:
    return frozenset(
        question for question, answer in typed.items() if answer != stored.get(question)
    )


def write_exits(held: Iterable[tuple[Seat, Exits]]) -> None:
    """What each of these seats holds from now on, whatever it held before."""
    held = tuple(held)
    ExitAnswer.objects.filter(seat__in=[seat.pk for seat, _ in held]).delete()
    ExitAnswer.objects.bulk_create(
        ExitAnswer(seat=seat, question=question, answer=answer)
        for seat, exits in held
        for question, answer in exits.items()
        if answer is not None
    )
