"""How long names and addresses of invited people are kept, and their erasing on that day.

They serve until people have heard back from what they said: thirty days after the entry of the
last meeting, the time that its report stays open to them, or after the public evening; or six
months after the last date that was planned, when no meeting came of it (Loi 25: no longer than it
serves). An evening to choose or to follow up keeps nobody's address longer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet, Sum
from django.utils import timezone

from appreciation.enums import MeetingKind, Phase
from appreciation.models import (
    Appraisal,
    ClosedInvitation,
    Invitee,
    InviteeCount,
    Meeting,
    PhaseRecord,
    PracticalItem,
    PublicReply,
    Restitution,
)
from background.outbox import cancel_mails, readdress_mails
from core.dates import months_later, start_of_day

DAYS_AFTER_ENTRY = 30
MONTHS_WITHOUT_MEETING = 6
HEARD_BACK = (MeetingKind.APPRAISAL, MeetingKind.RESTITUTION)
"""Evenings that count: of the others, nobody waits for what was said."""


def contacts_purge_date(appraisal: Appraisal) -> dt.date:
    """The day when names, addresses and telephones of the people invited are erased."""
    restitution = Restitution.objects.filter(appraisal=appraisal).first()
    closes_at = restitution.closes_at if restitution else None
    return _purge_date(appraisal, appraisal.meetings.filter(kind__in=HEARD_BACK), closes_at)


def _purge_date(
    appraisal: Appraisal, meetings: Iterable[Meeting], closes_at: dt.datetime | None
) -> dt.date:
    """`closes_at`: from when the report is no longer open to corrections, if it ever was."""
    days = [_last_day(meeting) for meeting in meetings]
    days += [timezone.localdate(closes_at)] if closes_at else []
    known = [day for day in days if day is not None]
    if known:
        return max(known)
    start = appraisal.expected_on or timezone.localdate(appraisal.created_at)
    return months_later(start, MONTHS_WITHOUT_MEETING)


def _last_day(meeting: Meeting) -> dt.date | None:
    is_restitution = meeting.kind == MeetingKind.RESTITUTION
    heard_back = meeting.starts_at if is_restitution else meeting.entry_done_at
    if heard_back is not None:
        return timezone.localdate(heard_back) + dt.timedelta(days=DAYS_AFTER_ENTRY)
    if meeting.starts_at is None:
        return None
    return months_later(timezone.localdate(meeting.starts_at), MONTHS_WITHOUT_MEETING)


LETTERS, DATED = "invitation", "date"
"""Families of mails to invited people: what the team sends; what gives the date, and is void when
it moves (`domain.postponing.dated_prefix`)."""


def mail_key(appraisal: Appraisal, family: str, *parts: object) -> str:
    """The key of a mail to somebody invited: démarche, family, person, then which mail."""
    return "/".join(str(part) for part in (appraisal.reference, family, *parts))


def forget_mails(appraisal: Appraisal, person: object = "") -> None:
    """Mails not sent yet, to everybody invited or to one person, do not leave."""
    for family in (LETTERS, DATED):
        cancel_mails(key_prefix=mail_key(appraisal, family, *([person, ""] if person else [""])))


def follow_address(invitee: Invitee) -> None:
    """Mails to her that did not leave yet go to the address that she has now, or nowhere."""
    if not invitee.email:
        forget_mails(invitee.appraisal, invitee.pk)
        return
    for family in (LETTERS, DATED):
        prefix = mail_key(invitee.appraisal, family, invitee.pk, "")
        readdress_mails(key_prefix=prefix, to=invitee.email)


def forget_plans_of(invitee: Invitee) -> None:
    """She no longer comes: no confirmation nor reminder that had not left yet."""
    cancel_mails(key_prefix=mail_key(invitee.appraisal, DATED, invitee.pk, ""))


def token_digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def close_link(token: str) -> None:
    """From now on the link says that it is no more, instead of seeming mistyped."""
    ClosedInvitation.objects.get_or_create(token_digest=token_digest(token))


def erase_due_contacts(now: dt.datetime) -> int:
    """Erase the contacts of every démarche whose day has come; how many people were erased."""
    today = timezone.localdate(now)
    due = [appraisal for appraisal, day in _purge_dates() if day <= today]
    return sum(erase_contacts(appraisal=appraisal) for appraisal in due)


def next_contacts_to_erase() -> dt.datetime | None:
    """When the next list goes; a day already past means the coming night."""
    days = [day for _, day in _purge_dates()]
    return start_of_day(min(days)) if days else None


def _purge_dates() -> list[tuple[Appraisal, dt.date]]:
    """Of every démarche that holds something to erase. Two queries."""
    meetings = Meeting.objects.filter(kind__in=HEARD_BACK)
    holding = (
        Appraisal.objects.filter(
            Exists(Invitee.objects.filter(appraisal=OuterRef("pk")))
            | Exists(_old_lists().filter(appraisal=OuterRef("pk")))
            | Exists(_carriers().filter(appraisal=OuterRef("pk")))
            | Exists(_reminders().filter(meeting__appraisal=OuterRef("pk")))
        )
        .annotate(closes_at=F("restitution__closes_at"))
        .prefetch_related(Prefetch("meetings", queryset=meetings))
    )
    return [(one, _purge_date(one, one.meetings.all(), one.closes_at)) for one in holding]


def _old_lists() -> QuerySet[PhaseRecord]:
    """What was written in one text before there was one line for each."""
    return PhaseRecord.objects.filter(phase=Phase.CONVENING).exclude(text="")


def _carriers() -> QuerySet[PracticalItem]:
    return PracticalItem.objects.exclude(carrier="")


def _reminders() -> QuerySet[PublicReply]:
    return PublicReply.objects.exclude(email="", sent_from="")


@transaction.atomic
def erase_contacts(*, appraisal: Appraisal) -> int:
    """Keep counts by sector and answer, erase the people, their mails and the old written list.

    Names of those who took care of practical things go too, and addresses left for a reminder.
    """
    Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
    invitees = Invitee.objects.filter(appraisal=appraisal)
    _keep_counts(appraisal)
    for token in invitees.values_list("token", flat=True):
        close_link(token)
    forget_mails(appraisal)
    erased = invitees.count()
    invitees.delete()
    erased += _old_lists().filter(appraisal=appraisal).update(text="")
    erased += _carriers().filter(appraisal=appraisal).update(carrier="")
    replies = _reminders().filter(meeting__appraisal=appraisal)
    return erased + replies.update(email="", sent_from="")


def _keep_counts(appraisal: Appraisal) -> None:
    """Added to what an earlier erasing kept: a second meeting may have had a list of its own."""
    rows = (
        Invitee.objects.filter(appraisal=appraisal)
        .order_by()
        .values("sector", "answer")
        .annotate(invited=Count("pk"), people=Sum("companions"))
    )
    for row in rows:
        kept, _ = InviteeCount.objects.get_or_create(
            appraisal=appraisal,
            sector_id=row["sector"],
            answer=row["answer"],
            defaults={"invited": 0},
        )
        kept.invited += row["invited"]
        kept.companions += row["people"]
        kept.save(update_fields=["invited", "companions"])
