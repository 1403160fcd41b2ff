"""« Reportée »: dates follow, mails are forgotten, the code stays, those concerned are told."""

import datetime as dt

import pytest
from django.utils import timezone

from appreciation.domain import postponing
from appreciation.domain.actors import Actor
from appreciation.domain.meetings import set_details
from appreciation.domain.phases import change_state
from appreciation.domain.postponing import Why, dated_prefix, register_on_postponed
from appreciation.domain.queries.progress import progress_of
from appreciation.domain.queries.tasks import calendar_of
from appreciation.domain.tasks import TaskWish, save_task
from appreciation.models import Appraisal, Meeting, TransitionLog
from background.models import OutgoingMail
from background.outbox import queue_mail
from core.errors import DomainError
from tests.factories import MeetingFactory

TODAY = dt.date(2026, 10, 1)


@pytest.fixture(autouse=True)
def first_of_october(time_machine):
    time_machine.move_to(dt.datetime(2026, 10, 1, 16, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def meeting(appraisal):
    """Of a démarche that was opened in time: its dates are all counted from the meeting."""
    appraisal.created_at = timezone.now() - dt.timedelta(days=90)
    appraisal.save()
    return MeetingFactory(appraisal=appraisal, starts_at=evening(2026, 10, 22), venue="Salle 1")


@pytest.fixture
def moves(monkeypatch):
    told = []
    monkeypatch.setattr(postponing, "on_postponed", [told.append])
    return told


def evening(*day, hour=19):
    return timezone.make_aware(dt.datetime.combine(dt.date(*day), dt.time(hour)))


def postpone(appraisal, lead, new_date=None):
    return change_state(
        appraisal=appraisal, name="postpone", user=lead, comment="La neige.", new_date=new_date
    )


def due_dates(appraisal):
    appraisal = Appraisal.objects.get(pk=appraisal.pk)
    phases = calendar_of(appraisal, progress_of(appraisal), TODAY)
    return {one.task.code: one.due_on for phase in phases for one in phase.tasks}


def test_the_meeting_and_the_dates_counted_from_it_move_together(appraisal, lead, meeting):
    assert due_dates(appraisal)["salle"] == dt.date(2026, 9, 10)
    postpone(appraisal, lead, dt.date(2026, 11, 19))
    meeting.refresh_from_db()
    assert meeting.starts_at == evening(2026, 11, 19)
    dates = due_dates(appraisal)
    assert dates["salle"] == dt.date(2026, 10, 8)
    assert dates["suivi-24"] == dt.date(2028, 11, 18)


def test_a_date_typed_by_hand_is_kept(appraisal, lead, meeting):
    wish = TaskWish(None, "", dt.date(2026, 9, 30), is_done=False, is_dropped=False)
    save_task(appraisal=appraisal, user=lead, code="salle", version=0, wish=wish)
    postpone(appraisal, lead, dt.date(2026, 11, 19))
    assert due_dates(appraisal)["salle"] == dt.date(2026, 9, 30)


@pytest.mark.parametrize(
    ("new_date", "utc"),
    [
        (dt.date(2026, 10, 31), dt.datetime(2026, 10, 31, 23, tzinfo=dt.UTC)),
        (dt.date(2026, 11, 1), dt.datetime(2026, 11, 2, 0, tzinfo=dt.UTC)),
        (dt.date(2027, 3, 14), dt.datetime(2027, 3, 14, 23, tzinfo=dt.UTC)),
    ],
)
def test_seven_in_the_evening_stays_seven_when_the_clocks_change(
    appraisal, lead, meeting, new_date, utc
):
    postpone(appraisal, lead, new_date)
    meeting.refresh_from_db()
    assert meeting.starts_at == utc


def test_postponed_twice_then_resumed_the_code_and_the_hour_stay(appraisal, lead, meeting):
    code = meeting.join_code
    postpone(appraisal, lead, dt.date(2026, 11, 19))
    postpone(appraisal, lead)
    meeting.refresh_from_db()
    assert (meeting.starts_at, set(due_dates(appraisal).values())) == (None, {None})
    change_state(appraisal=appraisal, name="resume", user=lead, new_date=dt.date(2027, 1, 14))
    found = Meeting.objects.get()
    assert (found.pk, found.join_code, found.venue) == (meeting.pk, code, "Salle 1")
    assert (found.starts_at, found.postponed_from) == (evening(2027, 1, 14), None)
    appraisal.refresh_from_db()
    assert (appraisal.state, appraisal.expected_on) == ("active", dt.date(2027, 1, 14))
    assert [row.comment for row in TransitionLog.objects.filter(name="date_moved")] == [
        "Avant: date inconnue. Maintenant: 14\u00a0janvier\u00a02027.",
        "Avant: 19\u00a0novembre\u00a02026. Maintenant: date inconnue.",
        "Avant: 22\u00a0octobre\u00a02026. Maintenant: 19\u00a0novembre\u00a02026.",
    ]


def test_the_same_postponement_sent_twice_is_one(appraisal, lead, meeting, moves):
    for _ in range(2):
        postpone(appraisal, lead, dt.date(2026, 11, 19))
    assert TransitionLog.objects.filter(name="postpone").count() == 1
    assert len(moves) == 1


def test_a_day_gone_by_is_refused_and_nothing_moves(appraisal, lead, meeting, moves):
    with pytest.raises(DomainError, match="Cette date est passée") as refusal:
        postpone(appraisal, lead, dt.date(2026, 9, 30))
    assert list(refusal.value.fields) == ["new_date"]
    appraisal.refresh_from_db()
    meeting.refresh_from_db()
    assert (appraisal.state, meeting.starts_at) == ("active", evening(2026, 10, 22))
    assert moves == []


def test_today_may_still_be_the_new_date(appraisal, lead, meeting):
    assert postpone(appraisal, lead, TODAY).expected_on == TODAY


def test_mails_that_give_the_former_date_are_forgotten_and_the_others_leave(
    appraisal, lead, meeting, moves
):
    keys = [f"{dated_prefix(appraisal)}rappel/1", f"{appraisal.reference}/rapport/1", "D-9/date/1"]
    for key in keys:
        queue_mail(kind="rappel", to="a@exemple.org", subject="s", body="b", key=key)
    postpone(appraisal, lead, dt.date(2026, 11, 19))
    assert set(OutgoingMail.objects.values_list("key", flat=True)) == set(keys[1:])


def test_those_who_registered_write_again_with_the_new_date(appraisal, lead, meeting, monkeypatch):
    def remind(move):
        queue_mail(
            kind="rappel",
            to="a@exemple.org",
            subject="s",
            body=f"{move.after_day}",
            key=f"{dated_prefix(move.appraisal)}rappel/{move.after_day}/1",
        )

    monkeypatch.setattr(postponing, "on_postponed", [])
    for _ in range(2):
        register_on_postponed(remind)
    postpone(appraisal, lead, dt.date(2026, 11, 19))
    postpone(appraisal, lead, dt.date(2026, 12, 3))
    assert [mail.body for mail in OutgoingMail.objects.all()] == ["2026-12-03"]


def test_whoever_registered_is_told_what_happened(appraisal, lead, meeting, moves):
    postpone(appraisal, lead, dt.date(2026, 11, 19))
    change_state(appraisal=appraisal, name="put_to_sleep", user=lead, comment="Pause.")
    change_state(appraisal=appraisal, name="resume", user=lead)
    change_state(appraisal=appraisal, name="cancel", user=lead, comment="Non.")
    assert [(move.why, move.before_day, move.after_day) for move in moves] == [
        (Why.POSTPONED, dt.date(2026, 10, 22), dt.date(2026, 11, 19)),
        (Why.ASLEEP, dt.date(2026, 11, 19), dt.date(2026, 11, 19)),
        (Why.RESUMED, dt.date(2026, 11, 19), dt.date(2026, 11, 19)),
        (Why.CANCELLED, dt.date(2026, 11, 19), None),
    ]
    assert moves[0].after == evening(2026, 11, 19)


def test_cancelling_forgets_every_mail_of_the_appraisal(appraisal, lead, meeting):
    for key in (f"{appraisal.reference}/rapport/1", f"{appraisal.reference}9/rapport/1"):
        queue_mail(kind="rapport", to="a@exemple.org", subject="s", body="b", key=key)
    change_state(appraisal=appraisal, name="cancel", user=lead, comment="Non.")
    assert [mail.key for mail in OutgoingMail.objects.all()] == [
        f"{appraisal.reference}9/rapport/1"
    ]


def test_a_hook_that_fails_leaves_everything_as_it_was(appraisal, lead, meeting, monkeypatch):
    def fail(move):
        raise DomainError("Impossible.")

    monkeypatch.setattr(postponing, "on_postponed", [fail])
    with pytest.raises(DomainError, match="Impossible"):
        postpone(appraisal, lead, dt.date(2026, 11, 19))
    appraisal.refresh_from_db()
    meeting.refresh_from_db()
    assert (appraisal.state, meeting.starts_at) == ("active", evening(2026, 10, 22))


def test_after_the_evening_postponing_moves_no_date(appraisal, lead):
    held = MeetingFactory(appraisal=appraisal, open=True, starts_at=evening(2026, 9, 24))
    assert postpone(appraisal, lead, dt.date(2026, 11, 19)).expected_on == dt.date(2026, 10, 22)
    held.refresh_from_db()
    assert held.starts_at == evening(2026, 9, 24)


def test_another_hour_chosen_at_the_meeting_is_told_once(appraisal, lead, meeting, moves):
    values = {"starts_at": evening(2026, 10, 23), "venue": "Salle 2", "pace": "free"}
    for _ in range(2):
        set_details(meeting=meeting, actor=Actor(user=lead), **values)
    assert [(move.why, move.before, move.after) for move in moves] == [
        (Why.MOVED, evening(2026, 10, 22), evening(2026, 10, 23))
    ]
