"""The date moved, or the meeting will not be held: whoever was told the date is told that too.

Registered on `domain.postponing`. Whoever said no, or was never written to, hears nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from appreciation.domain.calendar_files import meeting_calendar
from appreciation.domain.contacts import DATED, mail_key
from appreciation.domain.invitation_links import invitation_url, no_reminder_url
from appreciation.domain.messages import addressed, write_text
from appreciation.domain.postponing import Move, Why
from appreciation.enums import InviteeAnswer
from appreciation.models import Invitee, MessageSent
from background.outbox import Attachment, queue_mail
from core.typography import fr_date, fr_time

if TYPE_CHECKING:
    from collections.abc import Iterator


def tell_whoever_knew_the_date(move: Move) -> None:
    """One mail to each, with the new agenda entry when there is a new date.

    Nobody is told when nothing changed for her: no date before, or the same one after.
    """
    if move.before_day is None and move.why != Why.RESUMED:
        return
    if move.why == Why.RESUMED and move.after is None:
        return
    subject, body = write_text("convening/mail/date_news.txt", _context(move))
    meeting, now = move.meeting, timezone.now().isoformat()
    attachment = None
    if meeting is not None and move.after is not None and move.why != Why.ASLEEP:
        attachment = Attachment(f"rencontre-{meeting.reference}.ics", meeting_calendar(meeting))
    for who, to, link in _people(move):
        queue_mail(
            kind="date_news",
            to=to,
            subject=subject,
            body=addressed(body, move.appraisal, link),
            key=mail_key(move.appraisal, DATED, who, "news", now),
            attachment=attachment,
        )


def _people(move: Move) -> Iterator[tuple[object, str, str]]:
    """(who, address, link of her own): those who come or may come, or were written to."""
    comes = Q(answer__in=(InviteeAnswer.YES, InviteeAnswer.MAYBE))
    written_to = Exists(MessageSent.objects.filter(invitee=OuterRef("pk")))
    invitees = Invitee.objects.filter(appraisal=move.appraisal).exclude(email="")
    for invitee in invitees.filter(comes | written_to).exclude(answer=InviteeAnswer.NO):
        yield invitee.pk, invitee.email, invitation_url(invitee)
    if move.meeting is not None:
        for reply in move.meeting.public_replies.exclude(email=""):
            yield f"p{reply.pk}", reply.email, no_reminder_url(reply, move.meeting)


def _context(move: Move) -> dict[str, object]:
    after = timezone.localtime(move.after) if move.after else None
    return {
        "appraisal": move.appraisal,
        "meeting": move.meeting,
        "is_cancelled": move.why == Why.CANCELLED,
        "is_asleep": move.why == Why.ASLEEP,
        "before": fr_date(move.before_day) if move.before_day else "",
        "day": fr_date(after.date()) if after else "",
        "hour": fr_time(after) if after else "",
        "practicals": move.appraisal.practicals.all(),
    }
