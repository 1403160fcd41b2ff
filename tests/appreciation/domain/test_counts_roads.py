"""Every road that an answer takes keeps its count: phones, paper, files, gestures, erasing."""

from itertools import product

import pytest
from django.utils import timezone

from appreciation.domain import rehearsals
from appreciation.domain.actors import SYSTEM, Actor
from appreciation.domain.counts import (
    kept_counts,
    meetings_at_odds,
    move_counts,
    rebuild_counts,
)
from appreciation.domain.hands import record_hands
from appreciation.domain.imports.ratings import import_sheets, read_file
from appreciation.domain.paper import Sheet, enter_sheets, sheet_fingerprint
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.ratings import record_rating
from appreciation.domain.rehearsal_keeping import keep_rehearsal
from appreciation.domain.rehearsal_people import answer_open_rounds
from appreciation.domain.unlinking import unlink_meeting
from appreciation.enums import Medium
from appreciation.models import Rating, RatingCount
from tests.factories import (
    AppraisalFactory,
    MeetingFactory,
    MembershipFactory,
    SeatFactory,
    SectorFactory,
)

NOW = timezone.now()


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True, asks_sector=True)


@pytest.fixture
def items(meeting):
    return [item.id for item in questionnaire_for(meeting.instrument).items]


def totals(meeting):
    """`{(answer, medium): people}` of the kept counts, which all agree with the answers."""
    assert list(meetings_at_odds()) == []
    summed = {}
    for (_, _, answer, medium, _), people in kept_counts(meeting).items():
        summed[answer, medium] = summed.get((answer, medium), 0) + people
    return summed


def typed(meeting, *sheets):
    return enter_sheets(meeting=meeting, actor=Actor(), sheets=sheets)


def test_a_phone_answers_changes_its_mind_and_declines(meeting, items):
    seat = SeatFactory(meeting=meeting, sector=SectorFactory())
    round_id = meeting.rounds.get(instrument_dimension__items=items[0]).pk
    for sequence, answer in enumerate((3, 1, -1, -2), start=1):
        record_rating(
            seat=seat, item_id=items[0], round_id=round_id, answer=answer, sequence=sequence
        )
        assert totals(meeting) == {(answer, "phone"): 1}


def test_sheets_are_typed_corrected_moved_to_a_sector_and_emptied(meeting, items):
    sector = SectorFactory()
    typed(meeting, Sheet(1, {items[0]: 2, items[1]: 2}), Sheet(2, {items[0]: 2}))
    typed(meeting, Sheet(3, {items[0]: 4}, medium=Medium.TELEPHONE))
    assert totals(meeting) == {(2, "paper"): 3, (4, "telephone"): 1}
    seen = sheet_fingerprint({items[0]: 2, items[1]: 2}, None)
    typed(meeting, Sheet(1, {items[0]: 3}, sector_id=sector.pk, seen=seen))
    assert totals(meeting) == {(2, "paper"): 2, (3, "paper"): 1, (4, "telephone"): 1}
    assert {cell[4] for cell in kept_counts(meeting)} == {None, sector.pk}
    typed(meeting, Sheet(2, {items[0]: None}, seen=sheet_fingerprint({items[0]: 2}, None)))
    assert totals(meeting) == {(2, "paper"): 1, (3, "paper"): 1, (4, "telephone"): 1}


def test_a_file_comes_in_and_hands_go_up(meeting, items):
    read = read_file(
        b"feuille;secteur;q1;q2\n1;;4;NSP\n2;;4;REFUS\n",
        questionnaire=questionnaire_for(meeting.instrument),
    )
    import_sheets(meeting=meeting, actor=SYSTEM, read=read, provenance="a.csv")
    record_hands(meeting=meeting, actor=Actor(), item_id=items[0], counts={1: 12})
    assert totals(meeting) == {(4, "paper"): 2, (-1, "paper"): 1, (-2, "paper"): 1}


def test_what_links_is_erased(meeting, items):
    sector = SectorFactory()
    typed(meeting, *(Sheet(n, {items[0]: n}, sector_id=sector.pk) for n in (1, 2, 3)))
    meeting.state = "closed"
    meeting.closed_at = NOW
    meeting.save()
    unlink_meeting(meeting=meeting)
    assert totals(meeting) == {(1, "paper"): 1, (2, "paper"): 1, (3, "paper"): 1}


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_rehearsal_is_kept_or_wiped(is_kept):
    source = AppraisalFactory(at_meeting=True, consent_text="Le nôtre.")
    lead = MembershipFactory(appraisal=source).user
    played = rehearsals.start_rehearsal(user=lead, source=source, now=NOW)
    played = rehearsals.open_rehearsal(meeting=played, user=lead, real_people=False, now=NOW)
    if is_kept:
        seat = SeatFactory(meeting=played)
        first = played.rounds.order_by("instrument_dimension__position").first()
        item = first.instrument_dimension.items.first()
        record_rating(seat=seat, item_id=item.pk, round_id=first.pk, answer=3, sequence=1)
        kept = keep_rehearsal(meeting=played, user=lead, room_agrees=True, now=NOW)
        assert totals(kept) == {(3, "phone"): 1}
        return
    answer_open_rounds(meeting=played, actor=Actor(user=lead))
    assert sum(totals(played).values()) == Rating.objects.count() > 0
    rehearsals.wipe_rehearsal(meeting=played, user=lead, now=NOW, sure=True)
    assert (Rating.objects.count(), RatingCount.objects.count()) == (0, 0)


def test_the_proof_names_the_meetings_at_odds_in_as_many_queries(
    meeting, items, django_assert_num_queries
):
    others = [MeetingFactory(appraisal=meeting.appraisal, open=True) for _ in range(3)]
    for one in (meeting, *others):
        typed(one, Sheet(1, {items[0]: 2, items[1]: 3}))
    with django_assert_num_queries(3):
        assert list(meetings_at_odds()) == []
    RatingCount.objects.filter(meeting=others[0], answer=2).update(count=5)
    RatingCount.objects.filter(meeting=others[1], answer=3).delete()
    Rating.objects.filter(round__meeting=others[2]).delete()
    with django_assert_num_queries(3):
        assert list(meetings_at_odds()) == [other.pk for other in others]
    assert list(meetings_at_odds(chosen=[meeting.pk])) == []
    for other in others:
        rebuild_counts(meeting=other)
    assert list(meetings_at_odds()) == []


def test_many_counts_move_in_four_statements_at_most(meeting, items, django_assert_num_queries):
    rounds = [round_.pk for round_ in meeting.rounds.all()]
    sectors = [None, SectorFactory().pk]
    cells = list(product(rounds, items, (1, 2, 3, 4, -1), ("paper", "phone"), sectors))
    with django_assert_num_queries(1):
        move_counts(meeting=meeting, moves={cells[0]: 2, cells[1]: 0})
    with django_assert_num_queries(2):
        move_counts(meeting=meeting, moves={cell: 1 + n % 7 for n, cell in enumerate(cells)})
    with django_assert_num_queries(4):
        moves = {cell: -1 if n % 3 else 2 for n, cell in enumerate(cells)}
        move_counts(meeting=meeting, moves=moves)
    kept = kept_counts(meeting)
    assert [kept[cell] for cell in cells[:8]] == [5, 1, 2, 6, 4, 5, 9, 0]
    assert {row.meeting_id for row in RatingCount.objects.all()} == {meeting.pk}
