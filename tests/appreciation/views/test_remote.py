"""The remote on a phone: what is on the wall, and never one dimension too many."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from appreciation.domain import meetings
from appreciation.domain.actors import SYSTEM
from appreciation.domain.live import live_meeting
from appreciation.domain.remote import buttons_of, moment_of
from appreciation.enums import RoundState
from appreciation.models import Meeting
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory
from tests.factories.votes import answer_round

pytestmark = pytest.mark.django_db
STALE = "L’écran de la salle avait déjà changé"


@pytest.fixture
def meeting(client):
    appraisal = AppraisalFactory(at_meeting=True)
    client.force_login(MembershipFactory(appraisal=appraisal).user)
    planned = MeetingFactory(appraisal=appraisal, pace="guided")
    return meetings.open_meeting(meeting=planned, actor=SYSTEM)


def url(meeting):
    return reverse("space:remote", args=[meeting.reference])


def seen(client, meeting):
    return re.search(r'name="seen" value="(\w+)"', client.get(url(meeting)).content.decode())[1]


def press(client, meeting, gesture, moment):
    response = client.post(url(meeting), {"gesture": gesture, "seen": moment}, follow=True)
    meeting.refresh_from_db()
    return response.content.decode().replace("\xa0", " ")


def states(meeting):
    return list(meeting.rounds.values_list("state", flat=True))


def words(meeting):
    return [button.words for button in buttons_of(live_meeting(meeting))]


def test_it_says_what_is_on_the_wall_and_the_numbers(client, meeting):
    answer_round(meeting.rounds.first(), [1, 2, 3])
    page = client.get(url(meeting)).content.decode().replace("\xa0", " ")
    assert "Au mur : 1 de 3, ouverte" in page
    assert "Énoncé 1" in page
    assert "<b>3</b> réponses reçues" in page


def test_the_buttons_follow_the_vote(client, meeting):
    assert words(meeting) == ["Fermer et révéler", "Fermer sans révéler", "Mettre en pause"]
    press(client, meeting, "pause", seen(client, meeting))
    assert words(meeting) == ["Reprendre", "Fermer et révéler", "Fermer sans révéler"]
    press(client, meeting, "reprendre", seen(client, meeting))
    press(client, meeting, "fermer-dimension", seen(client, meeting))
    assert words(meeting) == ["Révéler", "Dimension suivante"]
    press(client, meeting, "reveler", seen(client, meeting))
    assert words(meeting) == ["Dimension suivante", "Masquer"]
    press(client, meeting, "masquer", seen(client, meeting))
    press(client, meeting, "suivante", seen(client, meeting))
    assert states(meeting) == [RoundState.CLOSED, RoundState.OPEN, RoundState.WAITING]


def test_the_last_dimension_has_no_next(client, meeting):
    for _ in range(3):
        press(client, meeting, "fermer-reveler", seen(client, meeting))
        press(client, meeting, "suivante", seen(client, meeting))
    assert words(meeting) == ["Masquer"]


def test_a_double_tap_does_not_skip_a_dimension(client, meeting):
    press(client, meeting, "fermer-reveler", seen(client, meeting))
    moment = seen(client, meeting)
    press(client, meeting, "suivante", moment)
    page = press(client, meeting, "suivante", moment)
    assert STALE in page
    assert states(meeting) == [RoundState.REVEALED, RoundState.OPEN, RoundState.WAITING]


def test_a_phone_behind_the_laptop_changes_nothing(client, meeting):
    """The laptop closed without revealing: the phone's « Fermer et révéler » was for before."""
    moment = seen(client, meeting)
    meetings.close_round(meeting=meeting, actor=SYSTEM, round_id=meeting.rounds.first().pk)
    assert STALE in press(client, meeting, "fermer-reveler", moment)
    assert states(meeting)[0] == RoundState.CLOSED


def test_answers_that_come_in_do_not_make_it_stale(client, meeting):
    moment = seen(client, meeting)
    answer_round(meeting.rounds.first(), [1, 2, 3])
    meetings.set_head_count(meeting=meeting, actor=SYSTEM, head_count=12)
    press(client, meeting, "fermer-reveler", moment)
    assert states(meeting)[0] == RoundState.REVEALED


@pytest.mark.parametrize("gesture", ["reveler", "suivante", "fermer", "n’importe quoi", ""])
def test_a_gesture_that_the_moment_does_not_offer_is_refused(client, meeting, gesture):
    before = states(meeting)
    assert STALE in press(client, meeting, gesture, seen(client, meeting))
    assert states(meeting) == before


def test_the_timer_goes_up_and_down_by_a_minute(client, meeting, time_machine):
    now = timezone.now().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    client.post(url(meeting), {"minuteur": "plus", "expected_end": ""})
    client.post(url(meeting), {"minuteur": "plus", "expected_end": ""})  # a double tap
    meeting.refresh_from_db()
    assert meeting.timer_ends_at == now + dt.timedelta(minutes=1)
    shown = meeting.timer_ends_at.isoformat()
    client.post(url(meeting), {"minuteur": "moins", "expected_end": shown})
    meeting.refresh_from_db()
    assert meeting.timer_ends_at is None


def test_one_screen_is_a_switch(client, meeting):
    for value, mirrored in (("1", True), ("1", True), ("0", False)):
        client.post(url(meeting), {"ecran": value})
        meeting.refresh_from_db()
        assert meeting.mirrored_screen is mirrored


def test_free_pace_closes_then_reveals_all(client, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(current_dimension=None)
    meeting.refresh_from_db()
    assert words(meeting) == ["Fermer toutes les dimensions ouvertes"]
    press(client, meeting, "fermer-tout", seen(client, meeting))
    assert words(meeting) == ["Tout révéler", "Dimension suivante"]
    press(client, meeting, "reveler-tout", seen(client, meeting))
    assert states(meeting)[0] == RoundState.REVEALED


def test_closed_it_only_reveals_and_planned_it_sends_to_the_console(client, meeting):
    meetings.close_meeting(meeting=meeting, actor=SYSTEM)
    meeting.refresh_from_db()
    assert words(meeting) == ["Tout révéler"]
    planned = MeetingFactory(appraisal=meeting.appraisal)
    assert "La rencontre s’ouvre à la" in client.get(url(planned)).content.decode()


def test_the_state_is_fresh_or_304(client, meeting):
    address = reverse("space:remote_state", args=[meeting.reference])
    first = client.get(address)
    assert moment_of(live_meeting(meeting)) in first.json()["html"]
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    meetings.set_head_count(meeting=meeting, actor=SYSTEM, head_count=12)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200
