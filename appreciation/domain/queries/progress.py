"""How far a démarche is, read from the database: one query, or columns of a list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Value
from django.db.models.functions import Coalesce

from appreciation.enums import MeetingKind, Phase
from appreciation.models import (
    Action,
    AgreedRating,
    Appraisal,
    Correction,
    Finding,
    HandCount,
    Invitee,
    InviteeCount,
    Meeting,
    PhaseRecord,
    PortraitFigure,
    Publication,
    RatingCount,
)


@dataclass(frozen=True)
class Progress:
    """The facts that decide what is missing and what comes next."""

    has_portrait: bool = False
    has_invited: bool = False
    has_rating: bool = False
    has_finding: bool = False
    has_action: bool = False
    is_published: bool = False
    meeting_reference: str = ""
    meeting_state: str = ""
    meeting_starts_at: dt.datetime | None = None
    waiting_corrections: int = 0
    restitution_opens_at: dt.datetime | None = None
    restitution_closes_at: dt.datetime | None = None


def with_progress(queryset: QuerySet[Appraisal]) -> QuerySet[Appraisal]:
    """Add one `progress_*` column per fact, so that a list costs no query per row."""
    return queryset.annotate(**_columns())


def progress_from(row: Appraisal) -> Progress:
    """The facts of a row that went through `with_progress`."""
    return Progress(**{name: getattr(row, f"progress_{name}") for name in _FACTS})


def progress_of(appraisal: Appraisal) -> Progress:
    """The facts of one démarche, in one query."""
    row = with_progress(Appraisal.objects.filter(pk=appraisal.pk)).get()
    return progress_from(row)


_FACTS = tuple(Progress.__dataclass_fields__)


def _count(rows: QuerySet) -> QuerySet:
    """How many rows of each démarche, as a column of one."""
    return rows.order_by().values("appraisal").annotate(many=Count("pk")).values("many")


def _columns() -> dict[str, Any]:
    here = OuterRef("pk")
    meetings = Meeting.objects.filter(appraisal=here, kind=MeetingKind.APPRAISAL).order_by(
        F("starts_at").desc(nulls_last=True), "-pk"
    )
    records = PhaseRecord.objects.filter(appraisal=here)
    waiting = Correction.objects.waiting().filter(appraisal=here)
    written = ~Q(text="") | Q(document__isnull=False)
    return {
        "progress_has_portrait": Exists(records.filter(written, phase=Phase.PORTRAIT))
        | Exists(PortraitFigure.objects.filter(appraisal=here)),
        "progress_has_invited": Exists(Invitee.objects.filter(appraisal=here))
        | Exists(InviteeCount.objects.filter(appraisal=here))
        | Exists(records.filter(written, phase=Phase.CONVENING)),
        "progress_has_rating": Exists(
            RatingCount.objects.filter(meeting__appraisal=here, count__gt=0)
        )
        | Exists(HandCount.objects.filter(meeting__appraisal=here, count__gt=0))
        | Exists(AgreedRating.objects.filter(meeting__appraisal=here, level__isnull=False)),
        "progress_has_finding": Exists(Finding.objects.filter(appraisal=here)),
        "progress_has_action": Exists(Action.objects.filter(appraisal=here)),
        "progress_is_published": Exists(Publication.objects.current().filter(appraisal=here)),
        "progress_meeting_reference": Coalesce(
            Subquery(meetings.values("reference")[:1]), Value("")
        ),
        "progress_meeting_state": Coalesce(Subquery(meetings.values("state")[:1]), Value("")),
        "progress_meeting_starts_at": Subquery(meetings.values("starts_at")[:1]),
        "progress_waiting_corrections": Coalesce(Subquery(_count(waiting)), Value(0)),
        "progress_restitution_opens_at": F("restitution__opened_at"),
        "progress_restitution_closes_at": F("restitution__closes_at"),
    }
