"""Answers to an invitation: when they are taken, refused, counted."""

import datetime as dt

import pytest
from django.utils import timezone

from appreciation.domain.contacts import erase_due_contacts, token_digest
from appreciation.domain.invitations import (
    Door,
    answer_invitation,
    door_of,
    expected_people,
    forget_address,
    invited_meeting,
    reply_openly,
)
from appreciation.domain.invitees import Contact, Reply, change_invitee
from appreciation.domain.practicals import InvitationPlan, Practical, save_invitation, stored_plan
from appreciation.domain.reminders import queue_confirmation
from appreciation.models import ClosedInvitation, Invitee, Meeting, PracticalItem, PublicReply
from background.models import OutgoingMail
from core.errors import ConcurrentEditError, DomainError
from reference.enums import PlaceKind
from tests.factories import MeetingFactory, PlaceFactory
from tests.factories.invitees import InviteeFactory

EVENING = dt.datetime(2026, 12, 3, 23, 30, tzinfo=dt.UTC)
BEFORE = EVENING - dt.timedelta(days=20)


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, starts_at=EVENING, venue="Salle du quai")


@pytest.mark.parametrize(
    ("state", "now", "door"),
    [
        ("active", BEFORE, Door.OPEN),
        ("active", EVENING, Door.STARTED),
        ("active", EVENING + dt.timedelta(hours=4), Door.PAST),
        ("postponed", BEFORE, Door.OPEN),
        ("dormant", BEFORE, Door.POSTPONED),
        ("cancelled", BEFORE, Door.CANCELLED),
        ("closed", BEFORE, Door.PAST),
    ],
)
def test_the_door_says_how_things_stand(appraisal, meeting, state, now, door):
    appraisal.state = state
    assert door_of(appraisal, meeting, now) == door


def test_the_door_before_a_date_at_the_opened_meeting_and_after(appraisal, meeting):
    assert door_of(appraisal, None, BEFORE) == Door.UNDATED
    appraisal.state = "postponed"
    assert door_of(appraisal, None, BEFORE) == Door.POSTPONED
    appraisal.state = "active"
    meeting.state = "open"
    assert door_of(appraisal, meeting, BEFORE) == Door.STARTED
    meeting.state = "closed"
    assert door_of(appraisal, meeting, BEFORE) == Door.PAST


def test_people_are_invited_to_the_meeting_to_come(appraisal, meeting):
    MeetingFactory(appraisal=appraisal, starts_at=EVENING + dt.timedelta(days=9), open=True)
    MeetingFactory(appraisal=appraisal, kind="choice", starts_at=EVENING)
    assert invited_meeting(appraisal) == meeting


def say(invitee, answer, now=BEFORE, **more):
    return answer_invitation(invitee=invitee, reply=Reply(answer, **more), now=now)


def test_a_mind_is_changed_until_the_meeting(appraisal, meeting):
    invitee = InviteeFactory(appraisal=appraisal)
    first = say(invitee, "yes", companions=2, needs_transport=True)
    assert (first.answer, first.answered_via, first.companions, first.version) == (
        "yes",
        "link",
        2,
        2,
    )
    assert say(invitee, "yes", companions=2, needs_transport=True).version == 2
    second = say(invitee, "no")
    assert (second.answer, second.companions, second.needs_transport) == ("no", 0, False)
    with pytest.raises(DomainError, match="La rencontre est commencée"):
        say(invitee, "yes", now=EVENING)


def test_a_cancelled_meeting_takes_no_answer(appraisal, meeting):
    appraisal.state = "cancelled"
    appraisal.save()
    with pytest.raises(DomainError, match="La rencontre est annulée"):
        say(InviteeFactory(appraisal=appraisal), "yes")


def test_a_full_hall_takes_no_more_people_but_lets_minds_change(appraisal, meeting):
    Meeting.objects.update(capacity=4)
    inside = InviteeFactory(appraisal=appraisal)
    say(inside, "yes", companions=1)
    PublicReply.objects.create(meeting=meeting, people=1, form_key="a")
    late = InviteeFactory(appraisal=appraisal)
    with pytest.raises(DomainError, match="Il reste une place dans la salle") as refusal:
        say(late, "yes", companions=1)
    assert "companions" in refusal.value.fields
    say(inside, "yes", companions=2)
    assert expected_people(appraisal, meeting) == 4
    assert door_of(appraisal, Meeting.objects.get(), BEFORE) == Door.FULL
    with pytest.raises(DomainError, match="La salle est pleine"):
        say(late, "yes")
    assert say(late, "maybe").answer == "maybe"
    assert say(inside, "no").answer == "no"
    assert say(late, "yes").answer == "yes"


def test_a_link_of_somebody_erased_meanwhile_is_refused(appraisal, meeting):
    invitee = InviteeFactory(appraisal=appraisal)
    Invitee.objects.all().delete()
    with pytest.raises(DomainError, match="Cette invitation a été retirée"):
        say(invitee, "yes")


def test_whoever_wants_no_more_mail_stays_on_the_list(appraisal):
    invitee = InviteeFactory(appraisal=appraisal, answer="yes", answered_at=timezone.now())
    forget_address(invitee=invitee)
    invitee.refresh_from_db()
    assert (invitee.email, invitee.answer, invitee.version) == ("", "yes", 2)


def test_whoever_no_longer_comes_gets_no_confirmation_that_still_waited(appraisal, lead, meeting):
    hers, other = InviteeFactory.create_batch(2, appraisal=appraisal)
    for invitee in (hers, other):
        said = answer_invitation(invitee=invitee, reply=Reply("yes"), now=BEFORE)
        queue_confirmation(said, meeting)
    answer_invitation(invitee=hers, reply=Reply("no"), now=BEFORE)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [other.email]
    other.refresh_from_db()
    contact = Contact(other.name, other.sector, other.email, other.phone)
    change_invitee(
        invitee=other,
        user=lead,
        version=other.version,
        contact=contact,
        reply=Reply("no"),
        via="phone",
    )
    assert not OutgoingMail.objects.exists()


def open_reply(meeting, people=2, email="", key="cle", now=BEFORE, address="192.0.2.1"):
    return reply_openly(
        meeting=meeting, people=people, email=email, form_key=key, address=address, now=now
    )


def test_the_same_form_or_address_counts_once(appraisal, meeting):
    for _ in range(2):
        open_reply(meeting)
    open_reply(meeting, people=1, email="A@exemple.org", key="b")
    open_reply(meeting, people=3, email="a@exemple.org", key="c")
    rows = list(PublicReply.objects.values_list("people", "email"))
    assert rows == [(2, ""), (3, "a@exemple.org")]
    assert expected_people(appraisal, meeting) == 5
    assert "192.0.2.1" not in PublicReply.objects.first().sent_from


def test_the_form_sent_again_with_another_number_counts_the_last_one(appraisal, meeting):
    meeting.capacity = 3
    meeting.save()
    open_reply(meeting, people=2)
    open_reply(meeting, people=3)
    assert expected_people(appraisal, meeting) == 3
    with pytest.raises(DomainError, match="Il reste 3 places"):
        open_reply(meeting, people=4)
    assert PublicReply.objects.get().people == 3


def test_a_flood_from_one_place_is_slowed(meeting):
    for number in range(30):
        open_reply(meeting, key=f"k{number}", now=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(DomainError, match="Réessayez dans dix minutes"):
        open_reply(meeting, key="de trop", now=timezone.now())
    open_reply(meeting, key="d’ailleurs", now=timezone.now(), address="192.0.2.9")
    open_reply(meeting, key="plus tard", now=timezone.now() + dt.timedelta(minutes=11))
    assert PublicReply.objects.count() == 32


def test_a_full_hall_refuses_open_replies(meeting):
    meeting.capacity = 3
    meeting.save()
    open_reply(meeting, people=2)
    with pytest.raises(DomainError, match="Il reste une place"):
        open_reply(meeting, people=2, key="b")


def test_addresses_of_the_open_page_and_names_of_carriers_are_erased_too(appraisal, meeting):
    open_reply(meeting, email="a@exemple.org")
    PracticalItem.objects.create(appraisal=appraisal, kind="meal", detail="Soupe", carrier="Luce")
    invitee = InviteeFactory(appraisal=appraisal)
    assert erase_due_contacts(dt.datetime(2027, 6, 2, 12, tzinfo=dt.UTC)) == 0
    assert erase_due_contacts(dt.datetime(2027, 6, 3, 12, tzinfo=dt.UTC)) == 3
    reply = PublicReply.objects.get()
    assert (reply.people, reply.email, reply.sent_from) == (2, "", "")
    item = PracticalItem.objects.get()
    assert (item.detail, item.carrier) == ("Soupe", "")
    assert ClosedInvitation.objects.get().token_digest == token_digest(invitee.token)


NOTHING = InvitationPlan(None, "", None, False, ())
WANTED = InvitationPlan(EVENING, "Salle du quai", 40, True, (Practical("meal", "Soupe", "Luce"),))


def test_the_rendez_vous_plans_the_meeting_and_what_is_offered(appraisal, lead):
    for _ in range(2):
        save_invitation(appraisal=appraisal, user=lead, seen=NOTHING, wanted=WANTED)
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.venue, meeting.capacity) == (EVENING, "Salle du quai", 40)
    assert meeting.is_open_to_all
    assert stored_plan(appraisal, meeting) == WANTED


def test_a_rendez_vous_changed_meanwhile_is_refused(appraisal, lead):
    save_invitation(appraisal=appraisal, user=lead, seen=NOTHING, wanted=WANTED)
    other = InvitationPlan(EVENING, "Église", None, False, ())
    with pytest.raises(ConcurrentEditError, match="pendant que vous écriviez"):
        save_invitation(appraisal=appraisal, user=lead, seen=NOTHING, wanted=other)
    save_invitation(appraisal=appraisal, user=lead, seen=WANTED, wanted=other)
    assert not PracticalItem.objects.exists()


def test_nothing_is_public_in_an_atikamekw_community_before_its_council_agrees(appraisal, lead):
    appraisal.place = PlaceFactory(kind=PlaceKind.FIRST_NATION_COMMUNITY)
    appraisal.save()
    with pytest.raises(DomainError, match="l’accord du conseil"):
        save_invitation(appraisal=appraisal, user=lead, seen=NOTHING, wanted=WANTED)
    assert not Meeting.objects.exists()
