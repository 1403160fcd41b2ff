"""Reading requests for help, and the questions that were answered once for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from appreciation.enums import WAITING_HELP_STATES, HelpState
from appreciation.models import FrequentQuestion, HelpMessage, HelpRequest

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = 20


def help_requests(user: User) -> QuerySet[HelpRequest]:
    """What she asked or may answer: those that wait first, the oldest on top; the closed last."""
    question = HelpMessage.objects.filter(request=OuterRef("pk")).order_by("at", "pk")
    rank = Case(
        When(state__in=WAITING_HELP_STATES, then=Value(0)),
        When(state=HelpState.ANSWERED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        HelpRequest.objects.visible_to(user)
        .annotate(question=Subquery(question.values("text")[:1]), state_rank=rank)
        .select_related("asker", "helper", "appraisal__place")
        .order_by("state_rank", "asked_at", "pk")
    )


def help_queue(user: User) -> QuerySet[HelpRequest]:
    """What waits for an answer of hers, the oldest first."""
    answerable = HelpRequest.objects.editable_by(user).waiting().values("pk")
    return help_requests(user).filter(pk__in=answerable)


def frequent_questions(words: str = "") -> list[FrequentQuestion]:
    """Published ones, narrowed by each of the words."""
    found = FrequentQuestion.objects.filter(is_published=True)
    for word in words.split():
        found = found.filter(Q(question__icontains=word) | Q(answer__icontains=word))
    return list(found[:SHOWN])


def frequent_questions_of(phase: str) -> list[FrequentQuestion]:
    """Published ones of one phase: made from help requests, or written by an editor."""
    return list(FrequentQuestion.objects.filter(is_published=True, phase=phase)[:SHOWN])
