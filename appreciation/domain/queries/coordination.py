"""What the coordination looks at first: where démarches are, and what waits for her."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from appreciation.enums import AppraisalState, Phase
from appreciation.models import Action, Appraisal, Meeting, Publication
from cms.models import SiteSettings
from core.dates import start_of_day

if TYPE_CHECKING:
    from accounts.models import User

ELSEWHERE = "Autres communautés"


@dataclass(frozen=True)
class PipelineRow:
    """One territory: how many active démarches stand at each phase, in their order."""

    territory: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


def coordinated_appraisals(user: User) -> QuerySet[Appraisal]:
    """Those of the places she coordinates, not those where she is only in the team."""
    current = Appraisal.objects.filter(is_historical=False).select_related("place__parent__parent")
    return current if user.is_superuser else current.filter(place__in=user.coordinated_places())


def pipeline(appraisals: list[Appraisal]) -> list[PipelineRow]:
    """Territories by name, then the whole when there are several."""
    active = [one for one in appraisals if one.state == AppraisalState.ACTIVE]
    found = Counter((_territory(one), one.phase) for one in active)
    names = sorted({name for name, _ in found}, key=str.casefold)
    rows = [PipelineRow(name, tuple(found[name, phase] for phase in Phase)) for name in names]
    if len(rows) > 1:
        whole = Counter(one.phase for one in active)
        rows.append(PipelineRow("Ensemble", tuple(whole[phase] for phase in Phase)))
    return rows


def _territory(appraisal: Appraisal) -> str:
    territory = appraisal.place.territory
    return territory.name if territory else ELSEWHERE


@dataclass(frozen=True)
class Unfinished:
    appraisal: Appraisal
    without_report: bool
    without_priority: bool


def unfinished(user: User) -> list[Unfinished]:
    """Active démarches whose meeting is behind them: report not adopted, or no priority chosen."""
    met = coordinated_appraisals(user).filter(
        state=AppraisalState.ACTIVE, meeting_done_at__isnull=False
    )
    chosen = Action.objects.filter(appraisal=OuterRef("pk"))
    rows = met.annotate(has_priority=Exists(chosen)).order_by("meeting_done_at", "pk")
    found = [
        Unfinished(
            row,
            without_report=row.adopted_on is None,
            without_priority=row.restitution_done_at is not None and not row.has_priority,
        )
        for row in rows
    ]
    return [one for one in found if one.without_report or one.without_priority]


@dataclass(frozen=True)
class YearlyTarget:
    """`wanted` of the region for the calendar year, `reached` counted by itself."""

    label: str
    wanted: int
    reached: int

    @property
    def left(self) -> int:
        return max(self.wanted - self.reached, 0)


def yearly_targets(user: User, today: dt.date) -> list[YearlyTarget]:
    """Those that the settings follow (not 0). Rehearsals and past démarches count for nothing.

    Nor does a new one that was called off: the plan counts those that are carried out (2.3.3).
    """
    chosen = SiteSettings.objects.first() or SiteSettings()
    start = start_of_day(today.replace(month=1, day=1))
    mine = coordinated_appraisals(user).values("pk")
    wanted = (
        (
            "Nouvelles démarches",
            chosen.yearly_new_appraisals,
            coordinated_appraisals(user)
            .filter(created_at__gte=start)
            .exclude(state=AppraisalState.CANCELLED),
        ),
        (
            "Rencontres tenues",
            chosen.yearly_meetings,
            Meeting.objects.filter(appraisal__in=mine, closed_at__gte=start),
        ),
        (
            "Démarches publiées",
            chosen.yearly_publications,
            Publication.objects.filter(
                appraisal__in=mine, number=1, published_at__gte=start, withdrawn_at=None
            ),
        ),
    )
    return [YearlyTarget(label, number, rows.count()) for label, number, rows in wanted if number]
