"""A meeting opens on its day; opened by mistake and unanswered, it goes back to « prévue »."""

import datetime as dt

import pytest
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.back_to_planned import may_be_put_back, put_back_to_planned
from appreciation.domain.joining import take_seat
from appreciation.domain.meetings import close_meeting, finish_entry, open_meeting, set_head_count
from appreciation.domain.planned_day import day_question
from appreciation.domain.rehearsals import open_rehearsal, start_rehearsal
from appreciation.enums import MembershipRole
from appreciation.models import Comment, Meeting, Round, Seat
from core.errors import DomainError
from tests.factories import MeetingFactory, MembershipFactory
from tests.factories.votes import answer_round, raise_hands

pytestmark = pytest.mark.django_db


def evening(year, month, day, hour=19):
    return dt.datetime(year, month, day, hour, tzinfo=timezone.get_default_timezone())


PLANNED = evening(2026, 12, 23)


@pytest.fixture
def actor(lead):
    return Actor(user=lead)


@pytest.fixture
def meeting(lead):
    meeting = MeetingFactory(pace="guided", starts_at=PLANNED)
    MembershipFactory(appraisal=meeting.appraisal, user=lead)
    return meeting


@pytest.fixture
def opened(meeting, actor):
    return open_meeting(meeting=meeting, actor=actor, is_day_confirmed=True)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (evening(2026, 11, 27), "est prévue le 23 décembre 2026, dans 26 jours."),
        (evening(2026, 12, 22, 23), "est prévue le 23 décembre 2026, demain."),
        (evening(2026, 12, 23, 0), ""),
        (evening(2026, 12, 23, 23), ""),
        (evening(2026, 12, 24, 0), "était prévue le 23 décembre 2026, hier."),
        (evening(2027, 1, 2), "était prévue le 23 décembre 2026, il y a 10 jours."),
    ],
)
def test_the_day_is_the_one_of_here_not_of_greenwich(meeting, now, said):
    asked = day_question(meeting, now).replace("\xa0", " ")
    assert asked == (f"Cette rencontre {said}" if said else "")


def test_another_day_is_refused_until_it_is_confirmed(meeting, actor, time_machine):
    time_machine.move_to(evening(2026, 11, 27))
    with pytest.raises(DomainError, match=r"dans 26 jours.*répétition générale"):
        open_meeting(meeting=meeting, actor=actor)
    meeting.refresh_from_db()
    assert (meeting.state, Round.objects.count()) == ("planned", 0)
    assert open_meeting(meeting=meeting, actor=actor, is_day_confirmed=True).state == "open"


def test_on_its_day_nothing_is_asked(meeting, actor, time_machine):
    time_machine.move_to(evening(2026, 12, 23, 18))
    assert open_meeting(meeting=meeting, actor=actor).state == "open"


def test_a_meeting_without_a_date_asks_nothing(meeting, actor):
    Meeting.objects.update(starts_at=None)
    assert open_meeting(meeting=meeting, actor=actor).state == "open"


def test_a_rehearsal_never_asks_and_is_never_put_back(meeting, lead):
    began = evening(2026, 11, 20)
    rehearsal = start_rehearsal(user=lead, source=meeting.appraisal, now=began)
    assert day_question(rehearsal, evening(2026, 11, 27)) == ""
    opened = open_rehearsal(meeting=rehearsal, user=lead, real_people=False, now=began)
    assert not may_be_put_back(opened)
    with pytest.raises(DomainError, match="effacez-la"):
        put_back_to_planned(meeting=opened, actor=Actor(user=lead))


@pytest.mark.parametrize("is_closed", [False, True])
def test_put_back_as_if_it_had_not_opened(opened, actor, is_closed):
    take_seat(meeting=opened)
    set_head_count(meeting=opened, actor=actor, head_count=12)
    if is_closed:
        close_meeting(meeting=opened, actor=actor)
    opened.refresh_from_db()
    assert may_be_put_back(opened)
    back = put_back_to_planned(meeting=opened, actor=actor)
    back.refresh_from_db()
    assert (back.state, back.join_code, back.starts_at) == ("planned", opened.join_code, PLANNED)
    assert (back.opened_at, back.closed_at, back.head_count) == (None, None, None)
    assert not Round.objects.exists()
    assert not Seat.objects.exists()
    assert back.log.first().action == "Rencontre remise à «\xa0prévue\xa0»"
    again = open_meeting(meeting=back, actor=actor, is_day_confirmed=True)
    assert [round_.state for round_ in again.rounds.all()] == ["open", "waiting", "waiting"]


def test_put_back_twice_is_harmless(opened, actor):
    back = put_back_to_planned(meeting=opened, actor=actor)
    again = put_back_to_planned(meeting=opened, actor=actor)
    assert again.revision == back.revision


def by_phone(meeting):
    answer_round(meeting.rounds.first(), [2])


def by_hands(meeting):
    raise_hands(meeting.rounds.first(), {2: 5})


def by_a_word(meeting):
    item = meeting.rounds.first().instrument_dimension.items.first()
    Comment.objects.create(meeting=meeting, item=item, text="Un mot")


@pytest.mark.parametrize("speak", [by_phone, by_hands, by_a_word])
def test_once_the_room_has_spoken_it_stays(opened, actor, speak):
    speak(opened)
    assert not may_be_put_back(opened)
    with pytest.raises(DomainError, match="Des réponses sont déjà gardées"):
        put_back_to_planned(meeting=opened, actor=actor)
    opened.refresh_from_db()
    assert (opened.state, opened.rounds.count()) == ("open", 3)


def test_the_lead_alone_puts_it_back(opened):
    other = MembershipFactory(appraisal=opened.appraisal, role=MembershipRole.CO_FACILITATOR).user
    with pytest.raises(DomainError, match="personne responsable"):
        put_back_to_planned(meeting=opened, actor=Actor(user=other))


def test_not_once_entry_is_done_nor_the_step_finished(opened, actor):
    opened.appraisal.meeting_done_at = timezone.now()
    opened.appraisal.save(update_fields=["meeting_done_at"])
    with pytest.raises(DomainError, match="rouvrez-la d’abord"):
        put_back_to_planned(meeting=opened, actor=actor)
    close_meeting(meeting=opened, actor=actor)
    finish_entry(meeting=opened, actor=actor)
    with pytest.raises(DomainError, match="saisie est terminée"):
        put_back_to_planned(meeting=opened, actor=actor)


@pytest.mark.parametrize(
    ("opened_on", "kept"),
    [
        (evening(2026, 11, 27, 15), evening(2026, 11, 27, 15)),
        (evening(2026, 12, 23, 18), PLANNED),
        (evening(2027, 1, 2), PLANNED),
    ],
)
def test_held_before_its_day_it_keeps_the_day_it_was(meeting, actor, time_machine, opened_on, kept):
    time_machine.move_to(opened_on, tick=False)
    meeting = open_meeting(meeting=meeting, actor=actor, is_day_confirmed=True)
    assert meeting.starts_at == PLANNED
    raise_hands(meeting.rounds.first(), {2: 5})
    time_machine.move_to(opened_on + dt.timedelta(hours=2), tick=False)
    close_meeting(meeting=meeting, actor=actor)
    assert Meeting.objects.get(pk=meeting.pk).starts_at == PLANNED
    finish_entry(meeting=meeting, actor=actor)
    assert Meeting.objects.get(pk=meeting.pk).starts_at == kept
