"""What others did about the challenges of a démarche: sheets of the catalogue, never a verdict.

Suggested afresh each time, from live sheets: a sheet that is corrected is shown corrected, one that
leaves the catalogue leaves here too (decision 16). What the team set aside stays aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from appreciation.domain.practice_origins import linked_sheets
from appreciation.domain.team import can_edit
from appreciation.enums import FindingKind
from appreciation.models import Appraisal, PracticeSetAside, Publication
from core.errors import DomainError
from pratiques.domain.milieus import milieu_kind_of
from pratiques.domain.queries.suggested import SheetsAround, sheets_around
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
    if not found:
        return ()
    return _around(appraisal, found, issues, milieu_kind_of(appraisal.place)).suggested


def practices_beside(edition: Publication, report: Report | None) -> SheetsAround:
    """For everyone: from what was published, nothing else; today's sheets, not those of that day.

    Nothing is suggested for a démarche whose team said that none suits, or for a historical one;
    sheets tied to the démarche are named all the same.
    """
    is_asked = report is not None and not edition.appraisal.practices_declined_at
    challenges = report.challenges if report is not None and is_asked else ()
    found = [Challenge(each.text, each.dimension) for each in challenges]
    issues = edition.issues.all() if edition.pk and found else Issue.objects.none()
    kind = edition.entry.get("milieu_kind", "")
    return _around(edition.appraisal, found, issues, kind, linked=linked_sheets(edition.appraisal))


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


def _around(
    appraisal: Appraisal,
    challenges: list[Challenge],
    issues: QuerySet[Issue],
    kind: str,
    *,
    linked: QuerySet | None = None,
) -> SheetsAround:
    return sheets_around(
        Situation(tuple(challenges), size=size_of(appraisal.place.population), kind=kind),
        issues=issues,
        without=PracticeSetAside.objects.filter(appraisal=appraisal).values("practice"),
        linked=linked,
        with_demo=appraisal.is_demo,
    )


def _check_right(appraisal: Appraisal, user: User) -> None:
    if not can_edit(appraisal, user):
        raise DomainError(NOT_YOURS)
