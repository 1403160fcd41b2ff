"""Tags of the catalogue's pages."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.prepared_query import PreparedQuery
from core.shapes import known_shape, short_name
from pratiques.domain.queries.around import backlinks_to, related_sheets
from pratiques.enums import EvidenceStatus
from pratiques.models import Adaptation, CataloguePage, DossierPage, PracticePage

register = template.Library()
MOST_ADAPTATIONS = 30


@register.simple_tag
@cache
def rung(status: str) -> SafeString:
    """Where a sheet stands on the ladder of proof, in a line of the list."""
    number = EvidenceStatus.values.index(status) + 1
    steps = [at < number for at in range(len(EvidenceStatus))]
    context = {"name": EvidenceStatus(status).label, "number": number, "steps": steps}
    return render_to_string("pratiques/_rung.html", context)


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
    shown = [ShownAdaptation(*row) for row in ADAPTATIONS.rows(page.pk)]
    return {
        "practice_pk": page.pk,
        "adaptations": [(each, known_shape(each.territory)) for each in shown],
    }


@register.filter
def short_place(name: str) -> str:
    """« MRC des Chenaux » is « Les Chenaux » beside its shape."""
    return short_name(name)


class ShownAdaptation(NamedTuple):
    group: str
    territory: str
    words: str
    is_demo: bool


ADAPTATIONS = PreparedQuery(
    lambda page: (
        Adaptation.objects.shown()
        .filter(practice=page)
        .values_list("group", "territory__name", "words", "is_demo")[:MOST_ADAPTATIONS]
    )
)
