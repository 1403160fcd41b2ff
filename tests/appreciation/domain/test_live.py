import re

import pytest

from appreciation.domain import meetings
from appreciation.domain.actors import SYSTEM
from appreciation.domain.live import Received, live_meeting, pulse_of, with_pulse
from appreciation.enums import Medium
from appreciation.models import Meeting, Rating
from core.qr_code import qr_code
from tests.factories import MeetingFactory
from tests.factories.votes import answer_round, raise_hands


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


def test_pulse_moves_with_a_correction_and_rests_otherwise():
    meeting = MeetingFactory(open=True)
    answer_round(meeting.rounds.first(), [1])

    def pulse():
        return pulse_of(with_pulse(Meeting.objects.all()).get(pk=meeting.pk))

    before = pulse()
    assert pulse() == before
    Rating.objects.update(answer=4)
    corrected = pulse()
    assert corrected != before
    raise_hands(meeting.rounds.first(), {2: 1})
    assert pulse() != corrected
    raised = pulse()
    meetings.set_head_count(meeting=meeting, actor=SYSTEM, head_count=5)
    assert pulse() != raised


def test_pulse_cannot_be_read_without_the_key_of_the_server(settings):
    """It is written in the page: in clear, two of them would tell what somebody just answered."""
    meeting = MeetingFactory(open=True)
    answer_round(meeting.rounds.first(), [4, 4])
    meeting = with_pulse(Meeting.objects.all()).get(pk=meeting.pk)
    pulse = pulse_of(meeting)
    assert re.fullmatch(r"[0-9a-f]{24}", pulse)
    settings.SECRET_KEY = "une autre clé"
    assert pulse_of(meeting) != pulse


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
