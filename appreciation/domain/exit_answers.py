"""The three exit questions, answered from a seat (asked when the team opens them)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from appreciation.domain.locks import lock_meeting
from appreciation.enums import ENTRY_STATES
from appreciation.models import ExitAnswer, Meeting, Seat
from core.errors import DomainError


def exit_questions_are_open(meeting: Meeting) -> bool:
    """They may stay open a while after the vote is closed, until the entry is finished."""
    return meeting.exit_questions_open and meeting.state in ENTRY_STATES


def record_exit_answers(*, seat: Seat, answers: Mapping[str, str]) -> None:
    """Store `{question: answer}` for this seat; each may be skipped, and changed while open.

    Raises DomainError once the questions are closed: nothing is stored then.
    """
    with transaction.atomic():
        if not exit_questions_are_open(lock_meeting(seat.meeting_id)):
            raise DomainError("Ces questions sont fermées. Merci quand même.")
        for question, answer in answers.items():
            ExitAnswer.objects.update_or_create(
                seat=seat, question=question, defaults={"answer": answer}
            )
