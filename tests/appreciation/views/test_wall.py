"""One truth for the wall: the projection, the console's thumbnail and the remote say the same."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from appreciation.domain import meetings
from appreciation.domain.actors import SYSTEM
from appreciation.domain.room_words import ask_room
from appreciation.enums import DotsState
from appreciation.models import Meeting
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory
from tests.factories.votes import answer_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(client):
    appraisal = AppraisalFactory(at_meeting=True)
    client.force_login(MembershipFactory(appraisal=appraisal).user)
    planned = MeetingFactory(appraisal=appraisal, pace="guided")
    return meetings.open_meeting(meeting=planned, actor=SYSTEM)


def told(client, meeting):
    """What each of the three screens says of the wall."""
    pages = [
        BeautifulSoup(
            client.get(reverse(f"space:{name}", args=[meeting.reference])).text, "html.parser"
        )
        for name in ("hall", "console", "remote")
    ]
    places = [pages[0].main.h1, pages[1].select_one(".preview b"), pages[2].select_one("#au-mur")]
    return [place.get_text(" ", strip=True) for place in places]


def press_next(client, meeting):
    address = reverse("space:remote", args=[meeting.reference])
    page = BeautifulSoup(client.get(address).text, "html.parser")
    seen = page.select_one("[name=seen]")["value"]
    client.post(address, {"gesture": "suivante", "seen": seen})


def close_first(meeting):
    meetings.close_round(meeting=meeting, actor=SYSTEM, round_id=meeting.rounds.first().pk)


def test_the_word_of_the_room_is_said_everywhere_and_gives_way_to_the_next(client, meeting):
    assert told(client, meeting) == ["Énoncé 1"] * 3
    ask_room(meeting=meeting, actor=SYSTEM, text="Un mot sur le quai?")
    close_first(meeting)
    assert told(client, meeting) == ["Un mot sur le quai?"] * 3
    remote = client.get(reverse("space:remote", args=[meeting.reference])).text
    assert "Au mur\xa0: Le mot de la salle" in remote
    assert "1 de 3" not in remote
    press_next(client, meeting)
    assert told(client, meeting) == ["Énoncé 2"] * 3
    assert Meeting.objects.get().asked_question is not None  # phones may still send their word


def test_a_vote_takes_the_exit_questions_away_and_results_do_not(client, meeting):
    answer_round(meeting.rounds.first(), [1, 2, 3])
    meetings.set_exit_questions(meeting=meeting, actor=SYSTEM, are_open=True)
    exit_told = ["Trois questions", "Questions de sortie", "Questions de sortie"]
    assert told(client, meeting) == exit_told
    round_id = meeting.rounds.first().pk
    meetings.close_and_reveal_round(meeting=meeting, actor=SYSTEM, round_id=round_id)
    assert told(client, meeting) == exit_told
    press_next(client, meeting)
    assert told(client, meeting) == ["Énoncé 2"] * 3
    assert Meeting.objects.get().exit_questions_open is False


def test_a_dimension_chosen_at_the_console_takes_the_place_of_the_word(client, meeting):
    ask_room(meeting=meeting, actor=SYSTEM, text="Un mot?")
    shown = meeting.rounds.last().instrument_dimension
    address = reverse("space:gesture", args=[meeting.reference, "afficher"])
    client.post(address, {"dimension_id": shown.pk})
    assert told(client, meeting) == ["Énoncé 3"] * 3


@pytest.mark.parametrize(
    ("state", "title"),
    [(DotsState.OPEN, "Par quoi commencer?"), (DotsState.IDLE, "Énoncé 1")],
)
def test_the_dots_have_the_wall_while_they_last(client, meeting, state, title):
    Meeting.objects.update(dots=state)
    assert told(client, meeting) == [title] * 3


def test_a_remote_shown_before_the_word_took_the_wall_is_refused(client, meeting):
    close_first(meeting)
    address = reverse("space:remote", args=[meeting.reference])
    seen = BeautifulSoup(client.get(address).text, "html.parser").select_one("[name=seen]")["value"]
    ask_room(meeting=meeting, actor=SYSTEM, text="Un mot?")
    refused = client.post(address, {"gesture": "suivante", "seen": seen}, follow=True)
    assert "avait déjà changé" in refused.text
    assert told(client, meeting) == ["Un mot?"] * 3
