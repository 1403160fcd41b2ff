"""Tags of the catalogue's pages."""

from __future__ import annotations

from typing import Any

from django import template

from pratiques.domain.queries.around import backlinks_to, related_sheets
from pratiques.models import CataloguePage, DossierPage, PracticePage

register = template.Library()


@register.inclusion_tag("pratiques/_around.html")
def around_sheet(page: PracticePage) -> dict[str, Any]:
    """Related sheets and who cites this one; a sheet being written stands alone."""
    if page.pk is None:
        return {}
    return {"related": related_sheets(page), "backlinks": backlinks_to(page)}


@register.inclusion_tag("pratiques/_dossiers.html")
def dossiers_of(catalogue: CataloguePage) -> dict[str, Any]:
    return {"dossiers": DossierPage.objects.child_of(catalogue).live().order_by("title")[:12]}
