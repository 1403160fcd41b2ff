"""Sheets already typed, and how many people have been heard against how many are in the hall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from appreciation.domain.paper import sheet_fingerprint
from appreciation.domain.paper_exits import exits_by_seat
from appreciation.models import Meeting, Rating, RatingCorrection, Seat


@dataclass(frozen=True)
class EnteredSheet:
    """A sheet as stored for one round; `answers` may be empty (typed for another round).

    `exits` belong to the sheet, whatever the round.
    """

    number: int
    medium: str
    sector_id: int | None
    answers: Mapping[int, int]
    exits: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        return sheet_fingerprint(self.answers, self.sector_id, self.exits)


def entered_sheets(meeting: Meeting, round_number: int) -> tuple[EnteredSheet, ...]:
    """Every sheet of the meeting in order of number, with its answers of that round. 3 queries."""
    answers: dict[int, dict[int, int]] = {}
    ratings = Rating.objects.filter(
        round__meeting=meeting, round__number=round_number, seat__sheet_number__isnull=False
    )
    for seat_id, item_id, answer in ratings.values_list("seat_id", "item_id", "answer"):
        answers.setdefault(seat_id, {})[item_id] = answer
    exits = exits_by_seat(meeting)
    seats = Seat.objects.filter(meeting=meeting, sheet_number__isnull=False)
    return tuple(
        EnteredSheet(
            number=seat.sheet_number,
            medium=seat.medium,
            sector_id=seat.sector_id,
            answers=answers.get(seat.pk, {}),
            exits=exits.get(seat.pk, {}),
        )
        for seat in seats.order_by("sheet_number")
        if seat.sheet_number is not None
    )


def sheet_corrections(meeting: Meeting) -> QuerySet[RatingCorrection]:
    """What was corrected on the sheets of the meeting, the last first."""
    return RatingCorrection.objects.filter(
        seat__meeting=meeting, seat__sheet_number__isnull=False
    ).select_related("seat")


def heard_people(meeting: Meeting) -> int:
    """Seats with at least one answer, whatever the medium: one person each."""
    return Rating.objects.filter(round__meeting=meeting).values("seat").distinct().count()


def attendance_in_words(heard: int, head_count: int | None) -> str:
    """« Il manque 2 feuilles: 13 reçues, 15 présents », said kindly whichever way it differs."""
    received = f"{heard} reçue" if heard < 2 else f"{heard} reçues"  # noqa: PLR2004  plural
    if head_count is None:
        return f"{received}. Comptez les personnes présentes: la console le retient."
    present = f"{head_count} présent" if head_count < 2 else f"{head_count} présents"  # noqa: PLR2004
    missing = head_count - heard
    if missing > 0:
        sheets = "1 feuille" if missing == 1 else f"{missing} feuilles"
        return f"Il manque {sheets}: {received}, {present}"
    if missing < 0:
        return f"{-missing} de plus que les personnes présentes: {received}, {present}"
    return f"Le compte y est: {received}, {present}"
