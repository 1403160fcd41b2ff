"""A demonstration meeting, held through the same rules as a real one."""

from __future__ import annotations

import random
from collections.abc import Sequence

from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.joining import take_seat
from appreciation.domain.meetings import (
    close_meeting,
    finish_entry,
    open_meeting,
    reveal_all_rounds,
    set_exit_questions,
    set_head_count,
    start_new_round,
)
from appreciation.domain.paper import Sheet, enter_sheets
from appreciation.domain.questionnaire import (
    Questionnaire,
    QuestionnaireDimension,
    questionnaire_for,
)
from appreciation.domain.ratings import record_rating
from appreciation.enums import ExitLevel, ExitQuestion, RoundState, SpecialAnswer
from appreciation.models import AgreedRating, ExitAnswer, Meeting, Seat
from consortium.demo.content import DemoAppraisal, DemoContent
from consortium.demo.dots import choose_with_dots

SEED = 2026
ON_PAPER = 3
"""One participant in three answers on paper."""

SEQUENCES_A_ROUND = 1000
"""A phone's sequence only goes up, from one round to the next."""

Answers = dict[int, list[int | None]]
"""For each item, the answer of each participant; None: no answer."""


def hold_meeting(meeting: Meeting, demo: DemoAppraisal, content: DemoContent, actor: Actor) -> None:
    """Open, answer (phones and paper), reveal, vote again where asked, close, finish entry."""
    chance = random.Random(f"{SEED}-{demo.place}")  # noqa: S311  a repeatable demonstration
    questionnaire = questionnaire_for(meeting.instrument)
    answers = spread_answers(questionnaire, content.answers[demo.answers], demo.head_count, chance)
    open_meeting(meeting=meeting, actor=actor, is_day_confirmed=True)
    set_head_count(meeting=meeting, actor=actor, head_count=demo.head_count)
    seats = _answer_round(meeting, questionnaire.rated_dimensions, answers, actor, number=1)
    set_exit_questions(meeting=meeting, actor=actor, are_open=True)
    _answer_exit(seats, chance)
    if demo.second_round:
        _vote_again(meeting, questionnaire, demo, content, actor, chance, seats)
    choose_with_dots(meeting, seats, actor, chance)
    close_meeting(meeting=meeting, actor=actor)
    reveal_all_rounds(meeting=meeting, actor=actor)
    _agree(meeting, questionnaire, content)
    finish_entry(meeting=meeting, actor=actor)


def spread_answers(
    questionnaire: Questionnaire,
    counts: dict[str, list[int]],
    people: int,
    chance: random.Random,
) -> Answers:
    """Individual answers that add up to `counts` (levels, then « ne sait pas »), shuffled."""
    dealt: Answers = {}
    for dimension in questionnaire.rated_dimensions:
        if dimension.code not in counts:
            continue
        *levels, unknown = counts[dimension.code]
        hand: list[int | None] = [
            level for level, count in enumerate(levels, 1) for _ in range(count)
        ]
        hand += [SpecialAnswer.DOES_NOT_KNOW.value] * unknown
        hand += [None] * (people - len(hand))
        for item in dimension.items:
            dealt[item.id] = chance.sample(hand, len(hand))
    return dealt


def _open_items(
    meeting: Meeting,
    dimensions: tuple[QuestionnaireDimension, ...],
    answers: Answers,
    *,
    number: int,
) -> list[tuple[int, int]]:
    """What is open to answers now: (item, round)."""
    rounds = dict(
        meeting.rounds.filter(number=number, state=RoundState.OPEN).values_list(
            "instrument_dimension_id", "pk"
        )
    )
    return [
        (item.id, rounds[dimension.id])
        for dimension in dimensions
        if dimension.id in rounds
        for item in dimension.items
        if item.id in answers
    ]


def _answer_round(
    meeting: Meeting,
    dimensions: tuple[QuestionnaireDimension, ...],
    answers: Answers,
    actor: Actor,
    *,
    number: int,
    phones: Sequence[Seat] = (),
) -> list[Seat]:
    """Everybody answers the open round: phones one by one, paper as sheets. Returns the phones.

    `phones` are those of the round before: the same people answer again.
    """
    people = len(next(iter(answers.values())))
    items = _open_items(meeting, dimensions, answers, number=number)
    seats, sheets = [], []
    for person in range(people):
        if person % ON_PAPER == 0:
            sheet = {item_id: answers[item_id][person] for item_id, _ in items}
            sheets.append(Sheet(number=person // ON_PAPER + 1, answers=sheet))
            continue
        seat = phones[len(seats)] if phones else take_seat(meeting=meeting)
        seats.append(seat)
        for sequence, (item_id, round_id) in enumerate(items, number * SEQUENCES_A_ROUND):
            answer = answers[item_id][person]
            if answer is not None:
                record_rating(
                    seat=seat, item_id=item_id, round_id=round_id, answer=answer, sequence=sequence
                )
    enter_sheets(meeting=meeting, actor=actor, sheets=sheets, round_number=number)
    return seats


def _answer_exit(seats: list[Seat], chance: random.Random) -> None:
    levels = [ExitLevel.YES, ExitLevel.YES, ExitLevel.YES, ExitLevel.SOMEWHAT, ExitLevel.NO]
    ExitAnswer.objects.bulk_create(
        ExitAnswer(seat=seat, question=question, answer=chance.choice(levels))
        for seat in seats
        for question in ExitQuestion
    )


def _vote_again(
    meeting: Meeting,
    questionnaire: Questionnaire,
    demo: DemoAppraisal,
    content: DemoContent,
    actor: Actor,
    chance: random.Random,
    phones: Sequence[Seat],
) -> None:
    counts = content.answers[demo.second_round]
    answers = spread_answers(questionnaire, counts, demo.head_count, chance)
    for dimension in questionnaire.rated_dimensions:
        if dimension.code not in counts:
            continue
        first = meeting.rounds.get(instrument_dimension_id=dimension.id, number=1)
        first.state, first.closed_at = RoundState.REVEALED, timezone.now()
        first.revealed_at = first.closed_at
        first.save()
        start_new_round(meeting=meeting, actor=actor, round_id=first.pk)
        _answer_round(meeting, (dimension,), answers, actor, number=2, phones=phones)


def _agree(meeting: Meeting, questionnaire: Questionnaire, content: DemoContent) -> None:
    AgreedRating.objects.bulk_create(
        AgreedRating(
            meeting=meeting,
            item_id=dimension.items[0].id,
            level=content.agreed[dimension.code][0],
            reason=content.agreed[dimension.code][1],
            dissent=content.agreed[dimension.code][2],
        )
        for dimension in questionnaire.rated_dimensions
        if dimension.code in content.agreed
    )
