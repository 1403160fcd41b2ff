import re
from types import SimpleNamespace

import pytest

from appreciation.domain import meetings
from appreciation.domain.actors import SYSTEM
from appreciation.domain.findings import record_agreed_rating
from appreciation.domain.frozen_questionnaire import questionnaire_in_memory
from appreciation.domain.hands import record_hands
from appreciation.domain.live import Received, live_meeting, pulse_of, with_pulse
from appreciation.domain.paper import Sheet, enter_sheets
from appreciation.domain.ratings import SEQUENCE_MAX, record_rating
from appreciation.enums import Medium, SpecialAnswer
from appreciation.models import Meeting
from core.qr_code import qr_code
from tests.factories import MeetingFactory, SeatFactory
from tests.factories.votes import answer_round, raise_hands


def test_once_entry_is_finished_nothing_is_awaited():
    received = Received({"paper": 13}, 19, only_paper_left=True, is_finished=True)
    assert received.sentence == "6 personnes n’ont pas répondu."
    assert received.doors[-1] == ("wait", "sans réponse", 6)


@pytest.mark.parametrize(
    ("by_medium", "present", "only_paper_left", "sentence"),
    [
        (
            {"paper": 13},
            15,
            True,
            "Il manque 2 feuilles: 13 reçues, 15 présents.",
        ),
        (
            {"phone": 1},
            2,
            False,
            "Il manque 1 réponse: 1 reçue, 2 présents.",
        ),
        ({"phone": 30, "paper": 4}, 34, False, "Tout le monde a répondu."),
        (
            {"phone": 30, "paper": 4},
            31,
            False,
            "34 réponses pour 31 personnes: recomptez la salle, ou vérifiez si une feuille "
            "a été saisie deux fois. Rien n’est bloqué.",
        ),
        ({"phone": 4}, None, False, ""),
    ],
)
def test_received_against_the_hall(by_medium, present, only_paper_left, sentence):
    received = Received(by_medium, present, only_paper_left)
    assert received.sentence == sentence


def test_chairs_draw_each_medium_then_those_awaited():
    received = Received({"phone": 2, "paper": 1, "hands": 1}, 6)
    assert received.chairs == ["phone", "phone", "paper", "hands", "wait", "wait"]
    assert [words for _, words, _ in received.doors] == [
        "téléphones",
        "sur papier",
        "à main levée",
        "à venir",
    ]


def test_a_crowd_is_not_drawn():
    assert Received({"phone": 300}, 310).chairs == []


def test_live_meeting_counts_people_not_answers():
    meeting = MeetingFactory(open=True)
    first = meeting.rounds.first()
    answer_round(first, [1, 2], medium=Medium.PHONE)
    answer_round(first, [3], medium=Medium.PAPER)
    raise_hands(first, {1: 2, 4: 3})
    Meeting.objects.update(current_dimension=first.instrument_dimension)
    meeting.refresh_from_db()
    live = live_meeting(meeting)
    assert live.received.total == 8
    assert live.current.label == "ouverte"
    assert live.lines[1].received.total == 0

    Meeting.objects.update(current_dimension=None)
    meeting.refresh_from_db()
    assert live_meeting(meeting).received.total == 3


@pytest.fixture
def vote():
    """The first question of an open meeting, asked of two seats."""
    meeting = MeetingFactory(open=True)
    asked = meeting.rounds.get(instrument_dimension__position=1)
    item = asked.instrument_dimension.items.get()
    return SimpleNamespace(
        meeting=meeting,
        asked=asked,
        item=item,
        seats=[SeatFactory(meeting=meeting), SeatFactory(meeting=meeting)],
    )


def pulse(meeting):
    return pulse_of(with_pulse(Meeting.objects.all()).get(pk=meeting.pk))


def answer(vote, seat, value, sequence):
    where = {"item_id": vote.item.pk, "round_id": vote.asked.pk}
    record_rating(seat=seat, answer=value, sequence=sequence, **where)


def test_pulse_rests_while_nothing_moves_and_moves_with_each_answer(vote):
    seen = [pulse(vote.meeting), pulse(vote.meeting)]
    assert seen[0] == seen[1]
    for seat, value, sequence in ((0, 1, 1), (1, 3, 1), (0, 4, 2), (1, SpecialAnswer.DECLINED, 2)):
        answer(vote, vote.seats[seat], value, sequence)
        seen.append(pulse(vote.meeting))
    assert len(set(seen)) == 5


def test_pulse_moves_when_two_changes_make_up_for_each_other(vote):
    """One and three become two and two: as many answers, the same sum, another distribution."""
    first, second = vote.seats
    answer(vote, first, 1, 1)
    answer(vote, second, 3, 1)
    for value in (1, 2, 3):  # the counts are there: none is to be made
        answer(vote, SeatFactory(meeting=vote.meeting), value, 1)
    before = pulse(vote.meeting)
    answer(vote, first, 2, 2)
    answer(vote, second, 2, 2)
    assert pulse(vote.meeting) != before


def test_pulse_of_a_meeting_ignores_the_others(vote):
    before = pulse(vote.meeting)
    other = MeetingFactory(open=True)
    answer_round(other.rounds.first(), [1, 2])
    assert pulse(vote.meeting) == before
    assert pulse(other) != before


def _paper(vote, *, sheet, value):
    sheet = Sheet(number=sheet, answers={vote.item.pk: value}, seen=f"{vote.item.pk}:1|")
    return enter_sheets(meeting=vote.meeting, actor=SYSTEM, sheets=[sheet])


def _hands(vote, counts):
    return record_hands(meeting=vote.meeting, actor=SYSTEM, item_id=vote.item.pk, counts=counts)


def _agree(vote, level, version):
    questionnaire = questionnaire_in_memory(vote.meeting.instrument)
    item = questionnaire.items_by_id[vote.item.pk]
    record_agreed_rating(meeting=vote.meeting, item=item, level=level, version=version)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, lambda vote: _paper(vote, sheet=1, value=1)),
        # One sheet loses its answer, another gets the same one: the counts end as they were.
        (
            lambda vote: _paper(vote, sheet=1, value=1),
            lambda vote: (_paper(vote, sheet=1, value=None), _paper(vote, sheet=2, value=1)),
        ),
        (lambda vote: _hands(vote, {1: 1, 3: 1}), lambda vote: _hands(vote, {2: 2})),
        (lambda vote: _hands(vote, {1: 1}), lambda vote: _hands(vote, {})),
        (lambda vote: _agree(vote, 2, 0), lambda vote: _agree(vote, 3, 1)),
        (
            None,
            lambda vote: meetings.set_head_count(meeting=vote.meeting, actor=SYSTEM, head_count=5),
        ),
    ],
    ids=["sheet", "sheets that swap", "hands that swap", "hands down", "agreed", "head count"],
)
def test_pulse_moves_with_what_the_team_records(vote, before, after):
    if before:
        before(vote)
    seen = pulse(vote.meeting)
    after(vote)
    assert pulse(vote.meeting) != seen


def test_pulse_bears_the_largest_sequence_that_a_phone_may_send(vote):
    for seat in vote.seats:
        answer(vote, seat, 2, SEQUENCE_MAX)
    assert re.fullmatch(r"[0-9a-f]{24}", pulse(vote.meeting))


def test_pulse_cannot_be_read_without_the_key_of_the_server(settings):
    """It is written in the page: in clear, two of them would tell what somebody just answered."""
    meeting = MeetingFactory(open=True)
    answer_round(meeting.rounds.first(), [4, 4])
    before = pulse(meeting)
    assert re.fullmatch(r"[0-9a-f]{24}", before)
    settings.SECRET_KEY = "une autre clé"
    assert pulse(meeting) != before


def test_following_goes_on_then_comes_back_to_what_was_skipped():
    meeting = MeetingFactory(pace="guided")
    meeting = meetings.open_meeting(meeting=meeting, actor=SYSTEM)
    _, second, third = [line.dimension.id for line in live_meeting(meeting).lines]
    meetings.close_round(meeting=meeting, actor=SYSTEM, round_id=meeting.rounds.first().pk)
    meetings.show_dimension(meeting=meeting, actor=SYSTEM, dimension_id=second)
    meeting.refresh_from_db()
    assert live_meeting(meeting).following_id == third
    meetings.show_dimension(meeting=meeting, actor=SYSTEM, dimension_id=third)
    meeting.refresh_from_db()
    assert live_meeting(meeting).following_id == second


def test_qr_code_keeps_its_quiet_zone():
    drawn = qr_code("https://exemple.org/r/K7M2PX/")
    assert drawn.size == 29 + 8  # version 3
    assert drawn.path.startswith("M4 4h7v1h-7z")
