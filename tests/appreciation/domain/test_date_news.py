"""A date that moves is told to whoever knew it, and to nobody else."""

import datetime as dt

import pytest

from appreciation.domain.actors import Actor
from appreciation.domain.meetings import set_details
from appreciation.domain.phases import change_state
from appreciation.models import MessageSent, PublicReply
from background.models import OutgoingMail
from tests.factories import MeetingFactory
from tests.factories.invitees import InviteeFactory

EVENING = dt.datetime(2036, 12, 3, 23, 30, tzinfo=dt.UTC)
SOONER = dt.datetime(2036, 11, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def meeting(appraisal):
    """Planned; one comes, one was written to, one left an address at the open page; others not."""
    meeting = MeetingFactory(appraisal=appraisal, starts_at=EVENING, venue="Salle du quai")
    InviteeFactory(appraisal=appraisal, email="oui@exemple.org", answer="yes", answered_at=SOONER)
    written_to = InviteeFactory(appraisal=appraisal, email="ecrite@exemple.org")
    MessageSent.objects.create(invitee=written_to, kind="residents")
    no = InviteeFactory(
        appraisal=appraisal, email="non@exemple.org", answer="no", answered_at=SOONER
    )
    MessageSent.objects.create(invitee=no, kind="residents")
    InviteeFactory(appraisal=appraisal, email="jamais@exemple.org")
    PublicReply.objects.create(meeting=meeting, people=1, email="anne@exemple.org", form_key="a")
    return meeting


def told() -> dict[str, OutgoingMail]:
    return {mail.to: mail for mail in OutgoingMail.objects.filter(kind="date_news")}


def gesture(appraisal, user, name, new_date=None):
    change_state(appraisal=appraisal, name=name, user=user, comment="Tempête.", new_date=new_date)


def test_a_new_date_is_told_with_its_agenda_entry_to_whoever_knew_the_former(
    appraisal, meeting, lead
):
    gesture(appraisal, lead, "postpone", dt.date(2036, 12, 10))
    assert set(told()) == {"oui@exemple.org", "ecrite@exemple.org", "anne@exemple.org"}
    mail = told()["oui@exemple.org"]
    assert "ce sera le 10 décembre 2036, 18 h 30" in mail.subject
    assert "DTSTART" in mail.attachment
    assert "Salle du quai" in mail.body
    assert "/invitation/" in mail.body


def test_postponed_twice_before_the_worker_passed_only_the_last_date_leaves(
    appraisal, meeting, lead
):
    gesture(appraisal, lead, "postpone", dt.date(2036, 12, 10))
    appraisal.refresh_from_db()
    gesture(appraisal, lead, "resume", dt.date(2036, 12, 17))
    assert OutgoingMail.objects.filter(kind="date_news").count() == 3
    assert "17" in told()["oui@exemple.org"].subject


def test_resumed_on_the_date_said_when_postponed_nobody_is_told_twice(appraisal, meeting, lead):
    gesture(appraisal, lead, "postpone", dt.date(2036, 12, 10))
    appraisal.refresh_from_db()
    gesture(appraisal, lead, "resume")
    assert OutgoingMail.objects.filter(kind="date_news").count() == 3
    assert "10\N{NO-BREAK SPACE}décembre" in told()["oui@exemple.org"].subject.replace(" ", "\xa0")


def test_waking_up_says_the_date_again(appraisal, meeting, lead):
    gesture(appraisal, lead, "put_to_sleep")
    appraisal.refresh_from_db()
    gesture(appraisal, lead, "resume")
    assert "ce sera le 3 décembre 2036" in told()["oui@exemple.org"].subject.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("postpone", "est reportée"),
        ("put_to_sleep", "est reportée"),
        ("cancel", "n’aura pas lieu"),
    ],
)
def test_no_date_is_said_plainly(appraisal, meeting, lead, name, words):
    gesture(appraisal, lead, name)
    mail = told()["oui@exemple.org"]
    assert words in mail.subject
    assert mail.attachment == ""
    assert "3\N{NO-BREAK SPACE}décembre\N{NO-BREAK SPACE}2036" in mail.body.replace(" ", "\xa0")


def test_another_hour_is_told_too(appraisal, meeting, lead):
    set_details(
        meeting=meeting,
        actor=Actor(user=lead),
        starts_at=EVENING + dt.timedelta(hours=1),
        venue="Salle du quai",
        pace=meeting.pace,
    )
    assert "19 h 30" in told()["oui@exemple.org"].subject


def test_without_any_date_nobody_is_told(appraisal, meeting, lead):
    meeting.starts_at = None
    meeting.save()
    appraisal.expected_on = None
    appraisal.save()
    gesture(appraisal, lead, "postpone")
    assert told() == {}
