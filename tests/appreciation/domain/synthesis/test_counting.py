"""What a synthesis reads, against each meeting's own results and against the answers themselves."""

import pytest

from appreciation.domain.results import Audience, meeting_results
from appreciation.domain.synthesis.counting import Source, distributions
from appreciation.models import Appraisal, HandCount, Meeting, RatingCount, Round
from core.disclosure import AnswerCounts, disclose_dimension
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    ItemFactory,
    MeetingFactory,
    ScaleFactory,
)
from tests.factories.answers import answer, finish, items_of, seats_of, spread
from tests.factories.votes import raise_hands


@pytest.fixture
def appraisal():
    return AppraisalFactory(at_meeting=True)


def evening(appraisal, **options):
    return MeetingFactory(appraisal=appraisal, open=True, **options)


def read(*meetings, **options):
    return list(distributions([meeting.pk for meeting in meetings], **options))


def by_code(found):
    return {each.code: each for each in found}


def test_each_dimension_is_read_at_its_last_answered_vote(appraisal):
    meeting, (first, second, third) = evening(appraisal), items_of(appraisal)
    answer(meeting, first, spread(1, 2, 0, 3, does_not_know=2))
    answer(meeting, first, spread(0, 0, 5), number=2)
    answer(meeting, second, [*spread(4, 1), -2])
    emptied = answer(meeting, second, [3], number=2)
    RatingCount.objects.filter(round=emptied).update(count=0)
    emptied.ratings.all().delete()
    finish(meeting)
    found = read(meeting)
    assert [(each.meeting_id, each.round_number) for each in found] == [
        (meeting.pk, 2),
        (meeting.pk, 1),
    ]
    assert [dict(each.items) for each in found] == [
        {first.code: AnswerCounts((0, 0, 5, 0))},
        {second.code: AnswerCounts((4, 1, 0, 0))},
    ]
    codes = [each.instrument_dimension.dimension.code for each in (first, second, third)]
    assert [each.code for each in found] == codes[:2]
    assert read(meeting, source=Source.ANSWERS) == found


def test_hands_and_media_are_together_and_an_item_left_blank_stands_empty(appraisal):
    meeting, (first, *_) = evening(appraisal), items_of(appraisal)
    blank = ItemFactory(instrument_dimension=first.instrument_dimension, code="muet", position=9)
    answer(meeting, first, spread(1, 2), seats=seats_of(meeting, 3, medium="paper"))
    round_ = answer(meeting, first, spread(0, 1), seats=seats_of(meeting, 1))
    HandCount.objects.create(meeting=meeting, round=round_, item=first, answer=4, count=12)
    HandCount.objects.create(meeting=meeting, round=round_, item=first, answer=-1, count=2)
    finish(meeting)
    (found,) = read(meeting)
    assert found.items[first.code] == AnswerCounts((1, 3, 0, 12), does_not_know=2)
    assert found.items[blank.code] == AnswerCounts((0, 0, 0, 0))
    assert list(found.items) == [first.code, blank.code]
    assert read(meeting, source=Source.ANSWERS) == [found]


def test_a_dimension_that_only_hands_answered(appraisal):
    meeting = evening(appraisal)
    raise_hands(meeting.rounds.first(), {2: 7})
    finish(meeting)
    (found,) = read(meeting)
    assert list(found.items.values()) == [AnswerCounts((0, 7, 0, 0))]


def test_an_entry_that_is_not_finished_and_a_rehearsal_say_nothing(appraisal):
    going, over = evening(appraisal), evening(AppraisalFactory(at_meeting=True))
    for meeting in (going, over):
        answer(meeting, items_of(meeting.appraisal)[0], spread(0, 5))
    finish(over)
    assert {each.meeting_id for each in distributions()} == {over.pk}
    assert {each.meeting_id for each in distributions(Meeting.objects.all())} == {over.pk}
    assert read(going) == []
    Appraisal.objects.filter(pk=over.appraisal_id).update(is_rehearsal=True)
    assert read(over) == []


def test_a_meeting_without_any_answer_is_absent_not_low(appraisal):
    meeting = evening(appraisal)
    finish(meeting)
    assert read(meeting) == []


def test_scales_keep_their_own_length():
    seven = ScaleFactory(levels=[f"Niveau {n}" for n in range(1, 8)])
    instrument = InstrumentFactory(
        scale=ScaleFactory(levels=["Non", "Un peu", "Oui"]), with_items=3
    )
    appraisal = AppraisalFactory(at_meeting=True, instrument=instrument)
    meeting, (first, second, _) = evening(appraisal), items_of(appraisal)
    second.scale = seven
    second.save()
    answer(meeting, first, spread(1, 1, 3))
    answer(meeting, second, spread(0, 0, 0, 0, 0, 2, 3))
    finish(meeting)
    found = read(meeting)
    assert [list(each.items.values()) for each in found] == [
        [AnswerCounts((1, 1, 3))],
        [AnswerCounts((0, 0, 0, 0, 0, 2, 3))],
    ]


def test_it_equals_what_each_meeting_shows_outside(appraisal):
    meetings = []
    for shift in range(3):
        meeting = evening(appraisal if shift else AppraisalFactory(at_meeting=True))
        for rank, item in enumerate(items_of(meeting.appraisal)):
            answer(meeting, item, spread(1, rank, shift, 4, does_not_know=rank))
            answer(meeting, item, spread(shift, 1, 1, rank), number=2)
        meetings.append(finish(meeting))
    for meeting in meetings:
        shown = meeting_results(meeting, audience=Audience.OUTSIDE)
        found = by_code(read(meeting))
        for dimension in shown.dimensions:
            ours = disclose_dimension(found[dimension.dimension.code].items)
            for item in dimension.items:
                theirs = item.final.distribution
                assert (dict(ours.items)[item.item.code] if hasattr(ours, "items") else ours) == (
                    theirs
                )


@pytest.mark.parametrize("source", Source)
def test_three_queries_for_one_meeting_and_for_many(appraisal, source, django_assert_num_queries):
    meetings = [evening(appraisal) for _ in range(4)]
    for meeting in meetings:
        answer(meeting, items_of(appraisal)[0], spread(0, 5))
        finish(meeting)
    assert Round.objects.count() > 4
    with django_assert_num_queries(3):
        assert len(read(meetings[0], source=source)) == 1
    with django_assert_num_queries(3):
        assert [each.meeting_id for each in distributions(source=source)] == sorted(
            meeting.pk for meeting in meetings
        )
