"""Raw counts of a meeting, hands included: for `domain/results.py` and `core.disclosure` only."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Sum

from appreciation.enums import SpecialAnswer
from appreciation.models import HandCount, Meeting, RatingCount
from core.disclosure import AnswerCounts

RoundItem = tuple[int, int]


def answers_by_round_and_item(meeting: Meeting) -> Mapping[RoundItem, Mapping[int, int]]:
    """`{(round_id, item_id): {answer: people}}`, phones, paper and hands together. Two queries."""
    counts: dict[RoundItem, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    seated = RatingCount.objects.filter(meeting=meeting).values_list(
        "round_id", "item_id", "answer"
    )
    raised = HandCount.objects.filter(meeting=meeting).values_list("round_id", "item_id", "answer")
    for queryset in (seated, raised):
        for round_id, item_id, answer, people in queryset.annotate(people=Sum("count")).order_by():
            counts[round_id, item_id][answer] += people
    return counts


def to_answer_counts(answers: Mapping[int, int], *, levels: int) -> AnswerCounts:
    """`{answer: people}` on a scale of `levels` levels. Those who passed are not respondents."""
    return AnswerCounts(
        levels=tuple(answers.get(level, 0) for level in range(1, levels + 1)),
        does_not_know=answers.get(SpecialAnswer.DOES_NOT_KNOW, 0),
    )
