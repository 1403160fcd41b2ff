"""What facilitators look back on, beside the paragraph where the coordination evaluates."""

from __future__ import annotations

from dataclasses import dataclass

from appreciation.domain.facilitator_review import in_words
from appreciation.models import FacilitatorReview, Synthesis


@dataclass(frozen=True)
class LookBack:
    """A review as it was written. For who prepares the synthesis: none is ever published as is."""

    community: str
    words: str


def look_backs(*, synthesis: Synthesis) -> tuple[LookBack, ...]:
    """Those of the démarches that it reads, by community. One query."""
    reviews = (
        FacilitatorReview.objects.filter(appraisal__in=synthesis.sources.told().values("appraisal"))
        .select_related("appraisal__place")
        .order_by("appraisal__place__name", "pk")
    )
    told = (LookBack(str(review.appraisal.place), in_words(review)) for review in reviews)
    return tuple(each for each in told if each.words)
