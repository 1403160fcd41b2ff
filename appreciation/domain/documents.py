"""Who reads a private document of a démarche: those who may open the démarche, nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from appreciation.models import Appraisal

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
