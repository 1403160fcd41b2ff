"""Answers row by row, a few meetings at a time: for the team's export, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import SystemRandom

from django.db.models import QuerySet

from appreciation.enums import FINISHED_ROUND_STATES, MeetingState
from appreciation.models import Item, Meeting, Rating
from core.disclosure import ROOM_K, enough_people

MEETINGS_AT_ONCE = 10
"""A few halls in memory, and the first rows soon."""
RANDOM = SystemRandom()


@dataclass(frozen=True, slots=True)
class AskedItem:
    dimension: str
    code: str


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """`person` is a number drawn for this reading alone: it says which rows go together."""

    person: int
    round_number: int
    item: AskedItem
    answer: int


def answers_of(meetings: QuerySet[Meeting]) -> Iterator[tuple[Meeting, Iterator[PersonAnswer]]]:
    """Each meeting whose entry is finished, with its answers, people in a random order.

    Only votes that are over, from `ROOM_K` people who answered; no sector, medium, time or sheet
    number (DESIGN.md §5). Two queries for `MEETINGS_AT_ONCE` meetings, and none left open between:
    whoever downloads slowly holds nothing back.
    """
    asked = _asked_items()
    over = meetings.filter(state=MeetingState.ENTRY_DONE)
    chosen = list(over.order_by("appraisal__reference", "reference").values_list("pk", flat=True))
    for start in range(0, len(chosen), MEETINGS_AT_ONCE):
        few = chosen[start : start + MEETINGS_AT_ONCE]
        named = Meeting.objects.select_related("appraisal__place", "instrument").in_bulk(few)
        answers = _by_seat(few)
        for pk in few:
            seats = list(answers.get(pk, {}).values())
            if pk in named and enough_people(len(seats), k=ROOM_K):
                RANDOM.shuffle(seats)
                yield named[pk], _told(seats, asked)


def _asked_items() -> dict[int, tuple[int, AskedItem]]:
    """`{item: (rank among all questions, what it is called)}`."""
    rows = Item.objects.order_by(
        "instrument_dimension__position", "instrument_dimension_id", "position", "pk"
    ).values_list("pk", "instrument_dimension__dimension__code", "code")
    return {pk: (rank, AskedItem(dim, code)) for rank, (pk, dim, code) in enumerate(rows)}


def _by_seat(meetings: list[int]) -> dict[int, dict[int, list[tuple[int, int, int]]]]:
    """`{meeting: {seat: [(round number, item, answer)]}}`."""
    found: dict[int, dict[int, list[tuple[int, int, int]]]] = {}
    rows = Rating.objects.filter(
        round__meeting__in=meetings,
        round__state__in=FINISHED_ROUND_STATES,
    ).order_by()
    columns = ("round__meeting_id", "seat_id", "round__number", "item_id", "answer")
    for meeting_id, seat_id, *answer in rows.values_list(*columns):
        found.setdefault(meeting_id, {}).setdefault(seat_id, []).append(tuple(answer))
    return found


def _told(
    seats: list[list[tuple[int, int, int]]], asked: dict[int, tuple[int, AskedItem]]
) -> Iterator[PersonAnswer]:
    for person, answers in enumerate(seats, start=1):
        for number, item, answer in sorted(answers, key=lambda row: (row[0], asked[row[1]][0])):
            yield PersonAnswer(person, number, asked[item][1], answer)
