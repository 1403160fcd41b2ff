import pytest

from appreciation.domain.deliberation import discussion_order, propose_agenda
from appreciation.domain.facilitation import OPENINGS, SHAPES, UNSURE, Moment, script_for
from appreciation.domain.results import Audience, meeting_results
from appreciation.domain.shapes import Shape
from appreciation.domain.wording import OPPOSED
from tests.factories import AppraisalFactory, InstrumentFactory, MeetingFactory
from tests.factories.answers import answer, finish, items_of, spread
from tests.factories.outcomes import AgreedRatingFactory


@pytest.fixture
def meeting():
    instrument = InstrumentFactory(with_items=7)
    return MeetingFactory(appraisal=AppraisalFactory(instrument=instrument, at_meeting=True))


def found(meeting):
    return meeting_results(meeting, audience=Audience.ROOM)


def fill(meeting, *distributions):
    """One distribution per item, None for no answer."""
    for item, answers in zip(items_of(meeting.appraisal), distributions, strict=False):
        if answers:
            answer(meeting, item, answers)
    finish(meeting)


def codes(dimensions):
    return [dimension.items[0].item.code for dimension in dimensions]


def test_dimensions_come_from_the_lowest_agreement_up_hidden_then_unanswered_last(meeting):
    fill(
        meeting,
        spread(0, 0, 2, 10),
        [2],
        None,
        spread(6, 0, 0, 6),
        spread(1, 2, 6, 3),
        spread(2, 4, 4, 2),
    )
    assert codes(discussion_order(found(meeting))) == ["q4", "q6", "q5", "q1", "q2", "q3", "q7"]


def test_agenda_opens_on_two_strengths_then_every_opposed_item(meeting):
    fill(
        meeting,
        spread(6, 0, 0, 6),
        spread(0, 0, 2, 10),
        spread(0, 0, 12, 0),
        spread(0, 1, 4, 7),
        spread(5, 1, 1, 5),
        spread(7, 0, 0, 5),
        spread(2, 4, 4, 2),
    )
    agenda = propose_agenda(found(meeting))
    assert [point.item.item.code for point in agenda.strengths] == ["q3", "q2"]
    assert [point.item.item.code for point in agenda.differences] == ["q1", "q5", "q6"]
    assert {point.reason for point in agenda.differences} == {OPPOSED}


def test_agenda_completes_with_the_most_discussed(meeting):
    fill(meeting, spread(5, 1, 1, 5), spread(2, 4, 4, 2), spread(3, 3, 3, 3))
    agenda = propose_agenda(found(meeting))
    assert [point.item.item.code for point in agenda.differences] == ["q1", "q3"]
    assert agenda.strengths == ()


def test_an_agreed_challenge_is_no_strength(meeting):
    fill(meeting, spread(12, 0, 0, 0))
    assert propose_agenda(found(meeting)).points == ()


def test_more_than_a_third_not_knowing_is_on_the_agenda(meeting):
    fill(
        meeting,
        spread(0, 0, 8, 0, does_not_know=4),
        spread(0, 0, 7, 0, does_not_know=5),
    )
    agenda = propose_agenda(found(meeting))
    assert [point.item.item.code for point in agenda.unknowns] == ["q2"]
    assert [point.item.item.code for point in agenda.strengths] == ["q1"]
    assert agenda.unknowns[0].reason == "plus du tiers ne sait pas"


def test_a_meeting_without_answers_has_no_agenda(meeting):
    assert propose_agenda(found(meeting)).points == ()
    assert len(discussion_order(found(meeting))) == 7


def script(meeting):
    return script_for(found(meeting).items[0])


def test_before_the_reveal_the_group_may_answer_together(meeting):
    assert script(meeting).moment is Moment.NOT_SEEN


def test_after_a_first_opposed_vote_two_readings_are_asked_for(meeting):
    fill(meeting, spread(6, 0, 0, 6))
    said = script(meeting)
    assert said.moment is Moment.FIRST_VOTE
    assert said.say == (*OPENINGS[OPPOSED], SHAPES[Shape.ENDS])
    assert "deuxième vote" in said.do


def test_not_knowing_is_said_as_a_finding(meeting):
    fill(meeting, spread(0, 0, 6, 0, does_not_know=6))
    assert script(meeting).say[-1] == UNSURE


def test_hidden_answers_are_never_asked_back(meeting):
    fill(meeting, [1, 4])
    said = script(meeting)
    assert said.moment is Moment.HIDDEN
    assert "sans chercher qui a répondu quoi" in said.say[1]


@pytest.mark.parametrize(
    ("second", "words"),
    [(spread(0, 0, 6, 6), "a déplacé"), (spread(6, 0, 0, 6), "ressemble au premier")],
)
def test_after_a_second_vote_the_move_is_named(meeting, second, words):
    item = items_of(meeting.appraisal)[0]
    answer(meeting, item, spread(6, 0, 0, 6))
    answer(meeting, item, second, number=2)
    finish(meeting)
    said = script(meeting)
    assert said.moment is Moment.VOTED_AGAIN
    assert words in said.say[0]


@pytest.mark.parametrize(
    ("level", "words"), [(3, "On a convenu"), (None, "les lectures de chacun")]
)
def test_once_settled_the_group_reads_itself_again(meeting, level, words):
    item = items_of(meeting.appraisal)[0]
    AgreedRatingFactory(meeting=meeting, item=item, level=level, dissent="Dans les rangs, non.")
    said = script(meeting)
    assert said.moment is Moment.SETTLED
    assert words in said.say[0]
    assert "autrement" in said.say[1]


def test_no_sentence_asks_who_answered_what():
    sentences = [*SHAPES.values(), UNSURE, *(s for group in OPENINGS.values() for s in group)]
    assert [s for s in sentences if "qui a voté" in s.lower() or "qui a répondu" in s.lower()] == []
