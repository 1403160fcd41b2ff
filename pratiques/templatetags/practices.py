"""Tags of the catalogue's pages."""

from __future__ import annotations

from typing import Any

from django import template

from core.shapes import known_shape, short_name
from pratiques.domain.queries.around import backlinks_to, related_sheets
from pratiques.models import Adaptation, CataloguePage, DossierPage, PracticePage

register = template.Library()
MOST_ADAPTATIONS = 30


@register.inclusion_tag("pratiques/_around.html")
def around_sheet(page: PracticePage) -> dict[str, Any]:
    """Related sheets and who cites this one; a sheet being written stands alone."""
    if page.pk is None:
        return {}
    return {"related": related_sheets(page), "backlinks": backlinks_to(page)}


@register.inclusion_tag("pratiques/_dossiers.html")
def dossiers_of(catalogue: CataloguePage) -> dict[str, Any]:
    return {"dossiers": DossierPage.objects.child_of(catalogue).live().order_by("title")[:12]}


@register.inclusion_tag("pratiques/_adaptations.html")
def adaptations_of(page: PracticePage) -> dict[str, Any]:
    """What territories made of this sheet, and the door to tell it; not for one unpublished."""
    if page.pk is None or not page.live:
        return {}
    shown = Adaptation.objects.shown().filter(practice=page).select_related("territory")
    return {
        "practice_pk": page.pk,
        "adaptations": [
            (adaptation, known_shape(adaptation.territory.name))
            for adaptation in shown[:MOST_ADAPTATIONS]
        ],
    }


@register.filter
def short_place(name: str) -> str:
    """« MRC des Chenaux » is « Les Chenaux » beside its shape."""
    return short_name(name)
