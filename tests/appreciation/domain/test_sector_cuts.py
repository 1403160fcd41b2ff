import pytest
from hypothesis import given
from hypothesis import strategies as st

from appreciation.domain.results import Audience, meeting_results
from appreciation.domain.sector_cuts import _cut, sector_cuts
from appreciation.models import HandCount
from core.disclosure import DisclosedCut, Suppressed
from tests.factories import MeetingFactory, SeatFactory, SectorFactory
from tests.factories.answers import answer, finish, items_of


def cut_meeting(appraisal, *sizes, asks=True, hands=0):
    """A sector of each size, everybody at level 2."""
    meeting = MeetingFactory(appraisal=appraisal, asks_sector=asks)
    seats = [
        SeatFactory(meeting=meeting, sector=sector)
        for sector, size in ((SectorFactory(), size) for size in sizes)
        for _ in range(size)
    ]
    item = items_of(appraisal)[0]
    round_ = answer(meeting, item, [2] * len(seats), seats=seats)
    if hands:
        HandCount.objects.create(meeting=meeting, round=round_, item=item, answer=1, count=hands)
    finish(meeting)
    found = meeting_results(meeting, audience=Audience.TEAM)
    return [each.cut for each in sector_cuts(found, outside_k=5)]


def shown_sizes(cut):
    return [distribution.respondents for _, distribution in cut.groups]


def test_sectors_large_enough_are_shown(appraisal):
    (cut,) = cut_meeting(appraisal, 6, 7)
    assert shown_sizes(cut) == [6, 7]
    assert cut.remainder is None


def test_a_small_sector_joins_the_others_with_company(appraisal):
    (cut,) = cut_meeting(appraisal, 6, 9, 2)
    assert shown_sizes(cut) == [9]
    assert cut.remainder.respondents == 8


def test_nothing_is_cut_when_sectors_were_not_asked(appraisal):
    assert cut_meeting(appraisal, 6, 7, asks=False) == []


def test_the_cut_needs_five_people_even_for_the_team(appraisal):
    (cut,) = cut_meeting(appraisal, 4, 4)
    assert isinstance(cut, Suppressed)


@pytest.mark.parametrize(("hands", "is_hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_few_hands_would_be_told_by_subtraction(appraisal, hands, is_hidden):
    (cut,) = cut_meeting(appraisal, 6, 7, hands=hands)
    assert isinstance(cut, Suppressed) is is_hidden


people = st.dictionaries(st.sampled_from([1, 2, 3, 4, -1, -2]), st.integers(0, 12))


@given(
    st.dictionaries(st.sampled_from(["", "A", "B", "C"]), people, max_size=4),
    st.integers(0, 20),
    st.sampled_from([3, 5, 8]),
)
def test_no_subtraction_leaves_fewer_than_k(answers, hands, k):
    """Whatever is shown, whole room included, every difference is nobody or a crowd."""
    cut = _cut(answers, hands=hands, levels=4, k=k)
    seated = sum(
        count for by_answer in answers.values() for value, count in by_answer.items() if value != -2
    )
    if isinstance(cut, Suppressed):
        return
    assert isinstance(cut, DisclosedCut)
    sizes = shown_sizes(cut)
    assert min(sizes) >= k
    rest = seated - sum(sizes)
    assert rest == 0 or rest >= k
    assert (cut.remainder.respondents if cut.remainder else 0) == rest
    whole_room = seated + hands
    assert whole_room - seated == 0 or whole_room - seated >= k
