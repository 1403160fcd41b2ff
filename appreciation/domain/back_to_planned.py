"""A meeting opened by mistake goes back to « prévue », as long as the room has said nothing."""

from __future__ import annotations

from django.db import transaction

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import MEETING_TRANSITIONS, begin, record
from appreciation.domain.rounds import SHOWN
from appreciation.enums import DotsState, MeetingKind, MeetingState
from appreciation.models import (
    DotVote,
    ExitAnswer,
    Meeting,
    Rating,
    RatingCorrection,
    RatingCount,
    RoomWord,
)
from core.errors import DomainError

CLEARED = (
    "opened_at",
    "closed_at",
    "head_count",
    "timer_ends_at",
    "asked_question",
    "wall_question",
    *SHOWN,
)
"""What the evening set, emptied with it. The code stays: it may be printed already."""


def has_answers(meeting: Meeting) -> bool:
    """Whether the room said anything at all, whatever the medium; the commonest asked first."""
    said = (
        Rating.objects.filter(seat__meeting=meeting),
        RatingCount.objects.filter(meeting=meeting, count__gt=0),
        meeting.hand_counts.all(),
        meeting.exit_hand_counts.all(),
        meeting.comments.all(),
        ExitAnswer.objects.filter(seat__meeting=meeting),
        RoomWord.objects.filter(question__meeting=meeting),
        DotVote.objects.filter(seat__meeting=meeting),
        RatingCorrection.objects.filter(seat__meeting=meeting),
        meeting.agreed_ratings.all(),
        meeting.findings.all(),
        meeting.sector_tallies.all(),
        meeting.group_tallies.all(),
    )
    return any(rows.exists() for rows in said)


def put_back_to_planned(*, meeting: Meeting, actor: Actor) -> Meeting:
    """As if it had not opened: same code, same date, no vote, nobody seated. The journal tells it.

    For the lead, while no answer was given and the step « Tenir la rencontre » is not finished.
    Phones that had joined enter the code again on the real day.
    """
    transition = MEETING_TRANSITIONS["put_back"]
    with transaction.atomic():
        meeting = begin(meeting, actor, transition.who)
        if meeting.state == transition.target:
            return meeting
        if meeting.state not in transition.sources:
            raise DomainError(transition.refused)
        _ensure_free_to_go_back(meeting)
        meeting.rounds.all().delete()
        meeting.seats.all().delete()
        for field in CLEARED:
            setattr(meeting, field, None)
        meeting.state, meeting.dots = transition.target, DotsState.IDLE
        meeting.exit_questions_open = meeting.mirrored_screen = False
        switches = ("state", "dots", "exit_questions_open", "mirrored_screen")
        record(meeting, actor, transition.done, fields=(*switches, *CLEARED))
    return meeting


def may_be_put_back(meeting: Meeting) -> bool:
    """Whether the console offers it, to whoever may do it."""
    is_running = meeting.state in (MeetingState.OPEN, MeetingState.CLOSED)
    return is_running and not meeting.is_rehearsal and not has_answers(meeting)


def _ensure_free_to_go_back(meeting: Meeting) -> None:
    if meeting.is_rehearsal:
        raise DomainError("Une répétition ne se remet pas à « prévue »: effacez-la.")
    if has_answers(meeting):
        raise DomainError(
            "Des réponses sont déjà gardées: la rencontre a commencé et ne redevient pas "
            "« prévue ». Fermez-la, puis prévoyez-en une autre à l’étape « Tenir la rencontre »."
        )
    if meeting.kind == MeetingKind.APPRAISAL and meeting.appraisal.meeting_done_at is not None:
        raise DomainError(
            "L’étape « Tenir la rencontre » est terminée: rouvrez-la d’abord à la démarche."
        )
