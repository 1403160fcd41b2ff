"""Messages are proposed from the facts, changed by the team, sent once to each person."""

import datetime as dt

import pytest

from appreciation.domain.messages import (
    message_of,
    on_paper,
    reset_message,
    save_message,
    send_message,
)
from appreciation.domain.reminders import queue_due_reminders
from appreciation.enums import MessageKind
from appreciation.models import Meeting, MessageSent, MessageText
from background.models import OutgoingMail
from core.errors import ConcurrentEditError, DomainError
from tests.factories import MeetingFactory
from tests.factories.invitees import InviteeFactory

EVENING = dt.datetime(2026, 12, 3, 23, 30, tzinfo=dt.UTC)
DAY = "3\N{NO-BREAK SPACE}décembre\N{NO-BREAK SPACE}2026"


@pytest.fixture
def meeting(appraisal):
    appraisal.contact_name, appraisal.contact_phone = "Luce Roy", "819 555-0101"
    appraisal.save()
    return MeetingFactory(appraisal=appraisal, starts_at=EVENING, venue="Salle du quai")


@pytest.mark.parametrize("kind", list(MessageKind))
def test_each_message_is_filled_with_the_facts(appraisal, meeting, kind):
    message = message_of(appraisal, kind)
    text = f"{message.subject}\n{message.body}"
    assert str(appraisal.place) in text
    assert "{{" not in text
    assert "\n\n\n" not in message.body
    if kind != MessageKind.THANKS:
        assert DAY in text
        assert "Salle du quai" in message.body
    if kind != MessageKind.PHONE:
        assert "Luce Roy" in message.body


def save(appraisal, user, body, *, version=0, kind="reminder"):
    save_message(
        appraisal=appraisal, user=user, kind=kind, version=version, subject="Objet", body=body
    )


def test_the_team_s_words_are_kept_and_may_be_put_back(appraisal, meeting, lead):
    for _ in range(2):
        save(appraisal, lead, "Nos mots {lien}")
    kept = message_of(appraisal, "reminder")
    assert (kept.subject, kept.body, kept.version) == ("Objet", "Nos mots {lien}", 1)
    with pytest.raises(ConcurrentEditError) as conflict:
        save(appraisal, lead, "D’autres mots")
    assert conflict.value.theirs == "Nos mots {lien}"
    reset_message(appraisal=appraisal, user=lead, kind="reminder")
    assert DAY in message_of(appraisal, "reminder").body


def test_the_proposed_text_saved_as_it_is_stays_the_proposed_one(appraisal, meeting, lead):
    shown = message_of(appraisal, "groups")
    save_message(
        appraisal=appraisal,
        user=lead,
        kind="groups",
        version=0,
        subject=shown.subject,
        body=shown.body,
    )
    assert not MessageText.objects.exists()


def test_each_person_is_written_to_once_with_her_own_link(appraisal, meeting, lead):
    first, second = InviteeFactory.create_batch(2, appraisal=appraisal)
    silent = InviteeFactory(appraisal=appraisal, email="")
    stranger = InviteeFactory()
    save(appraisal, lead, "Venez: {lien}", kind="residents")
    what = {"appraisal": appraisal, "user": lead, "kind": "residents"}
    assert send_message(**what, people=[first.pk, silent.pk, stranger.pk]) == 1
    assert send_message(**what, people=[first.pk, second.pk]) == 1
    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {first.email, second.email}
    body = mails[first.email].body
    assert body.startswith(f"Venez: http://127.0.0.1:8000/invitation/{first.token}/")
    assert "Ne plus recevoir de courriel" in body
    assert "effacé le 3\N{NO-BREAK SPACE}juin\N{NO-BREAK SPACE}2027" in body
    assert second.token not in body


@pytest.mark.parametrize(
    ("kind", "words"), [("residents", "Choisissez au moins une"), ("phone", "se lit au téléphone")]
)
def test_nothing_is_sent_to_nobody_nor_a_script(appraisal, lead, kind, words):
    with pytest.raises(DomainError, match=words):
        send_message(appraisal=appraisal, user=lead, kind=kind, people=[])


def test_a_text_written_for_another_date_is_read_again_before_it_leaves(appraisal, meeting, lead):
    person = InviteeFactory(
        appraisal=appraisal, answer="yes", answered_at=EVENING - dt.timedelta(days=30)
    )
    save(appraisal, lead, "Le 3 décembre!")
    Meeting.objects.update(starts_at=EVENING + dt.timedelta(days=14))
    what = {"appraisal": appraisal, "user": lead, "kind": "reminder"}
    assert message_of(appraisal, "reminder").is_stale
    with pytest.raises(DomainError, match="a changé depuis que ce texte a été écrit"):
        send_message(**what, people=[person.pk])
    assert queue_due_reminders(EVENING + dt.timedelta(days=7)) == 1
    assert "17\N{NO-BREAK SPACE}décembre" in OutgoingMail.objects.get().body
    save(appraisal, lead, "Le 3 décembre!", version=1)
    assert not message_of(appraisal, "reminder").is_stale
    assert send_message(**what, people=[person.pk]) == 1


def test_the_reminder_says_the_team_s_words_to_whoever_was_written_to(appraisal, meeting, lead):
    written_to, only_listed = InviteeFactory.create_batch(2, appraisal=appraisal)
    MessageSent.objects.create(invitee=written_to, kind="residents")
    MessageSent.objects.update(sent_at=EVENING - dt.timedelta(days=20))
    save(appraisal, lead, "On vous attend. {lien}")
    assert queue_due_reminders(EVENING - dt.timedelta(days=6)) == 1
    mail = OutgoingMail.objects.get()
    assert mail.to == written_to.email != only_listed.email
    assert mail.body.startswith("On vous attend. http")


def test_on_paper_the_link_is_the_open_page_or_a_telephone(appraisal, meeting):
    message = message_of(appraisal, "residents")
    assert "pour dire si vous venez: luce roy 819 555-0101" in (
        on_paper(message, appraisal).replace("\N{NO-BREAK SPACE}", "").lower()
    )
    Meeting.objects.update(is_open_to_all=True)
    assert f"/rencontre/{meeting.reference}/" in on_paper(message, appraisal)


def test_a_message_without_a_date_says_that_it_is_to_come(appraisal):
    assert "la date sera confirmée" in message_of(appraisal, "groups").body
