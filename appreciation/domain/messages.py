"""What is written to people invited: proposed from the facts, changed, sent once to each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from appreciation.domain.contacts import LETTERS, contacts_purge_date, mail_key
from appreciation.domain.invitation_links import invitation_url, open_page_url
from appreciation.domain.invitations import invited_meeting
from appreciation.domain.phase_records import check_version, lock_to_write
from appreciation.enums import InviteeAnswer, MessageKind
from appreciation.models import Appraisal, Invitee, Meeting, MessageSent, MessageText
from background.letters import write_letter
from background.outbox import queue_mail
from core.errors import DomainError
from core.typography import fr_date, fr_time, fr_typo

if TYPE_CHECKING:
    from accounts.models import User

LINK = "{lien}"
"""In a text: each person's own address, put in when it is sent."""
NEVER_SENT = (MessageKind.PHONE,)
TEMPLATES: dict[str, str] = {
    MessageKind.MUNICIPALITY: "convening/messages/municipality.txt",
    MessageKind.GROUPS: "convening/messages/groups.txt",
    MessageKind.RESIDENTS: "convening/messages/residents.txt",
    MessageKind.PHONE: "convening/messages/phone.txt",
    MessageKind.REMINDER: "convening/messages/reminder.txt",
    MessageKind.THANKS: "convening/messages/thanks.txt",
}


@dataclass(frozen=True)
class Message:
    """`version` is 0 while nobody changed the proposed text; `is_stale`: the rendez-vous moved."""

    kind: str
    subject: str
    body: str
    version: int = 0
    is_stale: bool = False


def message_of(appraisal: Appraisal, kind: str) -> Message:
    """The team's own words, else what is proposed."""
    stored = MessageText.objects.filter(appraisal=appraisal, kind=kind).first()
    meeting = invited_meeting(appraisal)
    if stored is None:
        return proposed(appraisal, meeting, kind)
    is_stale = stored.written_for != _rendez_vous(meeting)
    return Message(kind, stored.subject, stored.body, stored.version, is_stale)


def message_to_leave_alone(appraisal: Appraisal, meeting: Meeting, kind: str) -> Message:
    """What leaves without anybody reading it again: never a date that is no longer the one."""
    message = message_of(appraisal, kind)
    return proposed(appraisal, meeting, kind) if message.is_stale else message


def proposed(appraisal: Appraisal, meeting: Meeting | None, kind: str) -> Message:
    """First line of the template: the subject."""
    starts_at = timezone.localtime(meeting.starts_at) if meeting and meeting.starts_at else None
    context: dict[str, object] = {
        "appraisal": appraisal,
        "meeting": meeting,
        "day": fr_date(starts_at.date()) if starts_at else "",
        "hour": fr_time(starts_at) if starts_at else "",
        "practicals": list(appraisal.practicals.all()),
        "link": LINK,
    }
    return Message(kind, *write_text(TEMPLATES[kind], context))


def write_text(template: str, context: dict[str, object]) -> tuple[str, str]:
    """Subject and body in the typography of Québec, without the holes that a template leaves."""
    subject, body = write_letter(template, context)
    return fr_typo(subject), fr_typo(_tidy(body))


def _tidy(text: str) -> str:
    """No more than one empty line: what a template leaves out leaves no hole."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines)


def _rendez_vous(meeting: Meeting | None) -> str:
    if meeting is None or meeting.starts_at is None:
        return ""
    return f"{meeting.starts_at.isoformat()} {meeting.venue}"


@transaction.atomic
def save_message(
    *, appraisal: Appraisal, user: User, kind: str, version: int, subject: str, body: str
) -> None:
    """Keep the team's words. Refused when somebody else saved since `version`, unless the same."""
    lock_to_write(appraisal, user)
    current = message_of(appraisal, kind)
    rendez_vous = _rendez_vous(invited_meeting(appraisal))
    if (current.subject, current.body, current.is_stale) == (subject, body, False):
        return
    check_version(current.version, version, theirs=current.body)
    MessageText.objects.update_or_create(
        appraisal=appraisal,
        kind=kind,
        defaults={
            "subject": subject,
            "body": body,
            "written_for": rendez_vous,
            "version": current.version + 1,
            "updated_by": user,
        },
    )


@transaction.atomic
def reset_message(*, appraisal: Appraisal, user: User, kind: str) -> None:
    """Back to the proposed text."""
    lock_to_write(appraisal, user)
    MessageText.objects.filter(appraisal=appraisal, kind=kind).delete()


@transaction.atomic
def send_message(*, appraisal: Appraisal, user: User, kind: str, people: Iterable[int]) -> int:
    """Entrust the message to the outbox for each of `people`: once each, however often asked.

    Only those of the list who have an address. Returns how many are new.
    """
    lock_to_write(appraisal, user)
    if kind in NEVER_SENT:
        raise DomainError("Cet aide-mémoire se lit au téléphone; il ne s’envoie pas.")
    chosen = list(appraisal.invitees.filter(pk__in=list(people)).exclude(email=""))
    if not chosen:
        words = "Choisissez au moins une personne qui a un courriel."
        raise DomainError(words, fields={"people": words})
    message = message_of(appraisal, kind)
    if message.is_stale:
        raise DomainError(
            "La date ou le lieu a changé depuis que ce texte a été écrit: relisez-le, "
            "enregistrez-le, puis envoyez-le."
        )
    return sum(_send(message, appraisal, invitee) for invitee in chosen)


def _send(message: Message, appraisal: Appraisal, invitee: Invitee) -> bool:
    _, is_new = MessageSent.objects.get_or_create(invitee=invitee, kind=message.kind)
    if is_new:
        queue_mail(
            kind="invitation",
            to=invitee.email,
            subject=message.subject,
            body=addressed(message.body, appraisal, invitation_url(invitee)),
            key=mail_key(appraisal, LETTERS, invitee.pk, message.kind),
        )
    return is_new


def addressed(body: str, appraisal: Appraisal, link: str) -> str:
    """The text with somebody's own link, and what the law wants said under it."""
    filled = body.replace(LINK, link)
    ending = (
        f"Ne plus recevoir de courriel: {link}\n"
        "Votre courriel sert à cette rencontre seulement. "
        f"Il sera effacé le {fr_date(contacts_purge_date(appraisal))}."
    )
    return f"{filled}\n\n--\n{fr_typo(ending)}\n"


def on_paper(message: Message, appraisal: Appraisal) -> str:
    """The text for everybody: the public page in place of a person's own link, or a telephone."""
    meeting = invited_meeting(appraisal)
    if meeting is not None and meeting.is_open_to_all:
        return message.body.replace(LINK, open_page_url(meeting))
    called = " ".join(part for part in (appraisal.contact_name, appraisal.contact_phone) if part)
    return message.body.replace(LINK, called or "la personne qui vous invite")


def already_sent(appraisal: Appraisal, kind: str) -> set[int]:
    """Who was sent it."""
    sent = MessageSent.objects.filter(invitee__appraisal=appraisal, kind=kind)
    return set(sent.values_list("invitee_id", flat=True))


def is_meant_for(kind: str, invitee: Invitee) -> bool:
    """Whom the message is written for: ticked beforehand, never sent without a button."""
    is_municipal = invitee.sector.code == "municipal"
    if kind == MessageKind.MUNICIPALITY:
        return is_municipal
    if kind == MessageKind.GROUPS:
        return invitee.is_group and not is_municipal
    if kind == MessageKind.RESIDENTS:
        return not invitee.is_group and not is_municipal
    if kind == MessageKind.THANKS:
        return invitee.answer == InviteeAnswer.YES
    return invitee.answer in (InviteeAnswer.YES, InviteeAnswer.MAYBE)
