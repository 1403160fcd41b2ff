from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appreciation.domain.actors import Actor
from appreciation.domain.counts import count_differences, kept_counts, move_count, rebuild_counts
from appreciation.domain.paper import Sheet, enter_sheets
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.unlinking import unlink_meeting
from appreciation.models import RatingCount, Seat
from tests.factories import MeetingFactory, SectorFactory

ANSWERS = st.sampled_from([None, 1, 2, 3, 4, -1, -2])


@pytest.fixture
def meeting(appraisal, lead):
    meeting = MeetingFactory(appraisal=appraisal, open=True)
    items = [item.id for item in questionnaire_for(meeting.instrument).items]
    sheets = [Sheet(n, dict(zip(items, (1, 2, -1), strict=True))) for n in (1, 2)]
    enter_sheets(meeting=meeting, actor=Actor(user=lead), sheets=sheets)
    return meeting


def test_counts_are_equal_to_the_answers(meeting):
    assert sorted(kept_counts(meeting).values()) == [2, 2, 2]
    assert rebuild_counts(meeting=meeting) == {}


def test_a_wrong_count_is_told_and_mended(meeting):
    RatingCount.objects.filter(answer=1).update(count=7)
    RatingCount.objects.filter(answer=2).delete()
    assert sorted(rebuild_counts(meeting=meeting).values()) == [(0, 2), (7, 2)]
    assert count_differences(meeting) == {}


def test_moving_one_answer_moves_one_count(meeting):
    seat = Seat.objects.first()
    cell = RatingCount.objects.get(answer=1)
    move_count(seat=seat, round_id=cell.round_id, item_id=cell.item_id, old=1, new=4)
    move_count(seat=seat, round_id=cell.round_id, item_id=cell.item_id, old=4, new=4)
    same_item = RatingCount.objects.filter(item_id=cell.item_id)
    assert dict(same_item.values_list("answer", "count")) == {1: 1, 4: 1}


def recount(**options):
    """What the command says, and the refusal it ends with (exit code 1), or nothing."""
    out = StringIO()
    try:
        call_command("rebuild_counts", stdout=out, **options)
    except CommandError as refusal:
        return out.getvalue(), str(refusal)
    return out.getvalue(), ""


ALL_EQUAL = "1 rencontre vue. Tous les décomptes sont égaux aux réponses.\n"


def test_the_command_mends_and_says_so(meeting):
    assert recount(verifier=True) == (ALL_EQUAL, "")
    cell = RatingCount.objects.get(answer=1)
    RatingCount.objects.filter(answer=1).update(count=7)
    said, refusal = recount(meeting=meeting.reference, verifier=True)
    assert said == (
        f"{meeting.reference}, 1er tour, {cell.item.code}, réponse 1, papier: "
        "7 au décompte, 2 réponses.\n"
        f"{meeting.reference}: décomptes refaits, égaux aux réponses.\n"
        "1 rencontre vue. 1 à réparer.\n"
    )
    assert refusal == f"Décomptes faux, refaits: {meeting.reference}."
    assert recount(verifier=True) == (ALL_EQUAL, "")


def test_mended_counts_end_well_unless_asked_otherwise(meeting):
    RatingCount.objects.filter(answer=2).delete()
    said, refusal = recount()
    assert "0 au décompte, 2 réponses." in said
    assert refusal == ""
    assert count_differences(meeting) == {}


def test_what_cannot_be_mended_ends_in_error(meeting):
    meeting.state, meeting.closed_at = "closed", meeting.opened_at
    meeting.save()
    unlink_meeting(meeting=meeting)
    RatingCount.objects.filter(answer=1).update(count=7)
    said, refusal = recount()
    assert "les jetons sont effacés. Rien n’est changé." in said
    assert refusal == f"Décomptes qui restent faux: {meeting.reference}."
    assert RatingCount.objects.get(answer=1).count == 7


def test_the_command_refuses_an_unknown_meeting():
    with pytest.raises(CommandError, match="Aucune rencontre"):
        call_command("rebuild_counts", meeting="R-0", stdout=StringIO())


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(
        st.tuples(st.integers(1, 4), ANSWERS, ANSWERS, st.booleans(), st.sampled_from([0, 1, 2])),
        max_size=12,
    )
)
def test_whatever_is_typed_and_corrected_counts_stay_equal(steps, lead):
    meeting = MeetingFactory(open=True, asks_sector=True)
    items = [item.id for item in questionnaire_for(meeting.instrument).items]
    sectors = [None, SectorFactory(code="a").pk, SectorFactory(code="b").pk]
    for number, first, second, replaces, sector in steps:
        sheet = Sheet(number, {items[0]: first, items[1]: second}, sector_id=sectors[sector])
        outcome = enter_sheets(meeting=meeting, actor=Actor(), sheets=[sheet])
        for conflict in outcome.conflicts if replaces else ():
            seen = replace(sheet, seen=conflict.fingerprint)
            enter_sheets(meeting=meeting, actor=Actor(), sheets=[seen])
    assert count_differences(meeting) == {}
