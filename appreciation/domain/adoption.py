"""Adoption: the people of the place make the report theirs before anything is published."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from appreciation.domain.first_nations import is_first_nation
from appreciation.domain.journal import log_gesture
from appreciation.domain.team import can_steer
from appreciation.models import Appraisal
from cms.stored_documents import forget_unheld, store_document
from core.errors import DomainError
from core.typography import fr_date, fr_typo

if TYPE_CHECKING:
    from accounts.models import User
    from cms.models import SiteDocument

MAX_ADOPTER = 200
MAX_EVIDENCE_BYTES = 15 * 1024 * 1024
EVIDENCE_STARTS = {
    ".pdf": (b"%PDF-",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
}
"""A file is what its first bytes say; nothing else is taken."""


WRITTEN = ("adopted_by", "adopted_on", "adoption_evidence", "council_agreed_on")


@transaction.atomic
def record_adoption(
    *,
    appraisal: Appraisal,
    user: User,
    adopted_by: str,
    adopted_on: dt.date,
    evidence: File | None = None,
    council_agreed_on: dt.date | None = None,
) -> Appraisal:
    """Record « adopté par … le … », with the minutes or a photo kept as a private document.

    By the lead or the coordination, once the meeting is behind. It can be recorded again (another
    body, a better proof: it replaces the former); what is already published does not move. For a
    First Nations community, the day its council agreed to a publication is recorded here too
    (DESIGN.md §7).
    """
    locked = (
        Appraisal.objects.select_for_update(of=("self",))
        .select_related("place")
        .get(pk=appraisal.pk)
    )
    if not can_steer(locked, user):
        raise DomainError("Seule la personne responsable de la démarche inscrit l’adoption.")
    adopted_by = fr_typo(" ".join(adopted_by.split()))
    _check(locked, adopted_by, adopted_on, council_agreed_on)
    former = locked.adoption_evidence
    if evidence is not None:
        name, title = f"adoption-{locked.reference.lower()}", f"Adoption du rapport, {locked}"
        locked.adoption_evidence = evidence_document(evidence, name, title, user, former=former)
    locked.adopted_by, locked.adopted_on = adopted_by, adopted_on
    if is_first_nation(locked.place):
        locked.council_agreed_on = council_agreed_on
    locked.save(update_fields=[*WRITTEN, "updated_at"])
    if former != locked.adoption_evidence:
        forget_unheld(former)
    said = f"Adopté par {adopted_by} le {fr_date(adopted_on)}."
    log_gesture(locked, "adoption_recorded", user, said)
    return locked


def _check(
    appraisal: Appraisal,
    adopted_by: str,
    adopted_on: dt.date,
    council_agreed_on: dt.date | None,
) -> None:
    if appraisal.meeting_done_at is None:
        raise DomainError(
            "Un rapport s’adopte après la rencontre: terminez d’abord « Tenir la rencontre »."
        )
    if not adopted_by or len(adopted_by) > MAX_ADOPTER:
        message = "Dites qui a adopté le rapport: un comité, un conseil, une assemblée."
        raise DomainError(message, fields={"adopted_by": message})
    for name, day in (("adopted_on", adopted_on), ("council_agreed_on", council_agreed_on)):
        if day is not None and day > timezone.localdate():
            message = "Cette date n’est pas encore passée."
            raise DomainError(message, fields={name: message})


def evidence_document(
    evidence: File, name: str, title: str, user: User, *, former: SiteDocument | None = None
) -> SiteDocument:
    """A PDF or a photo, kept private. `name` has no extension; refused on the field `evidence`."""
    content = evidence.read(MAX_EVIDENCE_BYTES + 1)
    extension = PurePath(evidence.name or "").suffix.lower()
    if len(content) > MAX_EVIDENCE_BYTES:
        message = "Ce fichier dépasse 15 Mo: joignez une photo plus petite ou le PDF."
        raise DomainError(message, fields={"evidence": message})
    if not content.startswith(EVIDENCE_STARTS.get(extension, ())):
        message = "Joignez un PDF ou une photo (JPEG ou PNG)."
        raise DomainError(message, fields={"evidence": message})
    return store_document(
        content,
        name=f"{name}{extension}",
        title=title,
        is_private=True,
        field="evidence",
        user=user,
        former=former,
    )
