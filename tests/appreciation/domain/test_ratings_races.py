"""Phones of one hall all at once: real threads, real transactions (QUALITY.md §4 rows 1 and 3)."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import timezone

from appreciation.domain.counts import counts_from_ratings
from appreciation.domain.locks import lock_meeting
from appreciation.domain.ratings import (
    RatingClosedError,
    RecordedRating,
    SequenceConflictError,
    record_rating,
)
from appreciation.models import Comment, Rating
from tests.appreciation.domain.test_ratings import kept_counts
from tests.at_once import at_once
from tests.factories import MeetingFactory, SeatFactory

pytestmark = pytest.mark.django_db(transaction=True)
REFUSALS = (RatingClosedError, SequenceConflictError)


def voter(seat, first, **values) -> Callable[[], RecordedRating]:
    item_id = first.instrument_dimension.items.get().pk
    return lambda: record_rating(seat=seat, item_id=item_id, round_id=first.pk, **values)


@pytest.fixture
def meeting():
    return MeetingFactory(open=True)


@pytest.fixture
def first(meeting):
    return meeting.rounds.select_related("instrument_dimension").order_by("pk").first()


def test_a_double_tap_is_one_answer(meeting, first):
    seat = SeatFactory(meeting=meeting)
    vote = voter(seat, first, answer=3, sequence=1, comment="Un mot")
    results = at_once(vote, vote, vote, refusals=REFUSALS)
    assert sorted(result.created for result in results) == [False, False, True]
    assert Rating.objects.count() == Comment.objects.count() == 1
    assert kept_counts(meeting) == counts_from_ratings(meeting)


def test_of_two_tabs_the_highest_sequence_wins(meeting, first):
    seat = SeatFactory(meeting=meeting)
    at_once(
        *(voter(seat, first, answer=n % 4 + 1, sequence=n) for n in (5, 2, 4, 3)), refusals=REFUSALS
    )
    rating = Rating.objects.get()
    assert (rating.answer, rating.sequence) == (2, 5)
    assert kept_counts(meeting) == counts_from_ratings(meeting)


def test_two_contents_of_one_sequence_store_one(meeting, first):
    seat = SeatFactory(meeting=meeting)
    results = at_once(
        *(voter(seat, first, answer=answer, sequence=1) for answer in (1, 4)), refusals=REFUSALS
    )
    accepted = [result for result in results if isinstance(result, RecordedRating)]
    assert len(accepted) == 1
    assert Rating.objects.get().answer == accepted[0].answer
    assert kept_counts(meeting) == counts_from_ratings(meeting)


def test_seats_that_make_the_same_cell_together_are_all_counted(meeting, first):
    seats = SeatFactory.create_batch(6, meeting=meeting)
    at_once(*(voter(seat, first, answer=2, sequence=1) for seat in seats), refusals=REFUSALS)
    assert list(kept_counts(meeting).values()) == [6]


@pytest.mark.parametrize("attempt", range(5))
def test_a_vote_against_the_close_is_stored_or_refused_never_both(meeting, first, attempt):
    seats = SeatFactory.create_batch(5, meeting=meeting)

    def close() -> None:
        with transaction.atomic():
            locked = lock_meeting(meeting)
            locked.state, locked.closed_at = "closed", timezone.now()
            locked.save()

    votes = [voter(seat, first, answer=4, sequence=1) for seat in seats]
    results = at_once(*votes[: attempt + 1], close, *votes[attempt + 1 :], refusals=REFUSALS)
    accepted = [result for result in results if isinstance(result, RecordedRating)]
    refused = [result for result in results if isinstance(result, RatingClosedError)]
    assert len(accepted) + len(refused) == 5
    assert Rating.objects.count() == len(accepted)
    assert kept_counts(meeting).total() == len(accepted)
