"""The rating contract, exit by exit (DESIGN.md §5; QUALITY.md §4 rows 1 to 4)."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from appreciation.domain.counts import counts_from_ratings
from appreciation.domain.frozen_questionnaire import questionnaire_in_memory
from appreciation.domain.ratings import (
    InvalidRatingError,
    RatingClosedError,
    RecordedRating,
    SeatGoneError,
    SequenceConflictError,
    record_rating,
)
from appreciation.models import Comment, Rating, RatingCount, Seat
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    MeetingFactory,
    RoundFactory,
    ScaleFactory,
    SeatFactory,
    SectorFactory,
)


@pytest.fixture
def seat():
    return SeatFactory()


@pytest.fixture
def vote(seat):
    """`vote(answer=3, sequence=1, …)`: the seat answers the first question."""
    first = seat.meeting.rounds.get(instrument_dimension__position=1)
    item = first.instrument_dimension.items.get()

    def send(answer=3, sequence=1, **changes):
        asked = {"seat": seat, "item_id": item.pk, "round_id": first.pk} | changes
        return record_rating(answer=answer, sequence=sequence, **asked)

    send.round, send.item = first, item
    return send


def kept_counts(meeting):
    """The cells that count somebody, as `counts_from_ratings` gives them."""
    rows = RatingCount.objects.filter(meeting=meeting, count__gt=0)
    return Counter(
        {
            (row.round_id, row.item_id, row.answer, row.medium, row.sector_id): row.count
            for row in rows
        }
    )


def assert_nothing_stored(meeting):
    assert not Rating.objects.filter(round__meeting=meeting).exists()
    assert kept_counts(meeting) == {}
    assert not Comment.objects.filter(meeting=meeting).exists()


def test_a_first_answer_is_stored_and_counted(vote, seat):
    moment = dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)
    assert vote(3, 1, client_recorded_at=moment) == RecordedRating(3, 1, created=True)
    rating = Rating.objects.get()
    assert (rating.seat, rating.answer, rating.sequence) == (seat, 3, 1)
    assert rating.client_recorded_at == moment
    assert rating.recorded_at is not None
    assert kept_counts(seat.meeting) == {(vote.round.pk, vote.item.pk, 3, "phone", None): 1}


@pytest.mark.parametrize("answer", [1, 4, -1, -2])
def test_every_level_and_both_special_answers_are_taken(vote, answer):
    assert vote(answer).created
    assert Rating.objects.get().answer == answer


def test_a_changed_answer_moves_its_count(vote, seat):
    vote(3, 1)
    assert vote(-1, 2) == RecordedRating(-1, 2)
    assert Rating.objects.get().answer == -1
    assert kept_counts(seat.meeting) == {(vote.round.pk, vote.item.pk, -1, "phone", None): 1}


def test_the_same_sending_again_gives_what_is_stored(vote, seat):
    vote(3, 7, comment="Un mot")
    assert vote(3, 7, comment="Un mot") == RecordedRating(3, 7)
    assert kept_counts(seat.meeting).total() == 1
    assert Comment.objects.count() == 1


def test_a_lower_sequence_leaves_the_stored_answer(vote, seat):
    vote(4, 9)
    assert vote(1, 8, comment="trop tard") == RecordedRating(4, 9, superseded=True)
    assert Rating.objects.get().answer == 4
    assert kept_counts(seat.meeting) == {(vote.round.pk, vote.item.pk, 4, "phone", None): 1}
    assert not Comment.objects.exists()


def test_the_same_sequence_with_another_answer_conflicts(vote, seat):
    vote(3, 5)
    with pytest.raises(SequenceConflictError) as refusal:
        vote(2, 5)
    assert refusal.value.stored == 3
    assert Rating.objects.get().answer == 3
    assert kept_counts(seat.meeting).total() == 1


def test_the_same_sequence_with_another_comment_conflicts(vote):
    vote(3, 5, comment="Un mot")
    with pytest.raises(SequenceConflictError):
        vote(3, 5, comment="Un autre")
    assert Comment.objects.get().text == "Un mot"


def test_a_resend_after_the_close_learns_that_it_counted(vote, seat):
    vote(3, 5)
    close(seat.meeting)
    assert vote(3, 5) == RecordedRating(3, 5)


def test_a_new_answer_after_the_close_is_refused(vote, seat):
    close(seat.meeting)
    with pytest.raises(RatingClosedError, match="La rencontre est fermée"):
        vote(3, 1, comment="perdu?")
    assert_nothing_stored(seat.meeting)


def test_a_change_after_the_close_is_refused_and_the_first_answer_stays(vote, seat):
    vote(3, 1)
    close(seat.meeting)
    with pytest.raises(RatingClosedError):
        vote(4, 2)
    assert Rating.objects.get().answer == 3
    assert kept_counts(seat.meeting) == {(vote.round.pk, vote.item.pk, 3, "phone", None): 1}


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("waiting", "n’est pas encore ouverte"),
        ("paused", "est en pause"),
        ("closed", "Cette question est fermée"),
        ("revealed", "Cette question est fermée"),
    ],
)
def test_a_round_that_is_not_open_takes_nothing(vote, seat, state, sentence):
    vote.round.state, vote.round.closed_at = state, timezone.now()
    vote.round.save()
    with pytest.raises(RatingClosedError, match=sentence):
        vote()
    assert_nothing_stored(seat.meeting)


@pytest.mark.parametrize("answer", [0, 5, 7, -3, 99])
def test_an_answer_outside_the_scale_is_refused(vote, seat, answer):
    with pytest.raises(InvalidRatingError, match="un niveau de 1 à 4"):
        vote(answer)
    assert_nothing_stored(seat.meeting)


def test_the_scale_of_the_item_decides(vote, seat):
    vote.item.scale = ScaleFactory(levels=("Non", "Un peu", "Oui"))
    vote.item.save()
    with pytest.raises(InvalidRatingError, match="un niveau de 1 à 3"):
        vote(4)
    assert vote(3).created


@pytest.mark.parametrize("sequence", [0, -1, 2**63])
def test_a_sequence_out_of_bounds_is_refused(vote, seat, sequence):
    with pytest.raises(InvalidRatingError, match="numéro d’envoi"):
        vote(3, sequence)
    assert_nothing_stored(seat.meeting)


def test_an_item_of_another_instrument_is_refused(vote, seat):
    other = InstrumentFactory(with_items=1).instrument_dimensions.get().items.get()
    with pytest.raises(InvalidRatingError, match="ne fait pas partie"):
        vote(item_id=other.pk)
    assert_nothing_stored(seat.meeting)


def test_an_item_of_another_dimension_is_refused(vote, seat):
    second = seat.meeting.rounds.get(instrument_dimension__position=2)
    with pytest.raises(InvalidRatingError, match="ne fait pas partie"):
        vote(round_id=second.pk)
    assert_nothing_stored(seat.meeting)


def test_an_unknown_item_or_round_is_refused(vote, seat):
    with pytest.raises(InvalidRatingError):
        vote(item_id=10**9)
    with pytest.raises(InvalidRatingError, match="n’existe pas"):
        vote(round_id=10**9)
    assert_nothing_stored(seat.meeting)


def test_a_round_of_another_meeting_is_refused(vote, seat):
    appraisal = AppraisalFactory(at_meeting=True, instrument=seat.meeting.instrument)
    other = MeetingFactory(appraisal=appraisal, open=True)
    with pytest.raises(InvalidRatingError, match="n’existe pas"):
        vote(round_id=other.rounds.get(instrument_dimension__position=1).pk)
    assert_nothing_stored(other)


def test_an_erased_token_is_gone(vote, seat):
    Seat.objects.update(token=None)
    with pytest.raises(SeatGoneError):
        vote()
    assert_nothing_stored(seat.meeting)


def test_an_unlinked_meeting_is_gone(vote, seat):
    close(seat.meeting)
    seat.meeting.unlinked_at = timezone.now()
    seat.meeting.save()
    with pytest.raises(SeatGoneError):
        vote()


def test_a_meeting_erased_meanwhile_is_gone(vote, seat):
    seat.meeting.delete()
    with pytest.raises(SeatGoneError):
        vote()


def test_a_second_round_asks_again_and_keeps_the_first(vote, seat):
    vote(2, 1)
    vote.round.state, vote.round.closed_at = "closed", timezone.now()
    vote.round.save()
    again = RoundFactory(
        meeting=seat.meeting,
        instrument_dimension=vote.round.instrument_dimension,
        number=2,
        state="open",
    )
    assert vote(4, 2, round_id=again.pk).created
    assert sorted(Rating.objects.values_list("round__number", "answer")) == [(1, 2), (2, 4)]


def test_the_sector_of_the_seat_is_counted(vote, seat):
    seat.sector = SectorFactory()
    seat.save()
    vote(3)
    assert set(kept_counts(seat.meeting)) == {
        (vote.round.pk, vote.item.pk, 3, "phone", seat.sector_id)
    }


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> &amp; « guillemets »",
        "👩🏽‍🌾🎉 bravo",
        "مرحبا \u202egnirts\u202c",
        "m" * 10_000,
    ],
)
def test_any_words_are_kept_as_they_are(vote, text):
    vote(comment=text)
    comment = Comment.objects.get()
    assert comment.text == text
    assert not hasattr(comment, "seat")


def test_a_comment_too_long_is_refused_whole(vote, seat):
    with pytest.raises(InvalidRatingError, match="10001 caractères") as refusal:
        vote(comment="m" * 10_001)
    assert "comment" in refusal.value.fields
    assert_nothing_stored(seat.meeting)


def test_line_ends_are_counted_once_and_nul_is_dropped(vote):
    vote(comment="un\r\n" * 3_000 + "\x00")
    assert Comment.objects.get().text == ("un\n" * 3_000).strip()


def test_the_numbers_of_words_do_not_tell_who_wrote_first(vote, seat):
    """They are in the pages of the team."""
    for n in range(12):
        vote(seat=SeatFactory(meeting=seat.meeting), comment=f"{n:02}")
    written = list(Comment.objects.order_by("pk").values_list("text", flat=True))
    assert sorted(written) == [f"{n:02}" for n in range(12)]
    assert written != sorted(written)  # one time in 479 million, chance gives that order


def test_a_comment_is_replaced_kept_or_erased(vote):
    vote(3, 1, comment="Un mot")
    vote(3, 2, comment="Un autre")
    assert Comment.objects.get().text == "Un autre"
    vote(2, 3)
    assert Comment.objects.get().text == "Un autre"
    vote(2, 4, comment="")
    assert not Comment.objects.exists()
    vote(2, 5, comment="Revenu")
    assert Comment.objects.get().text == "Revenu"


def test_kept_counts_equal_the_answers_after_many_changes(seat):
    seats = [seat, SeatFactory(meeting=seat.meeting), SeatFactory(meeting=seat.meeting)]
    rounds = list(seat.meeting.rounds.all())
    sequence = 0
    for answer in (1, 2, -1, 2, 4, -2, 3, 3, 1):
        for number, voter in enumerate(seats):
            sequence += 1
            asked = rounds[(answer + number) % 3]
            record_rating(
                seat=voter,
                item_id=asked.instrument_dimension.items.get().pk,
                round_id=asked.pk,
                answer=answer,
                sequence=sequence,
            )
    assert kept_counts(seat.meeting) == counts_from_ratings(seat.meeting)
    assert kept_counts(seat.meeting).total() == Rating.objects.count()


@pytest.mark.parametrize(("before", "queries", "locks"), [(0, 7, 2), (1, 5, 1), (3, 5, 1)])
def test_an_answer_costs_few_queries(vote, seat, before, queries, locks, django_assert_num_queries):
    """Situation, answer, count (its row made once): savepoint and its release included."""
    instrument = seat.meeting.instrument
    instrument.frozen_at = timezone.now()
    instrument.save()
    questionnaire_in_memory(instrument)
    for _ in range(before):
        vote(3, 1, seat=SeatFactory(meeting=seat.meeting))
    with django_assert_num_queries(queries + locks * (connection.vendor == "postgresql")):
        vote(3, 1)


def close(meeting):
    meeting.state, meeting.closed_at = "closed", timezone.now()
    meeting.save()
