"""Thirty days after a meeting, what could still tie an answer to a moment or a device is erased.

Answers are kept, but as anonymous rows: seats, ratings and words are made again in a random order,
so that not even their order in the tables tells who came first. Tokens, sheet numbers, sectors and
times are gone, with the corrections (they tell one sheet's story). The kept counts are from then on
the record by sector (DESIGN.md §4, DOMAIN.md §7.5).
"""

from __future__ import annotations

import datetime as dt
from random import SystemRandom
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from appreciation.domain.actors import SYSTEM
from appreciation.domain.dots import keep_without_seats
from appreciation.domain.gestures import record
from appreciation.domain.locks import lock_meeting
from appreciation.domain.room_words import forget_imprints
from appreciation.enums import MeetingState
from appreciation.models import (
    Comment,
    EveningPass,
    ExitAnswer,
    Meeting,
    MeetingLog,
    Rating,
    Seat,
)
from core.purges import earliest_due

DAYS_LINKED = 30
SECRETARY = "secrétaire d’un soir"
RANDOM = SystemRandom()
Row = TypeVar("Row")
ENDED = (MeetingState.CLOSED, MeetingState.ENTRY_DONE)


def meetings_to_unlink(now: dt.datetime) -> QuerySet[Meeting]:
    """Meetings closed thirty days ago or more whose tokens are still there."""
    limit = now - dt.timedelta(days=DAYS_LINKED)
    return Meeting.objects.filter(
        state__in=ENDED, closed_at__lte=limit, unlinked_at__isnull=True
    ).order_by("closed_at", "pk")


def unlink_due_meetings(now: dt.datetime) -> int:
    """Unlink every meeting that is due at `now`; returns how many."""
    due = list(meetings_to_unlink(now))
    for meeting in due:
        unlink_meeting(meeting=meeting)
    return len(due)


def next_meeting_to_unlink() -> dt.datetime | None:
    waiting = Meeting.objects.filter(state__in=ENDED, unlinked_at__isnull=True)
    return earliest_due(waiting, "closed_at", kept=dt.timedelta(days=DAYS_LINKED))


def unlink_meeting(*, meeting: Meeting) -> None:
    """Erase what links, once; entry ends with it, since a sheet has lost its number."""
    with transaction.atomic():
        locked = lock_meeting(meeting)
        if locked.unlinked_at is not None:
            return
        keep_without_seats(locked)
        _shuffle_seats(locked)
        _shuffle_words(locked)
        forget_imprints(locked)
        passes = EveningPass.objects.filter(meeting=locked)
        MeetingLog.objects.filter(
            meeting=locked, user__isnull=True, by_label__in=passes.values("label")
        ).update(by_label=SECRETARY)
        MeetingLog.objects.filter(meeting=locked, action__startswith="Accès d’un soir").update(
            detail=""
        )
        passes.delete()
        now = timezone.now()
        locked.unlinked_at = now
        if locked.state == MeetingState.CLOSED:
            locked.state, locked.entry_done_at = MeetingState.ENTRY_DONE, now
        record(
            locked,
            SYSTEM,
            "Jetons effacés",
            "places renumérotées au hasard",
            ("unlinked_at", "state", "entry_done_at"),
        )


def _shuffle_seats(meeting: Meeting) -> None:
    old_seats = list(Seat.objects.filter(meeting=meeting))
    RANDOM.shuffle(old_seats)
    new_seats = Seat.objects.bulk_create(
        [
            Seat(meeting=meeting, token=None, medium=seat.medium, shuffled_number=number)
            for number, seat in enumerate(old_seats, start=1)
        ],
        batch_size=500,
    )
    new_of = {old.pk: new.pk for old, new in zip(old_seats, new_seats, strict=True)}
    ratings = [
        Rating(
            seat_id=new_of[rating.seat_id],
            item_id=rating.item_id,
            round_id=rating.round_id,
            answer=rating.answer,
        )
        for rating in Rating.objects.filter(seat__meeting=meeting)
    ]
    exits = [
        ExitAnswer(seat_id=new_of[row.seat_id], question=row.question, answer=row.answer)
        for row in ExitAnswer.objects.filter(seat__meeting=meeting)
    ]
    Seat.objects.filter(pk__in=[seat.pk for seat in old_seats]).delete()
    Rating.objects.bulk_create(_shuffled(ratings), batch_size=500)
    ExitAnswer.objects.bulk_create(_shuffled(exits), batch_size=500)


def _shuffle_words(meeting: Meeting) -> None:
    """One person's words follow one another, and those of sheets the pile: their order tells."""
    words = [
        Comment(
            meeting_id=word.meeting_id,
            item_id=word.item_id,
            text=word.text,
            is_hidden=word.is_hidden,
            is_quoted=word.is_quoted,
        )
        for word in Comment.objects.filter(meeting=meeting)
    ]
    Comment.objects.filter(meeting=meeting).delete()
    Comment.objects.bulk_create(_shuffled(words), batch_size=500)


def _shuffled(rows: list[Row]) -> list[Row]:
    RANDOM.shuffle(rows)
    return rows
