"""The outbox: a mail is written with what it tells, sent after, tried again for 48 hours.

A mail server that is down never stops a person's work, and nothing leaves for what was rolled back
(QUALITY.md §4 row 24). Neither address nor text goes to the logs (row 29).
"""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.utils import timezone

from background.models import MailPreference, OutgoingMail
from background.preferences import links_to_stop, preference_for

logger = logging.getLogger("consortium.outbox")

TRIED_FOR = timedelta(hours=48)
CLAIM = timedelta(minutes=2)
"""How long one worker holds a mail: beyond, it is thought dead and another sends it."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
"""Between tries; the last one is used again until the end of `TRIED_FOR`."""
REFUSED_FOR_GOOD = range(500, 600)
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Attachment:
    """A text file: a calendar entry, `name` ending in `.ics`."""

    name: str
    text: str


@dataclass(frozen=True)
class Delivery:
    """What one pass did. `waiting` will be tried again."""

    sent: int = 0
    given_up: int = 0
    waiting: int = 0


def queue_mail(
    *,
    kind: str,
    to: str,
    subject: str,
    body: str,
    key: str | None = None,
    attachment: Attachment | None = None,
    not_before: datetime | None = None,
    headers: dict[str, str] | None = None,
) -> OutgoingMail:
    """Write a mail in the current transaction. The same `key` again gives back the first one.

    `headers` are more of them, such as those that let a mail program unsubscribe.
    `kind` says what it is for, in the journal and for `background.preferences`: a slug, never a
    person's data.
    """
    values = {
        "kind": kind,
        "to": to,
        "subject": " ".join(subject.split())[:200],
        "body": body,
        "attachment_name": attachment.name if attachment else "",
        "attachment": attachment.text if attachment else "",
        "headers": headers or {},
        "next_try_at": not_before or timezone.now(),
    }
    if key is None:
        return OutgoingMail.objects.create(**values)
    return OutgoingMail.objects.get_or_create(key=key, defaults=values)[0]


def cancel_mails(*, key_prefix: str) -> int:
    """Forget mails not sent yet whose key begins so: a date moved, a démarche was cancelled."""
    return OutgoingMail.objects.waiting().filter(key__startswith=key_prefix).delete()[0]


def readdress_mails(*, key_prefix: str, to: str) -> int:
    """Mails not sent yet whose key begins so leave for another address: the first was mistyped."""
    return OutgoingMail.objects.waiting().filter(key__startswith=key_prefix).update(to=to)


def try_again(*, mail: OutgoingMail) -> None:
    """Give a mail given up another 48 hours."""
    OutgoingMail.objects.given_up().filter(pk=mail.pk).update(
        given_up_at=None, attempts=0, created_at=timezone.now(), next_try_at=timezone.now()
    )


def send_due_mails(now: datetime) -> Delivery:
    """Send what is due. A server that does not answer ends the pass: the others would wait too.

    What its reader chose to do without is forgotten instead (`background.preferences`).
    """
    due = OutgoingMail.objects.waiting().filter(next_try_at__lte=now)[:MOST_AT_ONCE]
    counts = {"sent": 0, "given_up": 0, "waiting": 0}
    connection = get_connection()
    for mail in due:
        if not _claim(mail, now):
            continue
        preference = preference_for(mail)
        if preference is not None and mail.kind in preference.refused:
            mail.delete()
            continue
        failure = _send(mail, connection, preference)
        counts[_settle(mail, now, failure)] += 1
        if failure is not None and not _is_refusal(failure):
            break
    connection.close()
    return Delivery(**counts)


def _claim(mail: OutgoingMail, now: datetime) -> bool:
    """Whether this worker, alone, may send it."""
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    waiting = OutgoingMail.objects.waiting().filter(free, pk=mail.pk)
    return waiting.update(claimed_until=now + CLAIM) == 1


def _send(mail: OutgoingMail, connection, preference: MailPreference | None) -> Exception | None:
    foot, headers = links_to_stop(mail, preference) if preference is not None else ("", {})
    known = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMessage(
        mail.subject,
        mail.body + foot,
        to=[mail.to],
        headers=headers | mail.headers | known,
        connection=connection,
    )
    if mail.attachment_name:
        message.attach(mail.attachment_name, mail.attachment, _calendar_type(mail.attachment))
    try:
        connection.open()
        message.send()
    except (OSError, smtplib.SMTPException, ValueError) as failure:
        return failure
    return None


def _calendar_type(text: str) -> str:
    """Mail programs take a date back of their own accord when told so here too (RFC 6047)."""
    return "text/calendar; method=CANCEL" if "METHOD:CANCEL" in text else "text/calendar"


def _settle(mail: OutgoingMail, now: datetime, failure: Exception | None) -> str:
    """Keep what came of it: « sent », « given_up » or « waiting »."""
    pause = PAUSES[min(mail.attempts, len(PAUSES) - 1)]
    error = type(failure).__name__ if failure else ""
    values = {"attempts": mail.attempts + 1, "claimed_until": None, "last_error": error}
    if failure is None:
        values["sent_at"], outcome = now, "sent"
    elif _is_refusal(failure) or now + pause > mail.created_at + TRIED_FOR:
        values["given_up_at"], outcome = now, "given_up"
        logger.error("Courriel abandonné (%s, %s)", mail.kind, error)
    else:
        values["next_try_at"], outcome = now + pause, "waiting"
    OutgoingMail.objects.filter(pk=mail.pk).update(**values)
    return outcome


def _is_refusal(failure: Exception) -> bool:
    """Said for good by the server, or impossible to write: trying again would change nothing."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(code in REFUSED_FOR_GOOD for code, _ in failure.recipients.values())
    return isinstance(failure, ValueError)
