"""Giving the report back: open to participants for thirty days, without account (DESIGN.md §5)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone

from appreciation.domain.joining import code_candidates
from appreciation.domain.journal import log_gesture
from appreciation.domain.phase_records import check_version, lock_to_write
from appreciation.domain.report import Report, assemble_report
from appreciation.enums import AppraisalState, MeetingKind, MeetingState, PublicationLevel
from appreciation.models import Appraisal, Meeting, Publication, Restitution
from core.dates import start_of_day
from core.errors import DomainError
from core.typography import fr_date

if TYPE_CHECKING:
    from accounts.models import User

DAYS_OPEN = 30
LONGEST_PLACES = 300
MOST_COPIES = 5000
OPENED, CLOSED_EARLY = "restitution_opened", "restitution_closed"

LEVEL_READ: dict[str, PublicationLevel] = {
    PublicationLevel.REGION: PublicationLevel.SUMMARY,
    PublicationLevel.SUMMARY: PublicationLevel.SUMMARY,
    PublicationLevel.FULL: PublicationLevel.FULL,
}
"""What the page shows by the level announced: never more than was said, and whoever has the code
is not « the teams of the region ». Nothing leaves a private démarche."""


class RestitutionWindow(NamedTuple):
    """From `opens` to `closes` (excluded); both None while it was never opened."""

    opens: dt.datetime | None
    closes: dt.datetime | None

    def is_open(self, now: dt.datetime) -> bool:
        return (
            self.opens is not None and self.closes is not None and self.opens <= now < self.closes
        )

    def is_over(self, now: dt.datetime) -> bool:
        return self.closes is not None and self.closes <= now

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which the page is read: the date said on it."""
        if self.closes is None:
            return None
        return timezone.localdate(self.closes - dt.timedelta(microseconds=1))


NEVER_OPENED = RestitutionWindow(None, None)


def restitution_window(appraisal: Appraisal) -> RestitutionWindow:
    """When participants may read the draft and correct it. Contacts are kept until it closes."""
    row = Restitution.objects.filter(appraisal=appraisal).first()
    return window_of(row)


def window_of(restitution: Restitution | None) -> RestitutionWindow:
    if restitution is None or restitution.opened_at is None:
        return NEVER_OPENED
    return RestitutionWindow(restitution.opened_at, restitution.closes_at)


def missing_to_open(appraisal: Appraisal) -> list[str]:
    """What keeps the report from participants, as French imperatives; empty when nothing does.

    Entry is finished first: a figure that moves by one answer between two readings would tell it.
    """
    if appraisal.announced_level not in LEVEL_READ:
        return [
            "Le niveau annoncé aux participants est « privé »: rien ne se lit en ligne. "
            "Restituez de vive voix, ou sur papier dans la salle."
        ]
    missing = []
    if appraisal.state == AppraisalState.CANCELLED:
        missing.append("Cette démarche est annulée: ranimez-la d’abord.")
    if appraisal.meeting_done_at is None:
        missing.append("Terminez d’abord l’étape « Tenir la rencontre ».")
    held = appraisal.meetings.filter(kind=MeetingKind.APPRAISAL).exclude(state=MeetingState.PLANNED)
    states = set(held.values_list("state", flat=True))
    if not states:
        missing.append("Tenez d’abord une rencontre d’appréciation: son code ouvre la page.")
    elif states != {MeetingState.ENTRY_DONE}:
        missing.append("Déclarez d’abord la saisie terminée, à la console de la rencontre.")
    return missing


def open_restitution(
    *, appraisal: Appraisal, user: User, now: dt.datetime | None = None
) -> Restitution:
    """Open the report to participants, from now to the end of the thirtieth day after today.

    Already open: nothing moves, so that a second click gives no more time. Once over, it may be
    opened again for thirty days.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock_to_write(appraisal, user)
        row, _ = Restitution.objects.get_or_create(appraisal=locked)
        if window_of(row).is_open(now):
            return row
        if missing := missing_to_open(locked):
            raise DomainError("\n".join(missing))
        row.opened_at, row.closes_at = now, _end_of_window(now)
        row.save(update_fields=["opened_at", "closes_at"])
        if last_day := window_of(row).last_day:
            log_gesture(locked, OPENED, user, f"Jusqu’au {fr_date(last_day)}.")
        return row


def close_restitution(
    *, appraisal: Appraisal, user: User, reason: str, now: dt.datetime | None = None
) -> Restitution:
    """Close it before its time, with a sentence. Already closed: nothing happens."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock_to_write(appraisal, user)
        row, _ = Restitution.objects.get_or_create(appraisal=locked)
        if not window_of(row).is_open(now):
            return row
        reason = reason.strip()
        if not reason:
            message = "Dites en une phrase pourquoi vous la fermez avant la date."
            raise DomainError(message, fields={"reason": message})
        row.closes_at = now
        row.save(update_fields=["closes_at"])
        log_gesture(locked, CLOSED_EARLY, user, reason)
        return row


def save_paper_copies(
    *, appraisal: Appraisal, user: User, version: int, copies: int, places: str
) -> Restitution:
    """How many paper copies were handed out, and where. An older form is refused."""
    places = places.strip()
    if copies > 0 and not places:
        message = "Dites où elles ont été remises: au bureau municipal, à l’épicerie…"
        raise DomainError(message, fields={"places": message})
    with transaction.atomic():
        locked = lock_to_write(appraisal, user)
        row, _ = Restitution.objects.get_or_create(appraisal=locked)
        if (row.paper_copies, row.paper_places) == (copies, places):
            return row
        check_version(row.version, version, theirs=f"{row.paper_copies} copies, {row.paper_places}")
        row.paper_copies, row.paper_places = copies, places
        row.version += 1
        row.save(update_fields=["paper_copies", "paper_places", "version"])
        return row


def public_evening(appraisal: Appraisal, now: dt.datetime) -> Meeting | None:
    """The next evening where the report is presented to everybody; None once it is behind."""
    to_come = appraisal.meetings.filter(
        kind=MeetingKind.RESTITUTION, state=MeetingState.PLANNED, starts_at__gte=now
    )
    return to_come.order_by("starts_at", "pk").first()


def find_restitution(typed: str) -> Meeting | None:
    """The held meeting of this code whose report was once opened, over or not. One query.

    None alike for an unknown code, a meeting to come and a report never opened.
    """
    found = Meeting.objects.filter(
        join_code__in=code_candidates(typed) or ("",),
        kind=MeetingKind.APPRAISAL,
        opened_at__isnull=False,
        appraisal__restitution__opened_at__isnull=False,
    ).exclude(appraisal__state=AppraisalState.CANCELLED)
    related = ("appraisal__place__parent__parent", "appraisal__instrument")
    meetings = list(found.select_related("appraisal__restitution", *related)[:2])
    return meetings[0] if len(meetings) == 1 else None


def report_is_awaited(typed: str) -> bool:
    """Whether this code is printed on sheets and its report will be read online, but not yet.

    Only a meeting that opened, not a private démarche: it says that the code is good, no more.
    """
    return (
        Meeting.objects.filter(
            join_code__in=code_candidates(typed) or ("",),
            kind=MeetingKind.APPRAISAL,
            appraisal__announced_level__in=LEVEL_READ,
            appraisal__restitution__opened_at__isnull=True,
        )
        .exclude(state=MeetingState.PLANNED)
        .exclude(appraisal__state=AppraisalState.CANCELLED)
        .exists()
    )


def public_page_url(appraisal: Appraisal) -> str:
    """Where everyone may read what was published of it; empty when nothing is public."""
    listed = Publication.objects.listed().light().filter(appraisal=appraisal)
    publication = listed.select_related("appraisal__page").first()
    return publication.appraisal.page.url or "" if publication else ""


def report_for_participants(appraisal: Appraisal) -> Report:
    """The draft as it stands, at the level announced: what the outside may see (k, final round)."""
    return assemble_report(appraisal, level=LEVEL_READ[appraisal.announced_level])


def _end_of_window(now: dt.datetime) -> dt.datetime:
    return start_of_day(timezone.localdate(now) + dt.timedelta(days=DAYS_OPEN + 1))
