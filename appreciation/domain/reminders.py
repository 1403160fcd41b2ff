"""The reminder of a meeting, one week before, and the confirmation of who says yes.

Reminders are looked for every hour from what is stored, so that a date that moves moves them too:
what waited for the former date is forgotten with every mail that gives it (`domain.postponing`),
and each person gets one for each date at most.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from appreciation.domain.calendar_files import meeting_calendar
from appreciation.domain.contacts import DATED, mail_key
from appreciation.domain.invitation_links import invitation_url, no_reminder_url
from appreciation.domain.messages import Message, addressed, message_to_leave_alone, write_text
from appreciation.enums import RUNNING_STATES, InviteeAnswer, MeetingKind, MeetingState, MessageKind
from appreciation.models import Invitee, Meeting, MessageSent
from background.outbox import Attachment, queue_mail
from core.typography import fr_date, fr_time

DAYS_BEFORE = 7
HOUR = dt.time(9)
TOO_LATE = dt.timedelta(days=1)
"""Before the meeting: a reminder that did not leave by then no longer does."""


def reminder_time(meeting: Meeting) -> dt.datetime | None:
    """Nine in the morning, local time, a week before; None without a date."""
    if meeting.starts_at is None:
        return None
    day = timezone.localdate(meeting.starts_at) - dt.timedelta(days=DAYS_BEFORE)
    return timezone.make_aware(dt.datetime.combine(day, HOUR))


def queue_due_reminders(now: dt.datetime) -> int:
    """Write the reminders whose hour has come, once for each person and date; how many people."""
    soon = now + dt.timedelta(days=DAYS_BEFORE + 1)
    meetings = Meeting.objects.filter(
        kind=MeetingKind.APPRAISAL,
        state=MeetingState.PLANNED,
        starts_at__gt=now + TOO_LATE,
        starts_at__lte=soon,
        appraisal__state__in=RUNNING_STATES,
    ).select_related("appraisal__place")
    return sum(_remind(meeting, now) for meeting in meetings)


def people_to_remind(meeting: Meeting) -> list[Invitee]:
    """Who has an address and said that she comes or may come, or was written to and is silent.

    All before the hour of the reminder: who has just heard of the meeting needs none.
    """
    at = reminder_time(meeting)
    told = Q(answer__in=(InviteeAnswer.YES, InviteeAnswer.MAYBE), answered_at__lte=at)
    letters = MessageSent.objects.filter(invitee=OuterRef("pk"), sent_at__lte=at)
    written_to = Q(answer=InviteeAnswer.INVITED) & Exists(letters)
    return list(meeting.appraisal.invitees.filter(told | written_to).exclude(email=""))


def _remind(meeting: Meeting, now: dt.datetime) -> int:
    at = reminder_time(meeting)
    if at is None or at > now:
        return 0
    day = timezone.localdate(meeting.starts_at).isoformat()
    message = message_to_leave_alone(meeting.appraisal, meeting, MessageKind.REMINDER)
    people = people_to_remind(meeting)
    for invitee in people:
        key = mail_key(meeting.appraisal, DATED, invitee.pk, "reminder", day)
        _queue(meeting, message, invitee.email, invitation_url(invitee), key)
    replies = list(meeting.public_replies.exclude(email="").filter(said_at__lte=at))
    for reply in replies:
        key = mail_key(meeting.appraisal, DATED, f"p{reply.pk}", "reminder", day)
        _queue(meeting, message, reply.email, no_reminder_url(reply, meeting), key)
    return len(people) + len(replies)


def _queue(meeting: Meeting, message: Message, to: str, link: str, key: str) -> None:
    queue_mail(
        kind="meeting_reminder",
        to=to,
        subject=message.subject,
        body=addressed(message.body, meeting.appraisal, link),
        key=key,
    )


def queue_confirmation(invitee: Invitee, meeting: Meeting | None) -> None:
    """What she said yes to, in writing and for her agenda, once for each date."""
    if not invitee.email or meeting is None or meeting.starts_at is None:
        return
    if invitee.answer != InviteeAnswer.YES:
        return
    subject, body = _confirmation(meeting, invitation_url(invitee))
    day = timezone.localdate(meeting.starts_at).isoformat()
    key = mail_key(invitee.appraisal, DATED, invitee.pk, "confirmation", day)
    queue_mail(
        kind="rsvp",
        to=invitee.email,
        subject=subject,
        body=body,
        key=key,
        attachment=Attachment(f"rencontre-{meeting.reference}.ics", meeting_calendar(meeting)),
    )


def _confirmation(meeting: Meeting, link: str) -> tuple[str, str]:
    """Subject and body of what she said yes to."""
    appraisal = meeting.appraisal
    starts_at = timezone.localtime(meeting.starts_at)
    context: dict[str, object] = {
        "appraisal": appraisal,
        "meeting": meeting,
        "day": fr_date(starts_at.date()),
        "hour": fr_time(starts_at),
        "practicals": appraisal.practicals.all(),
    }
    subject, body = write_text("convening/mail/confirmation.txt", context)
    return subject, addressed(body, appraisal, link)
