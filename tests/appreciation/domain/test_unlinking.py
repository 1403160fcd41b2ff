import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.counts import count_differences, kept_counts, rebuild_counts
from appreciation.domain.meetings import reopen_entry
from appreciation.domain.paper import Sheet, enter_sheets, sheet_fingerprint
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.unlinking import (
    meetings_to_unlink,
    unlink_due_meetings,
    unlink_meeting,
)
from appreciation.models import (
    Comment,
    EveningPass,
    ExitAnswer,
    MeetingLog,
    Rating,
    RatingCorrection,
    RatingCount,
    Seat,
)
from core.errors import DomainError
from tests.factories import MeetingFactory, SeatFactory, SectorFactory


@pytest.fixture
def sector():
    return SectorFactory()


@pytest.fixture
def meeting(appraisal, lead, sector):
    """Six sheets, one corrected by the evening's secretary, a phone's exit answer, a comment."""
    meeting = MeetingFactory(appraisal=appraisal, open=True, asks_sector=True)
    items = [item.id for item in questionnaire_for(meeting.instrument).items]
    secretary = EveningPass.objects.create(
        meeting=meeting, label="Ginette", expires_at=meeting.opened_at + dt.timedelta(hours=6)
    )
    enter_sheets(
        meeting=meeting,
        actor=Actor(user=lead),
        sheets=[Sheet(n, {items[0]: 1 + n % 4, items[1]: -1}, sector.pk) for n in range(1, 7)],
    )
    as_entered = sheet_fingerprint({items[0]: 2, items[1]: -1}, sector.pk)
    enter_sheets(
        meeting=meeting,
        actor=Actor(evening_pass=secretary),
        sheets=[Sheet(1, {items[0]: 4}, seen=as_entered)],
    )
    phone = SeatFactory(meeting=meeting)
    ExitAnswer.objects.create(seat=phone, question="heard", answer="yes")
    Comment.objects.create(meeting=meeting, item_id=items[0], text="Un mot", key="abc")
    meeting.state, meeting.closed_at = "closed", meeting.opened_at
    meeting.save()
    return meeting


def test_a_meeting_is_due_thirty_days_after_its_close(meeting):
    closed = meeting.closed_at
    with time_machine.travel(closed + dt.timedelta(days=30, seconds=-1), tick=False):
        assert unlink_due_meetings(timezone.now()) == 0
    with time_machine.travel(closed + dt.timedelta(days=30), tick=False):
        assert list(meetings_to_unlink(timezone.now())) == [meeting]
        assert unlink_due_meetings(timezone.now()) == 1
        assert unlink_due_meetings(timezone.now()) == 0


def test_an_open_meeting_is_never_due(meeting):
    meeting.state, meeting.closed_at = "open", None
    meeting.save()
    assert not meetings_to_unlink(meeting.opened_at + dt.timedelta(days=90)).exists()


def test_unlinking_keeps_the_answers_and_erases_what_ties_them(meeting, sector):
    before = sorted(Rating.objects.values_list("round", "item", "answer"))
    old_seats = set(Seat.objects.values_list("pk", flat=True))
    kept = kept_counts(meeting)
    unlink_meeting(meeting=meeting)
    meeting.refresh_from_db()
    assert sorted(Rating.objects.values_list("round", "item", "answer")) == before
    assert not old_seats & set(Seat.objects.values_list("pk", flat=True))
    assert set(Seat.objects.values_list("token", "sheet_number", "sector")) == {(None, None, None)}
    assert sorted(Seat.objects.values_list("shuffled_number", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
    times = Rating.objects.values_list("recorded_at", "client_recorded_at", "sequence")
    assert set(times) == {(None, None, 1)}
    assert RatingCorrection.objects.count() == 0
    assert Comment.objects.get().key is None
    assert Comment.objects.get().text == "Un mot"
    assert ExitAnswer.objects.get().answer == "yes"
    assert (meeting.state, meeting.entry_done_at) == ("entry_done", meeting.unlinked_at)
    assert kept_counts(meeting) == kept
    assert {cell[4] for cell in kept} == {sector.pk}


def test_words_lose_the_order_in_which_they_were_written(meeting):
    item = Comment.objects.get().item_id
    for n in range(12):
        Comment.objects.create(
            meeting=meeting, item_id=item, text=f"Mot {n}", is_hidden=n == 2, is_quoted=n == 5
        )
    elsewhere = Comment.objects.create(meeting=MeetingFactory(), item_id=item, text="Ailleurs")
    words = Comment.objects.filter(meeting=meeting).order_by("pk")
    known = list(words.values_list("item", "text", "is_hidden", "is_quoted"))
    numbers = set(words.values_list("pk", flat=True))
    unlink_meeting(meeting=meeting)
    kept = list(words.values_list("item", "text", "is_hidden", "is_quoted"))
    assert sorted(kept) == sorted(known)
    assert kept != known  # one time in six thousand million, chance gives the order of before
    assert not numbers & set(words.values_list("pk", flat=True))
    assert Comment.objects.get(pk=elsewhere.pk).text == "Ailleurs"


def test_the_secretary_leaves_no_name(meeting):
    assert MeetingLog.objects.filter(by_label="Ginette").exists()
    unlink_meeting(meeting=meeting)
    assert not EveningPass.objects.exists()
    assert not MeetingLog.objects.filter(by_label="Ginette").exists()
    assert MeetingLog.objects.filter(by_label="secrétaire d’un soir").count() == 1


def test_the_counts_remain_the_record_by_sector(meeting):
    unlink_meeting(meeting=meeting)
    meeting.refresh_from_db()
    assert count_differences(meeting) == {}
    RatingCount.objects.filter(answer=-1).update(count=1)
    assert list(rebuild_counts(meeting=meeting).values()) == [(1, 6)]
    assert RatingCount.objects.get(answer=-1).count == 1


def test_unlinking_twice_changes_nothing(meeting):
    unlink_meeting(meeting=meeting)
    seats = set(Seat.objects.values_list("pk", "shuffled_number"))
    unlink_meeting(meeting=meeting)
    assert set(Seat.objects.values_list("pk", "shuffled_number")) == seats
    assert MeetingLog.objects.filter(action="Jetons effacés").count() == 1


def test_an_unlinked_meeting_is_never_reopened(meeting, lead):
    unlink_meeting(meeting=meeting)
    with pytest.raises(DomainError, match="perdu leur numéro"):
        reopen_entry(meeting=meeting, actor=Actor(user=lead))
