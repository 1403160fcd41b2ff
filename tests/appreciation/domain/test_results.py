from fractions import Fraction

import pytest

from appreciation.domain.results import Audience, meeting_results
from appreciation.enums import MeetingState, RoundState
from appreciation.models import HandCount, RatingCount
from core.disclosure import Suppressed
from tests.factories import (
    AppraisalFactory,
    InstrumentDimensionFactory,
    InstrumentFactory,
    ItemFactory,
    MeetingFactory,
    ScaleFactory,
)
from tests.factories.answers import answer, finish, items_of, spread
from tests.factories.outcomes import AgreedRatingFactory


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal)


def final_levels(results, code):
    (item,) = [item for item in results.items if item.item.code == code]
    return item.final and item.final.distribution


def test_the_room_sees_revealed_rounds_only(meeting):
    first, second, _ = items_of(meeting.appraisal)
    answer(meeting, first, spread(0, 1, 2, 3))
    answer(meeting, second, spread(3, 2, 1, 0))
    finish(meeting, reveal=False)
    meeting.rounds.filter(instrument_dimension=second.instrument_dimension).update(
        state=RoundState.REVEALED
    )
    results = meeting_results(meeting, audience=Audience.ROOM)
    assert final_levels(results, "q1") is None
    assert final_levels(results, "q2").levels == (3, 2, 1, 0)


def test_the_team_sees_closed_rounds_once_entry_is_finished(meeting):
    answer(meeting, items_of(meeting.appraisal)[0], spread(0, 1, 2, 3))
    finish(meeting, reveal=False)
    assert final_levels(meeting_results(meeting, audience=Audience.TEAM), "q1") is not None
    meeting.state = MeetingState.CLOSED
    assert final_levels(meeting_results(meeting, audience=Audience.TEAM), "q1") is None


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.PAUSED, RoundState.WAITING])
@pytest.mark.parametrize("audience", Audience)
def test_a_vote_in_progress_is_seen_by_nobody(meeting, state, audience):
    answer(meeting, items_of(meeting.appraisal)[0], spread(0, 1, 2, 3))
    finish(meeting)
    meeting.rounds.update(state=state)
    assert not meeting_results(meeting, audience=audience).has_answers


@pytest.mark.parametrize(
    ("audience", "people", "is_shown"),
    [
        (Audience.ROOM, 2, False),
        (Audience.ROOM, 3, True),
        (Audience.TEAM, 3, True),
        (Audience.OUTSIDE, 4, False),
        (Audience.OUTSIDE, 5, True),
    ],
)
def test_k_depends_on_who_looks(meeting, audience, people, is_shown):
    answer(meeting, items_of(meeting.appraisal)[0], [2] * people)
    finish(meeting)
    distribution = final_levels(meeting_results(meeting, audience=audience), "q1")
    assert isinstance(distribution, Suppressed) is not is_shown


def test_outside_sees_the_final_round_only_and_the_team_both(meeting):
    item = items_of(meeting.appraisal)[0]
    answer(meeting, item, spread(3, 0, 0, 3))
    answer(meeting, item, spread(0, 3, 3, 0), number=2)
    finish(meeting)
    outside = meeting_results(meeting, audience=Audience.OUTSIDE)
    team = meeting_results(meeting, audience=Audience.TEAM)
    assert [round_.number for round_ in outside.items[0].rounds] == [2]
    assert [round_.distribution.levels for round_ in team.items[0].rounds] == [
        (3, 0, 0, 3),
        (0, 3, 3, 0),
    ]


def test_a_round_that_nobody_answered_is_no_final_round(meeting):
    item = items_of(meeting.appraisal)[0]
    answer(meeting, item, spread(0, 3, 3, 0))
    answer(meeting, item, [], number=2)
    finish(meeting)
    assert final_levels(meeting_results(meeting, audience=Audience.OUTSIDE), "q1").levels == (
        0,
        3,
        3,
        0,
    )


def test_hands_are_added_to_the_room(meeting):
    item = items_of(meeting.appraisal)[0]
    round_ = answer(meeting, item, spread(0, 1, 2, 0))
    HandCount.objects.create(meeting=meeting, round=round_, item=item, answer=4, count=5)
    finish(meeting)
    distribution = final_levels(meeting_results(meeting, audience=Audience.TEAM), "q1")
    assert distribution.levels == (0, 1, 2, 5)


def test_does_not_know_counts_as_a_respondent_and_passing_does_not(meeting):
    item = items_of(meeting.appraisal)[0]
    answer(meeting, item, [1, 4, 4, -1, -2, -2])
    finish(meeting)
    (first, *_) = meeting_results(meeting, audience=Audience.TEAM).items
    assert first.final.distribution.respondents == 4
    assert first.final.does_not_know_words == "1 sur 4 ne sait pas"
    assert first.final.median == Fraction(4)


def test_one_small_item_hides_its_whole_dimension():
    instrument = InstrumentFactory()
    dimension = InstrumentDimensionFactory(instrument=instrument)
    for code in ("a", "b"):
        ItemFactory(instrument_dimension=dimension, code=code)
    meeting = MeetingFactory(appraisal=AppraisalFactory(instrument=instrument, at_meeting=True))
    first, second = items_of(meeting.appraisal)
    answer(meeting, first, [2] * 9)
    answer(meeting, second, [2] * 4)
    finish(meeting)
    (hidden,) = meeting_results(meeting, audience=Audience.OUTSIDE).dimensions
    assert hidden.is_suppressed
    assert isinstance(hidden.pooled.distribution, Suppressed)
    assert all(item.final.is_suppressed for item in hidden.items)
    (shown,) = meeting_results(meeting, audience=Audience.TEAM).dimensions
    assert shown.pooled.distribution.levels == (0, 13, 0, 0)


def test_items_on_different_scales_are_not_pooled():
    instrument = InstrumentFactory()
    dimension = InstrumentDimensionFactory(instrument=instrument)
    ItemFactory(instrument_dimension=dimension)
    ItemFactory(instrument_dimension=dimension, scale=ScaleFactory(levels=("A", "B", "C")))
    meeting = MeetingFactory(appraisal=AppraisalFactory(instrument=instrument, at_meeting=True))
    for item in items_of(meeting.appraisal):
        answer(meeting, item, [2] * 5)
    finish(meeting)
    (result,) = meeting_results(meeting, audience=Audience.TEAM).dimensions
    assert result.pooled is None
    assert [len(item.labels) for item in result.items] == [4, 3]


def test_strengths_come_first_then_what_is_discussed_then_what_is_hidden(meeting):
    first, second, third = items_of(meeting.appraisal)
    answer(meeting, first, [3])
    answer(meeting, second, spread(2, 1, 1, 6))
    answer(meeting, third, spread(0, 6, 2, 0))
    finish(meeting)
    results = meeting_results(meeting, audience=Audience.TEAM)
    assert [item.item.code for item in results.by_strength] == ["q3", "q2", "q1"]
    assert [each.items[0].item.code for each in results.dimensions_by_strength] == [
        "q3",
        "q2",
        "q1",
    ]


def test_an_agreed_level_stands_beside_hidden_answers_and_orders_them(meeting):
    first, second, _ = items_of(meeting.appraisal)
    answer(meeting, first, [3])
    answer(meeting, second, spread(0, 6, 2, 0))
    AgreedRatingFactory(meeting=meeting, item=first, level=4, reason="On le vit.")
    finish(meeting)
    strongest = meeting_results(meeting, audience=Audience.OUTSIDE).by_strength[0]
    assert strongest.item.code == "q1"
    assert strongest.final.is_suppressed
    assert (strongest.agreed.label, strongest.agreed.reason) == ("Acquis", "On le vit.")


def test_a_group_that_answers_together_has_agreed_levels_only(meeting):
    AgreedRatingFactory(meeting=meeting, item=items_of(meeting.appraisal)[0], level=None)
    results = meeting_results(meeting, audience=Audience.TEAM)
    assert not results.has_answers
    assert results.has_agreed_levels
    assert results.items[0].final is None
    assert (results.items[0].agreed.level, results.items[0].agreed.label) == (None, "")


def test_outside_k_is_never_under_three(meeting):
    answer(meeting, items_of(meeting.appraisal)[0], [2] * 3)
    finish(meeting)
    with pytest.raises(ValueError, match="seuil"):
        meeting_results(meeting, audience=Audience.OUTSIDE, outside_k=2)


@pytest.mark.parametrize("count", [1, 3])
def test_results_cost_the_same_whatever_the_number_of_dimensions(count, django_assert_num_queries):
    instrument = InstrumentFactory(with_items=count)
    meeting = MeetingFactory(appraisal=AppraisalFactory(instrument=instrument, at_meeting=True))
    for item in items_of(meeting.appraisal):
        answer(meeting, item, [2] * 5)
    finish(meeting)
    meeting = type(meeting).objects.select_related("instrument__scale").get(pk=meeting.pk)
    with django_assert_num_queries(7):
        results = meeting_results(meeting, audience=Audience.TEAM)
    assert len(results.items) == count


@pytest.mark.parametrize("audience", Audience)
def test_a_second_vote_taken_back_is_not_the_last_one(meeting, audience):
    """A sheet typed for a second vote, then emptied, leaves a count of nothing behind."""
    item = items_of(meeting.appraisal)[0]
    answer(meeting, item, spread(0, 1, 2, 3))
    second = answer(meeting, item, [1], number=2)
    RatingCount.objects.filter(round=second).update(count=0)
    second.ratings.all().delete()
    finish(meeting)
    levels = final_levels(meeting_results(meeting, audience=audience), "q1").levels
    assert levels == (0, 1, 2, 3)
