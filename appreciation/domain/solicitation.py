"""What the people of a territory were asked in the last 24 months (DOMAIN.md §3.1, point 6).

Concertation multiplies until it tires what it was to promote: the team looks before inviting.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from appreciation.domain.phase_records import lock_to_write
from appreciation.enums import AppraisalState
from appreciation.models import Appraisal, OtherConsultation, Publication
from core.dates import start_of_day
from core.errors import DomainError
from reference.models import Place

if TYPE_CHECKING:
    from accounts.models import User

MONTHS_LOOKED_AT = 24
SEVERAL = 2
MOST_CONSULTATIONS = 30


@dataclass(frozen=True)
class OtherAppraisal:
    """As much of another démarche as this person may know."""

    title: str
    place: str
    year: int


@dataclass(frozen=True)
class Solicitation:
    appraisals: tuple[OtherAppraisal, ...]
    consultations: tuple[OtherConsultation, ...]
    since: dt.date

    @property
    def recent(self) -> list[OtherConsultation]:
        """Those of the last 24 months; older ones stay in the list without being counted."""
        return [one for one in self.consultations if one.month >= self.since]

    @property
    def count(self) -> int:
        return len(self.appraisals) + len(self.recent)

    @property
    def sentence(self) -> str:
        """Never a reproach: what to do with it."""
        if self.count >= SEVERAL:
            return (
                f"Depuis {MONTHS_LOOKED_AT} mois, les gens d’ici ont été sollicités {self.count} "
                "fois. Reprenez d’abord ce qu’ils ont déjà dit, et dites-leur ce que cette "
                "rencontre apporte de plus."
            )
        if self.count:
            return (
                f"Une autre occasion de se prononcer depuis {MONTHS_LOOKED_AT} mois: lisez ce "
                "qui y a été dit avant d’inviter."
            )
        return (
            f"Rien d’inscrit depuis {MONTHS_LOOKED_AT} mois. Demandez autour de vous: une "
            "politique, un sondage, un autre comité?"
        )


def solicitation_of(appraisal: Appraisal, user: User, *, today: dt.date) -> Solicitation:
    """Other démarches of the territory that this person may know, and what the team typed."""
    since = _months_before(today, MONTHS_LOOKED_AT)
    return Solicitation(
        appraisals=tuple(_others(appraisal, user, since)),
        consultations=tuple(appraisal.other_consultations.all()),
        since=since,
    )


def add_consultation(
    *,
    appraisal: Appraisal,
    user: User,
    title: str,
    organizer: str,
    month: dt.date,
    asked: str,
    today: dt.date,
) -> OtherConsultation:
    """Put one more in the list. Sent twice, it is there once."""
    if month > today:
        message = "Elle n’a pas encore eu lieu: choisissez un mois passé."
        raise DomainError(message, fields={"month": message})
    locked = lock_to_write(appraisal, user)
    if locked.other_consultations.count() >= MOST_CONSULTATIONS:
        raise DomainError("La liste est déjà longue: retirez d’abord ce qui ne sert plus.")
    consultation, _ = OtherConsultation.objects.get_or_create(
        appraisal=locked,
        title=title.strip(),
        organizer=organizer.strip(),
        month=month.replace(day=1),
        defaults={"asked": asked.strip(), "added_by": user},
    )
    return consultation


def remove_consultation(*, appraisal: Appraisal, user: User, pk: int) -> None:
    """Take one out of the list; already gone, nothing happens."""
    locked = lock_to_write(appraisal, user)
    locked.other_consultations.filter(pk=pk).delete()


def _others(appraisal: Appraisal, user: User, since: dt.date) -> list[OtherAppraisal]:
    limit = start_of_day(since)
    public = Publication.objects.listed().filter(appraisal=OuterRef("pk"))
    territory = appraisal.place.territory or appraisal.place
    rows = (
        Appraisal.objects.filter(place__in=Place.objects.within(territory))
        .filter(
            Q(is_historical=False, created_at__gte=limit)
            | Q(meeting_done_at__gte=limit)
            | Q(historical_year__gt=since.year)
        )
        .filter(Q(Exists(public)) | Q(pk__in=Appraisal.objects.visible_to(user).values("pk")))
        .exclude(pk=appraisal.pk)
        .exclude(state=AppraisalState.CANCELLED)
        .select_related("place")
        .order_by("-created_at", "-pk")
    )
    return [OtherAppraisal(_title(row), str(row.place), _year(row)) for row in rows]


def _title(row: Appraisal) -> str:
    return row.historical_title or "Démarche d’appréciation"


def _year(row: Appraisal) -> int:
    moment = timezone.localtime(row.meeting_done_at or row.created_at)
    return row.historical_year or moment.year


def _months_before(day: dt.date, months: int) -> dt.date:
    """The first day of the month that many months earlier."""
    count = day.year * 12 + day.month - 1 - months
    return dt.date(count // 12, count % 12 + 1, 1)
