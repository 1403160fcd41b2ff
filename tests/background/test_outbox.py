"""The outbox: sent once, tried again for 48 hours, and nothing leaves for what was rolled back."""

import logging
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from background.models import OutgoingMail
from background.nightly import erase_old_mails
from background.outbox import (
    Attachment,
    Delivery,
    cancel_mails,
    queue_mail,
    send_due_mails,
    try_again,
)
from tests.faults.mail_server import MailServer

MINUTE = timedelta(minutes=1)


@pytest.fixture
def server(settings):
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def write(**changes) -> OutgoingMail:
    values = {
        "kind": "invitation",
        "to": "lise@exemple.org",
        "subject": "Rencontre",
        "body": "Bonjour",
    }
    return queue_mail(**(values | changes))


def test_a_mail_leaves_once_with_its_calendar(server):
    write(attachment=Attachment("rencontre.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"))
    now = timezone.now()
    assert send_due_mails(now) == Delivery(sent=1)
    assert send_due_mails(now + MINUTE) == Delivery()
    (taken,) = server.taken
    assert (taken["To"], taken["Subject"]) == ("lise@exemple.org", "Rencontre")
    assert taken["Message-ID"] == OutgoingMail.objects.get().message_id
    text, calendar = taken.get_payload()
    assert text.get_payload(decode=True).decode() == "Bonjour"
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_filename() == "rencontre.ics"


def test_the_same_key_is_told_once(server):
    first = write(key="suivi-3-mois")
    assert write(key="suivi-3-mois", subject="Autre") == first
    assert send_due_mails(timezone.now()).sent == 1


def test_nothing_leaves_for_what_was_rolled_back(server):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert send_due_mails(timezone.now()) == Delivery()


def test_a_silent_server_is_tried_again_then_given_up_after_48_hours(server, settings, caplog):
    caplog.set_level(logging.INFO)
    mail = write(body="mot-canari")
    settings.EMAIL_PORT = 1  # nobody listens there
    start = mail.created_at
    assert send_due_mails(start + MINUTE) == Delivery(waiting=1)
    mail.refresh_from_db()
    assert (mail.attempts, mail.next_try_at) == (1, start + 2 * MINUTE)
    assert send_due_mails(start + MINUTE) == Delivery()
    settings.EMAIL_PORT = server.port
    assert send_due_mails(start + 2 * MINUTE) == Delivery(sent=1)

    lost = write()
    settings.EMAIL_PORT = 1
    assert send_due_mails(lost.created_at + timedelta(hours=47)) == Delivery(waiting=1)
    assert send_due_mails(lost.created_at + timedelta(hours=48)) == Delivery(given_up=1)
    assert "lise@exemple.org" not in caplog.text
    assert "mot-canari" not in caplog.text
    try_again(mail=lost)
    settings.EMAIL_PORT = server.port
    assert send_due_mails(timezone.now()) == Delivery(sent=1)


def test_one_pass_knocks_once_at_a_closed_door(server, settings):
    for _ in range(3):
        write()
    settings.EMAIL_PORT = 1
    assert send_due_mails(timezone.now()) == Delivery(waiting=1)
    assert OutgoingMail.objects.filter(attempts=0).count() == 2


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 boite inconnue", Delivery(given_up=1)),
        ("450 plus tard", Delivery(waiting=1)),
    ],
)
def test_a_refusal_for_good_is_not_tried_again(server, answer, outcome):
    server.refusal = answer
    write()
    assert send_due_mails(timezone.now()) == outcome
    assert server.taken == []


def test_what_another_worker_holds_is_left_until_it_is_thought_dead(server):
    mail = write()
    now = timezone.now()
    OutgoingMail.objects.update(claimed_until=now + 2 * MINUTE)
    assert send_due_mails(now) == Delivery()
    assert send_due_mails(now + 3 * MINUTE) == Delivery(sent=1)
    mail.refresh_from_db()
    assert mail.claimed_until is None


def test_a_mail_waits_for_its_day_and_may_be_cancelled(server):
    tomorrow = timezone.now() + timedelta(days=1)
    write(key="D-1/rappel/a", not_before=tomorrow)
    write(key="D-1/merci", not_before=tomorrow)
    assert send_due_mails(timezone.now()) == Delivery()
    assert cancel_mails(key_prefix="D-1/rappel/") == 1
    assert send_due_mails(tomorrow) == Delivery(sent=1)


def test_a_subject_never_adds_a_header(server):
    write(subject="Bonjour\r\nBcc: tous@exemple.org")
    send_due_mails(timezone.now())
    assert server.taken[0]["Bcc"] is None
    assert server.taken[0]["Subject"] == "Bonjour Bcc: tous@exemple.org"


def test_thirty_days_after_it_left_a_mail_goes_with_its_address(server):
    write()
    now = timezone.now()
    send_due_mails(now)
    waiting = write()
    assert erase_old_mails(now + timedelta(days=29)) == 0
    assert erase_old_mails(now + timedelta(days=31)) == 1
    assert OutgoingMail.objects.get() == waiting
