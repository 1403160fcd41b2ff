"""The paragraphs of the report that the team writes itself, and the way back to the first text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from appreciation.domain.report.texts import SECTION_TITLES
from appreciation.models import Appraisal, ReportSection
from core.errors import ConcurrentEditError, DomainError

if TYPE_CHECKING:
    from accounts.models import User

TOO_LATE = "Quelqu’un a enregistré ce paragraphe pendant que vous écriviez."
ASSEMBLED_AGAIN = "Le texte assemblé a été remis: il n’y a plus de texte écrit à la main."


@transaction.atomic
def save_section(
    *, appraisal: Appraisal, key: str, text: str, version: int, user: User
) -> ReportSection:
    """Keep the team's own text. `version` is the one the form was opened with (0: assembled text).

    ConcurrentEditError when another text came first; the same text twice is harmless.
    """
    if key not in SECTION_TITLES:
        raise DomainError("Ce paragraphe ne fait pas partie du rapport.")
    stored = _lock(appraisal, key)
    if stored and stored.text == text:
        return stored
    if (stored.version if stored else 0) != version:
        raise ConcurrentEditError(TOO_LATE, theirs=stored.text if stored else ASSEMBLED_AGAIN)
    saved, _ = ReportSection.objects.update_or_create(
        appraisal=appraisal,
        key=key,
        defaults={"text": text, "version": version + 1, "updated_by": user},
    )
    return saved


@transaction.atomic
def reset_section(*, appraisal: Appraisal, key: str, version: int) -> None:
    """Back to the text assembled from the data. Refused if the text changed since it was read."""
    stored = _lock(appraisal, key)
    if stored is None:
        return
    if stored.version != version:
        raise ConcurrentEditError(TOO_LATE, theirs=stored.text)
    stored.delete()


def _lock(appraisal: Appraisal, key: str) -> ReportSection | None:
    """The section, once the démarche's row is held: two first texts never collide."""
    Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
    return ReportSection.objects.filter(appraisal=appraisal, key=key).first()
