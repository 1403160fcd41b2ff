"""What the invitation says: when, where, for how many, open to all or not, and what is offered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from appreciation.domain.first_nations import is_first_nation
from appreciation.domain.meeting_plan import plan_meeting, planned_meeting
from appreciation.domain.phase_records import lock_to_write
from appreciation.enums import Pace
from appreciation.models import Appraisal, Meeting, PracticalItem
from core.errors import ConcurrentEditError, DomainError

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Practical:
    """One line of the practical list, as it is written."""

    kind: str
    detail: str = ""
    carrier: str = ""


@dataclass(frozen=True)
class InvitationPlan:
    """All that the screen writes at once. Without `starts_at` no meeting is planned yet."""

    starts_at: dt.datetime | None
    venue: str
    capacity: int | None
    is_open_to_all: bool
    practicals: tuple[Practical, ...]


def stored_plan(appraisal: Appraisal, meeting: Meeting | None) -> InvitationPlan:
    return InvitationPlan(
        starts_at=meeting.starts_at if meeting else None,
        venue=meeting.venue if meeting else "",
        capacity=meeting.capacity if meeting else None,
        is_open_to_all=meeting.is_open_to_all if meeting else False,
        practicals=tuple(
            Practical(row.kind, row.detail, row.carrier) for row in appraisal.practicals.all()
        ),
    )


@transaction.atomic
def save_invitation(
    *, appraisal: Appraisal, user: User, seen: InvitationPlan, wanted: InvitationPlan
) -> None:
    """Write the plan; `seen` is the one that the screen showed.

    Refused when somebody else wrote meanwhile, unless both wrote the same. A date needs a venue.
    """
    locked = lock_to_write(appraisal, user)
    meeting = planned_meeting(locked)
    stored = stored_plan(locked, meeting)
    if stored == wanted:
        return
    if stored != seen:
        raise ConcurrentEditError(
            "Quelqu’un a enregistré cette page pendant que vous écriviez.", theirs=stored.venue
        )
    if wanted.starts_at is not None:
        _plan(locked, user, meeting, wanted)
    _write_practicals(locked, wanted.practicals)


def _plan(
    appraisal: Appraisal, user: User, meeting: Meeting | None, wanted: InvitationPlan
) -> None:
    waits_for_council = appraisal.council_agreed_on is None and is_first_nation(appraisal.place)
    if wanted.is_open_to_all and waits_for_council:
        message = "Inscrivez d’abord l’accord du conseil: rien n’est public avant."
        raise DomainError(message, fields={"is_open_to_all": message})
    planned = plan_meeting(
        appraisal=appraisal,
        user=user,
        version=meeting.revision if meeting else 0,
        starts_at=wanted.starts_at,
        venue=wanted.venue,
        pace=meeting.pace if meeting else Pace.GUIDED,
        asks_sector=meeting.asks_sector if meeting else False,
    )
    Meeting.objects.filter(pk=planned.pk).update(
        capacity=wanted.capacity, is_open_to_all=wanted.is_open_to_all
    )


def _write_practicals(appraisal: Appraisal, practicals: tuple[Practical, ...]) -> None:
    PracticalItem.objects.filter(appraisal=appraisal).delete()
    PracticalItem.objects.bulk_create(
        PracticalItem(appraisal=appraisal, kind=row.kind, detail=row.detail, carrier=row.carrier)
        for row in practicals
    )
