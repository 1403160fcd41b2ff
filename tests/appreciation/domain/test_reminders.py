"""Reminders leave a week before, once for each date, and move with it."""

import datetime as dt

import pytest
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.invitations import forget_reminder
from appreciation.domain.invitees import remove_invitee
from appreciation.domain.meetings import set_details
from appreciation.domain.phases import change_state
from appreciation.domain.reminders import (
    queue_confirmation,
    queue_due_reminders,
    reminder_time,
)
from appreciation.models import PublicReply
from background.models import OutgoingMail
from background.outbox import send_due_mails
from tests.factories import MeetingFactory
from tests.factories.invitees import InviteeFactory

EVENING = dt.datetime(2026, 12, 3, 23, 30, tzinfo=dt.UTC)
LONG_AGO = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
HOUR = dt.datetime(2026, 11, 26, 14, tzinfo=dt.UTC)
"""Nine in the morning in Trois-Rivières, a week before."""


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, starts_at=EVENING, venue="Salle du quai")


@pytest.fixture
def invitee(appraisal):
    return InviteeFactory(
        appraisal=appraisal, email="luce@exemple.org", answer="yes", answered_at=LONG_AGO
    )


def test_the_hour_is_nine_a_week_before_even_when_the_clocks_change(meeting):
    assert reminder_time(meeting) == HOUR
    november = dt.datetime(2026, 11, 5, 23, 30, tzinfo=dt.UTC)
    meeting.starts_at = november
    assert reminder_time(meeting) == dt.datetime(2026, 10, 29, 13, tzinfo=dt.UTC)


def test_a_reminder_leaves_once_at_its_hour(meeting, invitee, mailoutbox):
    assert queue_due_reminders(HOUR - dt.timedelta(minutes=1)) == 0
    assert queue_due_reminders(HOUR) == 1
    queue_due_reminders(HOUR + dt.timedelta(hours=1))
    mail = OutgoingMail.objects.get()
    assert mail.key == f"{invitee.appraisal.reference}/date/{invitee.pk}/reminder/2026-12-03"
    send_due_mails(timezone.now() + dt.timedelta(days=1))
    sent = mailoutbox[0]
    assert sent.to == ["luce@exemple.org"]
    assert "le 3 décembre 2026" in sent.subject
    assert "Salle du quai" in sent.body
    assert f"/invitation/{invitee.token}/" in sent.body
    assert "effacé le 3\N{NO-BREAK SPACE}juin\N{NO-BREAK SPACE}2027" in sent.body


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": "no"},
        {"answer": "invited", "answered_at": None},
        {"email": ""},
        {"answered_at": HOUR + dt.timedelta(minutes=1)},
    ],
)
def test_nobody_else_is_reminded(meeting, invitee, changes):
    for name, value in changes.items():
        setattr(invitee, name, value)
    invitee.save()
    assert queue_due_reminders(HOUR + dt.timedelta(hours=2)) == 0


@pytest.mark.parametrize("gesture", ["postpone", "put_to_sleep", "cancel"])
def test_a_stopped_demarche_reminds_nobody(appraisal, meeting, invitee, lead, gesture):
    queue_due_reminders(HOUR)
    change_state(appraisal=appraisal, name=gesture, user=lead, comment="Tempête.")
    assert not OutgoingMail.objects.filter(kind="meeting_reminder").exists()
    assert queue_due_reminders(HOUR) == 0


def test_a_date_that_moves_moves_its_reminder_twice(appraisal, meeting, invitee, lead):
    queue_due_reminders(HOUR)
    for days in (14, 21):
        set_details(
            meeting=meeting,
            actor=Actor(user=lead),
            starts_at=EVENING + dt.timedelta(days=days),
            venue="Salle du quai",
            pace=meeting.pace,
        )
        assert not OutgoingMail.objects.filter(kind="meeting_reminder").exists()
        assert queue_due_reminders(HOUR + dt.timedelta(hours=1)) == 0
    assert queue_due_reminders(HOUR + dt.timedelta(days=21)) == 1
    reminder = OutgoingMail.objects.get(kind="meeting_reminder")
    assert reminder.key.endswith("2026-12-24")


def test_a_reminder_too_late_does_not_leave(meeting, invitee):
    assert queue_due_reminders(EVENING - dt.timedelta(hours=23)) == 0


def test_whoever_left_an_address_on_the_open_page_is_reminded_unless_she_takes_it_back(meeting):
    reply = PublicReply.objects.create(
        meeting=meeting, people=1, email="anne@exemple.org", form_key="a"
    )
    PublicReply.objects.update(said_at=LONG_AGO)
    assert queue_due_reminders(HOUR) == 1
    mail = OutgoingMail.objects.get()
    assert f"/rencontre/{meeting.reference}/rappel/{reply.token}/" in mail.body
    forget_reminder(reply=reply)
    assert not OutgoingMail.objects.exists()
    assert queue_due_reminders(HOUR) == 0


def test_the_mail_of_somebody_taken_off_the_list_does_not_leave(meeting, invitee, lead):
    other = InviteeFactory(appraisal=invitee.appraisal, answer="yes", answered_at=LONG_AGO)
    queue_due_reminders(HOUR)
    remove_invitee(invitee=invitee, user=lead)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [other.email]


def test_a_yes_is_confirmed_once(meeting, invitee):
    for _ in range(2):
        queue_confirmation(invitee, meeting)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("rsvp", "luce@exemple.org")
    assert mail.attachment_name == f"rencontre-{meeting.reference}.ics"
    assert "LOCATION:Salle du quai" in mail.attachment
    assert "18\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30" in mail.body


def test_without_date_address_or_yes_there_is_nothing_to_confirm(appraisal, invitee, meeting):
    queue_confirmation(invitee, None)
    invitee.answer = "maybe"
    queue_confirmation(invitee, meeting)
    assert not OutgoingMail.objects.exists()
