"""Demonstration sheets of the catalogue: every state and rung of the ladder, all invented."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from appreciation.models import AppraisalPage
from consortium.demo.appraisals import demo_place
from consortium.demo.pictures import CREDIT, DemoPictures
from core.typography import fr_typo_html
from pratiques.models import (
    CataloguePage,
    PracticeAppraisal,
    PracticeCriterion,
    PracticeMoment,
    PracticePage,
    PracticePartner,
    PracticePhoto,
    PracticeResult,
)
from reference.models import Dimension, Issue, Sector

CONTENT = Path(__file__).with_name("practices.toml")
REVIEWED_EVERY = dt.timedelta(days=730)
CONSENT = "Organisme fictif: aucun accord n’était à demander."


def create_practices(pictures: DemoPictures) -> None:
    """Sheets as if editors had made them: published, drafts, one ageing, one withdrawn."""
    catalogue = CataloguePage.objects.get()
    words = {
        "issues": {issue.code: issue for issue in Issue.objects.all()},
        "dimensions": {dimension.code: dimension for dimension in Dimension.objects.all()},
        "sectors": {sector.code: sector for sector in Sector.objects.all()},
    }
    for facts in tomllib.loads(CONTENT.read_text(encoding="utf-8"))["practices"]:
        page = _sheet(facts, words)
        page.photos = [_photo(photo, pictures) for photo in facts.pop("photos", [])]
        for field, value in facts.items():
            is_rich = isinstance(value, str) and value.startswith("<")
            setattr(page, field, fr_typo_html(value) if is_rich else value)
        catalogue.add_child(instance=page)


def _sheet(facts: dict[str, Any], words: dict[str, dict[str, Any]]) -> PracticePage:
    """The page with all that is not a plain value of the file; takes those keys out of `facts`."""
    state = facts.pop("state", "live")
    place = demo_place(facts.pop("place"), facts.pop("territory"))
    page = PracticePage(
        slug=slugify(facts["title"]),
        live=state == "live",
        is_demo=True,
        consent_given=facts.pop("consent_given", True),
        consent_note=CONSENT,
        source_name="Fiche fictive, pour la démonstration",
    )
    page.places = [place]
    for field, by_code in words.items():
        setattr(page, field, [by_code[code] for code in facts.pop(field)])
    page.moments = [PracticeMoment(**moment) for moment in facts.pop("moments", [])]
    page.results = [PracticeResult(**result) for result in facts.pop("results", [])]
    page.partners = [PracticePartner(**partner) for partner in facts.pop("partners", [])]
    page.criteria = [PracticeCriterion(**criterion) for criterion in facts.pop("criteria", [])]
    if linked := facts.pop("appraisal", ""):
        register_page = AppraisalPage.objects.live().get(appraisal__place__name=linked)
        page.appraisal_links = [PracticeAppraisal(register_page=register_page)]
    if "verified_days_ago" in facts:
        _date(page, facts.pop("verified_days_ago"), state)
    return page


def _date(page: PracticePage, days_ago: int, state: str) -> None:
    checked_at = timezone.now() - dt.timedelta(days=days_ago)
    page.verified_on = timezone.localdate(checked_at)
    page.review_due_on = page.verified_on + REVIEWED_EVERY
    page.first_published_at = page.last_published_at = checked_at
    page.has_unpublished_changes = state != "live"


def _photo(facts: dict[str, str], pictures: DemoPictures) -> PracticePhoto:
    return PracticePhoto(
        image=pictures.image(facts["scene"], facts["alt"]),
        alternative_text=facts["alt"],
        caption=facts["caption"],
        credit=CREDIT,
    )
