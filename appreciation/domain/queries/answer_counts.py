"""Raw counts of a meeting, hands included: for `domain/results.py` and `core.disclosure` only."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Sum

from appreciation.enums import SpecialAnswer
from appreciation.models import HandCount, Meeting, RatingCount
from core.disclosure import AnswerCounts

RoundItem = tuple[int, int]


def answers_by_round_and_item(meeting: Meeting) -> Mapping[RoundItem, Mapping[int, int]]:
    """`{(round_id, item_id): {answer: people}}`, phones, paper and hands together. Two queries.

    A count that came back to nothing is no answer: a second vote taken back is not the last one.
    """
    counts: dict[RoundItem, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for model in (RatingCount, HandCount):
        given = model.objects.filter(meeting=meeting, count__gt=0).order_by()
        rows = given.values_list("round_id", "item_id", "answer").annotate(people=Sum("count"))
        for round_id, item_id, answer, people in rows:
            counts[round_id, item_id][answer] += people
    return counts


def to_answer_counts(answers: Mapping[int, int], *, levels: int) -> AnswerCounts:
    """`{answer: people}` on a scale of `levels` levels. Those who passed are not respondents."""
    return AnswerCounts(
        levels=tuple(answers.get(level, 0) for level in range(1, levels + 1)),
        does_not_know=answers.get(SpecialAnswer.DOES_NOT_KNOW, 0),
    )
