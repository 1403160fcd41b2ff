"""The facilitator's look back: five lines and the hours spent, for the next one who leads."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from appreciation.domain.phase_records import check_version, lock_to_write
from appreciation.models import Appraisal, FacilitatorReview
from core.typography import fr_number

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class ReviewDraft:
    """The five lines; the hours in all, or by phase (`{phase: hours}`)."""

    worked: str = ""
    difficult: str = ""
    differently: str = ""
    community_says: str = ""
    advice: str = ""
    hours: Decimal | None = None
    hours_by_phase: dict[str, str] = field(default_factory=dict)


def save_review(
    *, appraisal: Appraisal, user: User, version: int, draft: ReviewDraft
) -> FacilitatorReview:
    """Keep it. Without a total, the hours by phase make it.

    Refused when somebody else saved since `version`, unless both wrote the same.
    """
    with transaction.atomic():
        lock_to_write(appraisal, user)
        review = FacilitatorReview.objects.filter(appraisal=appraisal).first()
        review = review or FacilitatorReview(appraisal=appraisal, version=0)
        values = asdict(draft)
        if draft.hours is None and draft.hours_by_phase:
            values["hours"] = sum(map(Decimal, draft.hours_by_phase.values()), Decimal(0))
        if all(getattr(review, name) == value for name, value in values.items()):
            return review
        check_version(review.version, version, theirs=in_words(review))
        for name, value in values.items():
            setattr(review, name, value)
        review.version += 1
        review.updated_by = user
        review.save()
        return review


def in_words(review: FacilitatorReview) -> str:
    """What is stored, as one text, to set two of them side by side."""
    names = ("worked", "difficult", "differently", "community_says", "advice")
    lines = [text for text in (getattr(review, name) for name in names) if text]
    if review.hours is not None:
        lines.append(f"{fr_number(review.hours)} heures")
    return "\n".join(lines)
