"""Ten fictitious people who answer when they are asked to, through the same rules as real ones.

What each answers is drawn from the meeting and the statement: asking twice gives the same answers.
The second dimension splits them in two, so that there is a disagreement to lead.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin, ensure_open, record
from appreciation.domain.questionnaire import QuestionnaireItem, questionnaire_for
from appreciation.domain.ratings import random_comment_number, record_rating
from appreciation.enums import Medium, RoundState, SpecialAnswer
from appreciation.models import Meeting, RoomWord, Seat
from core.errors import DomainError

PEOPLE = 10
WORDS = (
    "L’entraide (fictif)",
    "Le lac (fictif)",
    "On manque de services (fictif)",
    "La chorale (fictif)",
    "Trop loin de tout (fictif)",
)
SHEETS = 3
SPLIT_RANK = 1
"""The second dimension, counted from 0 (the first one when there is no other)."""
UNKNOWN = SpecialAnswer.DOES_NOT_KNOW.value
Hand = Sequence[int | None]
"""One answer per person; None: she says nothing."""


def answer_open_rounds(*, meeting: Meeting, actor: Actor) -> int:
    """The fictitious people answer every open dimension and the short question asked to the room;
    returns how many answers and words came.

    Only in a rehearsal. Pressed again, nothing more comes: they have all answered.
    """
    with transaction.atomic():
        locked = begin(meeting, actor)
        if not locked.is_rehearsal:
            raise DomainError("Personne de fictif ne répond à une vraie rencontre.")
        ensure_open(locked)
        words = _send_words(locked)
        open_rounds = list(locked.rounds.filter(state=RoundState.OPEN))
        if not open_rounds and not words:
            raise DomainError("Aucune dimension n’est ouverte: ouvrez-en une, puis recommencez.")
        seats = _seats(locked)
        rated = questionnaire_for(locked.instrument).rated_dimensions
        split = min(SPLIT_RANK, len(rated) - 1)
        came = 0
        for round_ in open_rounds:
            rank, dimension = next(
                (rank, one)
                for rank, one in enumerate(rated)
                if one.id == round_.instrument_dimension_id
            )
            for item in dimension.items:
                hand = _first_votes(item, rank, is_split=rank == split)
                if round_.number > 1:
                    hand = _votes_after_talking(item)
                came += _send(locked, seats, item.id, round_.pk, _shuffled(hand, locked, item))
        if came:
            said = f"{PEOPLE} personnes, {came} réponses"
            record(locked, actor, "Participants fictifs", said)
        return came + words


def _send_words(meeting: Meeting) -> int:
    """Five short words for the question that the room is asked, to read over and to group."""
    question = meeting.asked_question
    if question is None:
        return 0
    said = set(question.words.values_list("text", flat=True))
    new = [
        RoomWord(pk=random_comment_number(), question=question, text=text)
        for text in WORDS
        if text not in said
    ]
    return len(RoomWord.objects.bulk_create(new))


def _seats(meeting: Meeting) -> list[Seat]:
    seats = list(meeting.seats.filter(is_fictitious=True))
    missing = [
        Seat(meeting=meeting, medium=Medium.PHONE, is_fictitious=True)
        for _ in range(PEOPLE - len(seats))
    ]
    return [*seats, *Seat.objects.bulk_create(missing)]


def _send(meeting: Meeting, seats: Sequence[Seat], item_id: int, round_id: int, hand: Hand) -> int:
    return sum(
        record_rating(
            seat=seat, item_id=item_id, round_id=round_id, answer=answer, sequence=1
        ).created
        for seat, answer in zip(seats, hand, strict=True)
        if answer is not None
    )


def _first_votes(item: QuestionnaireItem, rank: int, *, is_split: bool) -> Hand:
    top = len(item.levels)
    if is_split:
        return [1, 1, 1, 1, 2, top, top, top, top, UNKNOWN]
    middle = 2 + rank % (top - 1)
    return [middle] * 6 + [middle - 1] * 2 + [UNKNOWN, None]


def _votes_after_talking(item: QuestionnaireItem) -> Hand:
    """After the discussion they meet half-way, without becoming one."""
    middle = (len(item.levels) + 1) // 2
    return [middle] * 6 + [middle + 1] * 3 + [1]


def _shuffled(hand: Hand, meeting: Meeting, item: QuestionnaireItem) -> Hand:
    chance = random.Random(f"{meeting.pk}-{item.id}")  # noqa: S311  the same each time
    return chance.sample(hand, len(hand))


@dataclass(frozen=True)
class SampleSheet:
    """A sheet as somebody filled it. In `answers`: the statement, its number, what is ticked."""

    number: int
    answers: tuple[tuple[str, str], ...]


def sample_sheets(meeting: Meeting) -> list[SampleSheet]:
    """Three filled sheets to type: one complete, one with a blank, one with « Je ne sais pas »."""
    items = [
        item
        for dimension in questionnaire_for(meeting.instrument).rated_dimensions
        for item in dimension.items
    ]
    return [
        SampleSheet(
            number,
            tuple((item.text, _ticked(item, rank, number)) for rank, item in enumerate(items)),
        )
        for number in range(1, SHEETS + 1)
    ]


def _ticked(item: QuestionnaireItem, rank: int, number: int) -> str:
    if number > 1 and rank == number:
        return "rien n’est coché" if number < SHEETS else "Je ne sais pas"
    level = item.levels[(rank + number) % len(item.levels)]
    return f"{level.position} – {level.label}"
