from collections import Counter

import pytest
from django.db import connection

from appreciation.domain.actors import Actor
from appreciation.domain.answer_words import read_answer, sheet_numbers_in_words
from appreciation.domain.counts import count_differences, kept_counts
from appreciation.domain.paper import (
    Sheet,
    enter_sheets,
    sheet_fingerprint,
)
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.enums import Medium, MeetingState
from appreciation.models import MeetingLog, Rating, RatingCorrection, Seat
from core.errors import DomainError
from tests.factories import MeetingFactory, RoundFactory, SectorFactory


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True)


@pytest.fixture
def items(meeting):
    return [item.id for item in questionnaire_for(meeting.instrument).items]


@pytest.fixture
def actor(lead):
    return Actor(user=lead)


def sheet(number, items, *answers, **options):
    return Sheet(number=number, answers=dict(zip(items, answers, strict=False)), **options)


def test_entering_stores_answers_seats_and_counts(meeting, items, actor):
    outcome = enter_sheets(
        meeting=meeting,
        actor=actor,
        sheets=[sheet(1, items, 4, -1, None), sheet(2, items, 4, -2, 3)],
    )
    assert outcome.entered == (1, 2)
    assert list(Rating.objects.values_list("seat__sheet_number", "item", "answer")) == [
        (1, items[0], 4),
        (1, items[1], -1),
        (2, items[0], 4),
        (2, items[1], -2),
        (2, items[2], 3),
    ]
    assert set(Seat.objects.values_list("medium", "token")) == {("paper", None)}
    assert Counter(kept_counts(meeting).values()) == Counter({2: 1, 1: 3})
    assert count_differences(meeting) == {}


def test_entering_twice_changes_nothing(meeting, items, actor):
    sheets = [sheet(1, items, 4, -1, None)]
    enter_sheets(meeting=meeting, actor=actor, sheets=sheets)
    outcome = enter_sheets(meeting=meeting, actor=actor, sheets=sheets)
    assert outcome.unchanged == (1,)
    assert not outcome.changes_something
    assert Rating.objects.count() == 2
    assert MeetingLog.objects.filter(action="Feuilles saisies").count() == 1


def test_a_sheet_already_entered_otherwise_is_left_and_shown(meeting, items, actor):
    enter_sheets(meeting=meeting, actor=actor, sheets=[sheet(1, items, 4, 2, 3)])
    outcome = enter_sheets(
        meeting=meeting, actor=actor, sheets=[sheet(1, items, 4, 1, None), sheet(2, items, 1)]
    )
    assert outcome.entered == (2,)
    (conflict,) = outcome.conflicts
    assert conflict.number == 1
    assert conflict.stored == {items[0]: 4, items[1]: 2, items[2]: 3}
    assert conflict.differing == {items[1], items[2]}
    assert list(Rating.objects.filter(seat__sheet_number=1).values_list("answer", flat=True)) == [
        4,
        2,
        3,
    ]


def test_a_correction_is_explicit_and_kept_beside_who_made_it(meeting, items, actor):
    enter_sheets(meeting=meeting, actor=actor, sheets=[sheet(1, items, 4, 2, None)])
    seen = sheet_fingerprint({items[0]: 4, items[1]: 2}, None)
    outcome = enter_sheets(
        meeting=meeting, actor=actor, sheets=[sheet(1, items, 4, None, 3, seen=seen)]
    )
    assert outcome.corrected == (1,)
    assert list(Rating.objects.order_by("item").values_list("item", "answer", "sequence")) == [
        (items[0], 4, 1),
        (items[2], 3, 1),
    ]
    assert list(
        RatingCorrection.objects.order_by("item").values_list(
            "item", "old_answer", "new_answer", "by_label"
        )
    ) == [(items[1], 2, None, str(actor.user)), (items[2], None, 3, str(actor.user))]
    assert count_differences(meeting) == {}
    assert MeetingLog.objects.first().detail == "corrigées: 1 (1er tour)"


def test_two_people_who_correct_the_same_sheet_never_overwrite_one_another(meeting, items, actor):
    enter_sheets(meeting=meeting, actor=actor, sheets=[sheet(1, items, 4, 2, 3)])
    seen = sheet_fingerprint(dict(zip(items, (4, 2, 3), strict=True)), None)
    first = sheet(1, items, 1, 2, 3, seen=seen)
    assert enter_sheets(meeting=meeting, actor=actor, sheets=[first]).corrected == (1,)
    second = sheet(1, items, 4, 2, 1, seen=seen)
    (conflict,) = enter_sheets(meeting=meeting, actor=actor, sheets=[second]).conflicts
    assert conflict.stored == {items[0]: 1, items[1]: 2, items[2]: 3}
    assert conflict.differing == {items[0], items[2]}
    assert list(Rating.objects.order_by("item").values_list("answer", flat=True)) == [1, 2, 3]
    knowing = sheet(1, items, 4, 2, 1, seen=conflict.fingerprint)
    assert enter_sheets(meeting=meeting, actor=actor, sheets=[knowing]).corrected == (1,)
    assert list(Rating.objects.order_by("item").values_list("answer", flat=True)) == [4, 2, 1]
    assert RatingCorrection.objects.count() == 3
    assert count_differences(meeting) == {}


def test_a_second_round_leaves_the_first(meeting, items, actor):
    dimension = meeting.rounds.first().instrument_dimension
    meeting.rounds.update(state="closed", closed_at=meeting.opened_at)
    second = RoundFactory(meeting=meeting, instrument_dimension=dimension, number=2, state="open")
    enter_sheets(meeting=meeting, actor=actor, sheets=[sheet(1, items, 1, 2, 3)])
    outcome = enter_sheets(
        meeting=meeting, actor=actor, sheets=[sheet(1, items, 4)], round_number=2
    )
    assert outcome.entered == (1,)
    assert Seat.objects.count() == 1
    assert Rating.objects.get(round=second).answer == 4
    assert Rating.objects.filter(round__number=1).count() == 3
    assert count_differences(meeting) == {}


def test_an_answer_in_a_round_that_does_not_exist_is_refused(meeting, items, actor):
    with pytest.raises(DomainError, match="il n’y a pas de 2e tour"):
        enter_sheets(meeting=meeting, actor=actor, sheets=[sheet(1, items, 4)], round_number=2)


@pytest.mark.parametrize("answer", [0, 5, -3])
def test_an_answer_outside_the_scale_is_refused_whole(meeting, items, actor, answer):
    with pytest.raises(DomainError, match="n’existe pas"):
        enter_sheets(
            meeting=meeting, actor=actor, sheets=[sheet(1, items, 1), sheet(2, items, answer)]
        )
    assert Seat.objects.count() == 0


@pytest.mark.parametrize(
    ("number", "message"), [(0, "va de 1 à"), (100_000, "va de 1 à"), (7, "deux fois")]
)
def test_a_bad_sheet_number_is_refused(meeting, items, actor, number, message):
    with pytest.raises(DomainError, match=message):
        enter_sheets(
            meeting=meeting, actor=actor, sheets=[sheet(7, items, 1), sheet(number, items, 1)]
        )


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (MeetingState.PLANNED, "pas encore ouverte"),
        (MeetingState.ENTRY_DONE, "saisie est terminée"),
    ],
)
def test_entry_waits_for_the_opening_and_stops_once_done(meeting, items, actor, state, message):
    meeting.state = state
    meeting.closed_at = meeting.entry_done_at = meeting.opened_at
    meeting.save()
    with pytest.raises(DomainError, match=message):
        enter_sheets(meeting=meeting, actor=actor, sheets=[sheet(1, items, 1)])


def test_entry_goes_on_once_closed_to_phones(meeting, items, actor):
    meeting.state, meeting.closed_at = MeetingState.CLOSED, meeting.opened_at
    meeting.save()
    assert enter_sheets(meeting=meeting, actor=actor, sheets=[sheet(1, items, 1)]).entered == (1,)


def test_the_team_does_not_type_on_the_wall_of_the_hall(meeting, items, actor):
    meeting.mirrored_screen = True
    meeting.save()
    with pytest.raises(DomainError, match="celui de la salle"):
        enter_sheets(meeting=meeting, actor=actor, sheets=[sheet(1, items, 1)])


def test_sheets_without_any_answer_are_not_seats(meeting, items, actor):
    outcome = enter_sheets(meeting=meeting, actor=actor, sheets=[sheet(3, items, None, None)])
    assert not outcome.changes_something
    assert Seat.objects.count() == 0


def test_a_telephone_sheet_keeps_its_medium(meeting, items, actor):
    enter_sheets(
        meeting=meeting,
        actor=actor,
        sheets=[sheet(1, items, 2, medium=Medium.TELEPHONE)],
    )
    assert {cell[3] for cell in kept_counts(meeting)} == {"telephone"}


def test_a_sector_is_refused_when_the_meeting_does_not_ask(meeting, items, actor):
    sector = SectorFactory()
    with pytest.raises(DomainError, match="ne demande pas le secteur"):
        enter_sheets(meeting=meeting, actor=actor, sheets=[sheet(1, items, 2, sector_id=sector.pk)])


def test_correcting_a_sector_moves_every_count(meeting, items, actor):
    meeting.asks_sector = True
    meeting.save()
    health, school = SectorFactory(), SectorFactory()
    first = sheet(1, items, 2, 3, sector_id=health.pk)
    enter_sheets(meeting=meeting, actor=actor, sheets=[first])
    other = sheet(1, items, 2, 4, sector_id=school.pk)
    (conflict,) = enter_sheets(meeting=meeting, actor=actor, sheets=[other]).conflicts
    assert conflict.sector_differs
    assert conflict.sector_id == health.pk
    corrected = sheet(1, items, 2, 4, sector_id=school.pk, seen=conflict.fingerprint)
    assert enter_sheets(meeting=meeting, actor=actor, sheets=[corrected]).corrected == (1,)
    assert {cell[4] for cell in kept_counts(meeting)} == {school.pk}
    assert count_differences(meeting) == {}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", None),
        ("  ", None),
        ("3", 3),
        (" 3 ", 3),
        ("3,0", 3),
        ("3.0", 3),
        ("n", -1),
        ("NSP", -1),
        ("p", -2),
        ("Refus", -2),
    ],
)
def test_reading_a_cell(meeting, text, answer):
    item = questionnaire_for(meeting.instrument).items[0]
    assert read_answer(text, item) == answer


@pytest.mark.parametrize("text", ["0", "5", "2,5", "-1", "trois", "²", "33", "=1+1"])
def test_a_cell_outside_the_scale_says_what_to_write(meeting, text):
    item = questionnaire_for(meeting.instrument).items[0]
    with pytest.raises(DomainError, match="Écrivez un nombre de 1 à 4, N"):
        read_answer(text, item)


@pytest.mark.parametrize("count", [1, 15])
def test_entering_takes_the_same_queries_for_any_number_of_sheets(
    meeting, items, actor, count, django_assert_num_queries
):
    sheets = [sheet(number, items, 1, 2, 3) for number in range(1, count + 1)]
    advisory_lock = connection.vendor == "postgresql"  # decision 6
    with django_assert_num_queries(16 + advisory_lock):
        enter_sheets(meeting=meeting, actor=actor, sheets=sheets)


def test_a_rehearsal_says_the_same_and_writes_nothing(meeting, items, actor):
    enter_sheets(meeting=meeting, actor=actor, sheets=[sheet(1, items, 4, 2, 3)])
    sheets = [sheet(1, items, 4, 2, 1), sheet(2, items, 1), sheet(3, items, None)]
    rehearsal = enter_sheets(meeting=meeting, actor=actor, sheets=sheets, dry_run=True)
    assert (Seat.objects.count(), Rating.objects.count()) == (1, 3)
    assert MeetingLog.objects.count() == 1
    assert enter_sheets(meeting=meeting, actor=actor, sheets=sheets) == rehearsal


def test_numbers_in_words():
    assert sheet_numbers_in_words([3, 1, 2, 7, 9, 10]) == "1 à 3, 7, 9 et 10"
