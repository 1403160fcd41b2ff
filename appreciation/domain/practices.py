"""What others did about the challenges of a démarche: sheets of the catalogue, never a verdict.

Suggested afresh each time, from live sheets: a sheet that is corrected is shown corrected, one that
leaves the catalogue leaves here too (decision 15). What the team set aside stays aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from appreciation.domain.team import can_edit
from appreciation.enums import FindingKind
from appreciation.models import Appraisal, PracticeSetAside, Publication
from core.errors import DomainError
from pratiques.domain.milieus import milieu_kind_of
from pratiques.domain.queries.suggested import suggested_practices
from pratiques.domain.suggestions import Challenge, Situation, SuggestedPractice, size_of
from reference.models import Issue

if TYPE_CHECKING:
    from accounts.models import User
    from appreciation.domain.report.nouns import Report
    from pratiques.models import PracticePage

NOT_YOURS = "Seule l’équipe d’animation choisit parmi les pratiques proposées."


def practices_for(appraisal: Appraisal) -> tuple[SuggestedPractice, ...]:
    """For the team: from the challenges written down, and the issues of the edition in force.

    None when the team said that none suits.
    """
    if appraisal.practices_declined_at:
        return ()
    challenges = appraisal.findings.filter(kind=FindingKind.CHALLENGE).select_related("dimension")
    found = [
        Challenge(each.text, each.dimension.name if each.dimension else "") for each in challenges
    ]
    issues = Issue.objects.filter(pk__in=appraisal.publications.current().values("issues"))
    kind = milieu_kind_of(appraisal.place) if found else ""
    return _suggest(appraisal, found, issues, kind)


def practices_beside(edition: Publication, report: Report) -> tuple[SuggestedPractice, ...]:
    """For everyone: from what was published, nothing else; today's sheets, not those of that day.

    None for a démarche whose team said that none suits.
    """
    if edition.appraisal.practices_declined_at:
        return ()
    found = [Challenge(each.text, each.dimension) for each in report.challenges]
    issues = edition.issues.all() if edition.pk else Issue.objects.none()
    return _suggest(edition.appraisal, found, issues, edition.entry.get("milieu_kind", ""))


@transaction.atomic
def set_practice_aside(*, appraisal: Appraisal, practice: PracticePage, user: User) -> None:
    """This one does not suit: the next nearest takes its place. Twice is once."""
    _check_right(appraisal, user)
    PracticeSetAside.objects.get_or_create(appraisal=appraisal, practice=practice)


@transaction.atomic
def decline_practices(*, appraisal: Appraisal, user: User) -> None:
    """« Aucune ne convient »: results, report and register suggest nothing any more."""
    _check_right(appraisal, user)
    if appraisal.practices_declined_at is None:
        appraisal.practices_declined_at = timezone.now()
        appraisal.save(update_fields=["practices_declined_at"])


@transaction.atomic
def suggest_practices_again(*, appraisal: Appraisal, user: User) -> None:
    """As if nothing had been set aside."""
    _check_right(appraisal, user)
    PracticeSetAside.objects.filter(appraisal=appraisal).delete()
    appraisal.practices_declined_at = None
    appraisal.save(update_fields=["practices_declined_at"])


def _suggest(
    appraisal: Appraisal, challenges: list[Challenge], issues: QuerySet[Issue], kind: str
) -> tuple[SuggestedPractice, ...]:
    if not challenges:
        return ()
    situation = Situation(
        challenges=tuple(challenges), size=size_of(appraisal.place.population), kind=kind
    )
    aside = PracticeSetAside.objects.filter(appraisal=appraisal).values("practice")
    return suggested_practices(situation, issues=issues, without=aside, with_demo=appraisal.is_demo)


def _check_right(appraisal: Appraisal, user: User) -> None:
    if not can_edit(appraisal, user):
        raise DomainError(NOT_YOURS)
