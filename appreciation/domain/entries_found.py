"""What the search of the site finds of a démarche: what its public edition says, no more."""

from __future__ import annotations

from datetime import datetime

from appreciation.domain.editions import follow_syntheses, texts_in
from appreciation.models import Appraisal, Publication
from cms.search.upkeep import follow_page


def texts_of_entry(appraisal_id: int) -> list[str]:
    """The words of the edition that everyone may read. Codes of the report are no words."""
    edition = Publication.objects.listed().filter(appraisal=appraisal_id).first()
    if edition is None:
        return []
    sentences = [text for text in texts_in(edition.snapshot) if " " in text]
    return list(dict.fromkeys([*texts_in(edition.entry), *sentences]))


def follow_entry(appraisal: Appraisal) -> None:
    """Its edition was withdrawn: no search finds it any more, nor what a synthesis said of it."""
    from appreciation.models import AppraisalPage

    for page in AppraisalPage.objects.filter(appraisal=appraisal):
        follow_page(page)
    follow_syntheses(appraisal)


def follow_what_came_out(now: datetime) -> int:
    """Editions whose day has come are found from then on."""
    from appreciation.models import AppraisalPage

    out = Publication.objects.listed().values("appraisal")
    pages = AppraisalPage.objects.filter(appraisal__in=out, public_text__isnull=True)
    for page in pages:
        follow_page(page)
    return len(pages)
