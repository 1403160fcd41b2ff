"""Who reads a private document of a démarche: those who may open the démarche, nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from appreciation.models import AdoptedVersion, Appraisal, Outcome, PhaseRecord

if TYPE_CHECKING:
    from accounts.models import User
    from cms.models import SiteDocument


def may_read_document(user: User, document: SiteDocument) -> bool:
    """Registered with `cms.document_access`: portrait, minutes of adoption, historical report,
    evidence of an outcome, version that the committee adopted."""
    return (
        Appraisal.objects.visible_to(user)
        .filter(
            Q(phase_records__document=document)
            | Q(adoption_evidence=document)
            | Q(historical_report=document)
            | Q(outcomes__evidence_document=document)
            | Q(adopted_versions__document=document)
        )
        .exists()
    )


def _evidence_of_adoption() -> QuerySet:
    return Appraisal.objects.exclude(adoption_evidence=None).values("adoption_evidence")


def _historical_reports() -> QuerySet:
    return Appraisal.objects.exclude(historical_report=None).values("historical_report")


def _documents_of_phases() -> QuerySet:
    return PhaseRecord.objects.exclude(document=None).values("document")


def _evidence_of_outcomes() -> QuerySet:
    return Outcome.objects.exclude(evidence_document=None).values("evidence_document")


def _adopted_versions() -> QuerySet:
    return AdoptedVersion.objects.values("document")


HOLDERS = (
    _evidence_of_adoption,
    _historical_reports,
    _documents_of_phases,
    _evidence_of_outcomes,
    _adopted_versions,
)
"""Registered with `cms.document_access`: where the documents of `may_read_document` hang."""
