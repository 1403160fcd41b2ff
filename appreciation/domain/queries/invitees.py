"""Who is on the list, sector by sector: how many were invited, how many come, who is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from appreciation.enums import InviteeAnswer
from appreciation.models import Appraisal, Invitee, InviteeCount
from core.typography import NBSP
from reference.models import Sector

FEWEST, MOST = 12, 20
"""Invited so that eight to fifteen people come (DOMAIN.md §1.3)."""
CATCH_ALL = "other"
"""The sector that nobody looks for: its silence means nothing."""


@dataclass(frozen=True)
class SectorLine:
    """`companions` come with those who said yes."""

    sector: Sector
    invited: int = 0
    yes: int = 0
    maybe: int = 0
    no: int = 0
    companions: int = 0

    @property
    def silent(self) -> int:
        return self.invited - self.yes - self.maybe - self.no

    @property
    def coming(self) -> int:
        return self.yes + self.companions

    @property
    def yes_seats(self) -> range:
        return range(self.yes)

    @property
    def other_seats(self) -> range:
        return range(self.invited - self.yes)


@dataclass(frozen=True)
class Gathering:
    """The whole list. `is_erased`: names are gone, these counts are what was kept."""

    lines: tuple[SectorLine, ...]
    is_erased: bool

    @property
    def invited(self) -> int:
        return sum(line.invited for line in self.lines)

    @property
    def coming(self) -> int:
        return sum(line.coming for line in self.lines)

    @property
    def maybe(self) -> int:
        return sum(line.maybe for line in self.lines)

    @property
    def missing(self) -> list[str]:
        """Sectors from which nobody is invited yet."""
        return [
            line.sector.name
            for line in self.lines
            if not line.invited and line.sector.code != CATCH_ALL
        ]

    @property
    def count_sentence(self) -> str:
        """How many, and what it takes to have eight to fifteen people in the hall."""
        if not self.invited:
            return "Personne n’est encore sur la liste."
        said = f"{_invitations(self.invited)}, {_coming(self.coming)}."
        if self.invited < FEWEST:
            return f"{said} Encore {FEWEST - self.invited} pour atteindre {FEWEST}."
        if self.invited > MOST:
            return f"{said} C’est plus de {MOST}{NBSP}: prévoyez des tables et quelqu’un à chacune."
        return f"{said} De {FEWEST} à {MOST} invitations donnent de 8 à 15 personnes présentes."

    @property
    def missing_sentence(self) -> str:
        if not self.missing:
            return "Chaque secteur a quelqu’un sur la liste."
        where = "ces secteurs" if len(self.missing) > 1 else "ce secteur"
        return f"Personne n’est encore invité dans {where}{NBSP}: {'; '.join(self.missing)}."


def gathering(appraisal: Appraisal) -> Gathering:
    """The list in numbers. Three queries, whatever its length."""
    counts = _counts(Invitee.objects.filter(appraisal=appraisal), Count("pk"))
    erased = _counts(InviteeCount.objects.filter(appraisal=appraisal), Sum("invited"))
    shown = counts or erased
    lines = tuple(_line(sector, shown) for sector in Sector.objects.all())
    used = tuple(line for line in lines if line.sector.is_active or line.invited)
    return Gathering(used, is_erased=bool(erased) and not counts)


def _counts(queryset: QuerySet, invited) -> Mapping[tuple[int, str], tuple[int, int]]:
    rows = (
        queryset.order_by()
        .values_list("sector_id", "answer")
        .annotate(people=invited, more=Sum("companions"))
    )
    return {(sector, answer): (people, more) for sector, answer, people, more in rows}


def _line(sector: Sector, counts: Mapping[tuple[int, str], tuple[int, int]]) -> SectorLine:
    def people(answer: str) -> int:
        return counts.get((sector.pk, answer), (0, 0))[0]

    return SectorLine(
        sector=sector,
        invited=sum(people(answer) for answer in InviteeAnswer),
        yes=people(InviteeAnswer.YES),
        maybe=people(InviteeAnswer.MAYBE),
        no=people(InviteeAnswer.NO),
        companions=counts.get((sector.pk, InviteeAnswer.YES), (0, 0))[1],
    )


def _invitations(number: int) -> str:
    return "1 invitation" if number == 1 else f"{number} invitations"


def _coming(number: int) -> str:
    if not number:
        return "personne n’a encore dit oui"
    return "1 personne vient" if number == 1 else f"{number} personnes viennent"
