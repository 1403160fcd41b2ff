"""Raw counts of the exit questions: for results and `core.disclosure` only."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count, Sum

from appreciation.enums import ExitLevel, ExitQuestion
from appreciation.models import ExitAnswer, ExitHandCount, Meeting
from core.disclosure import AnswerCounts

EXIT_LEVELS = (ExitLevel.NO, ExitLevel.SOMEWHAT, ExitLevel.YES)
"""From no to yes, as every other scale goes."""


def exit_answer_counts(meeting: Meeting) -> Mapping[str, AnswerCounts]:
    """`{question: counts}` for each question somebody answered. Two queries."""
    people: Counter[tuple[str, str]] = Counter()
    seated = ExitAnswer.objects.filter(seat__meeting=meeting).values_list("question", "answer")
    raised = ExitHandCount.objects.filter(meeting=meeting).values_list("question", "answer")
    for question, answer, count in (
        *seated.annotate(people=Count("pk")).order_by(),
        *raised.annotate(people=Sum("count")).order_by(),
    ):
        people[question, answer] += count
    asked = {question for (question, _), count in people.items() if count}
    return {
        question: AnswerCounts(tuple(people[question, level] for level in EXIT_LEVELS))
        for question in ExitQuestion.values
        if question in asked
    }
