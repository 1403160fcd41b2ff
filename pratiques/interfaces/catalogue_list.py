"""What the list of practices shows: lines, choices with their counts, and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cms.search.excerpts import excerpts_of, highlighted
from core.facets import labels_of
from core.shapes import short_name
from core.templatetags.ui import shape
from core.typography import NBSP
from pratiques.domain.queries.browsing import Browsing, SheetShown, sheets_shown
from pratiques.domain.queries.filters import RECENT, RELEVANCE, TITLE
from pratiques.enums import CostBand, EffortBand
from reference.domain.territories import territory_shapes

LABELS = {
    "enjeu": "Enjeu",
    "dimension": "Dimension",
    "territoire": "Territoire",
    "taille": "Taille du milieu",
    "cout": "Coût la première année",
    "effort": "Effort",
    "statut": "Preuve",
    "annee": "Année de vérification",
}
ORDERS = {
    RELEVANCE: "Les plus proches des mots",
    RECENT: "Vérifiées récemment",
    TITLE: "Par titre",
}
SUMMARY = 240


COSTS, EFFORTS = labels_of(CostBand), labels_of(EffortBand)


@dataclass(frozen=True)
class Line:
    """`places` and `facts` are drawn already: twenty lines of small nodes were half of the page."""

    url: str
    title: SafeString
    text: SafeString | str
    places: SafeString
    status: str
    facts: SafeString
    is_demo: bool


def lines_of(browsing: Browsing, ids: Iterable[int], catalogue_url: str) -> list[Line]:
    """Two queries at most, whatever the number of sheets."""
    ids = list(ids)
    stems = browsing.question.stems
    excerpts = excerpts_of(ids, stems) if stems else {}
    shapes = territory_shapes(browsing.index.names["territoire"])
    return [
        Line(
            url=f"{catalogue_url}{sheet.slug}/",
            title=highlighted(sheet.title, stems),
            text=excerpts.get(sheet.pk) or _short(sheet.summary),
            places=format_html_join(
                " · ",
                "{} {}",
                (
                    (shape(shapes[each.code]), short_name(each.name))
                    for each in browsing.index.territories.get(sheet.pk, ())
                ),
            ),
            status=sheet.status,
            facts=format_html_join("", "<li>{}</li>", ((fact,) for fact in _facts(sheet))),
            is_demo=sheet.is_demo,
        )
        for sheet in sheets_shown(ids)
    ]


def _facts(sheet: SheetShown) -> Iterator[str]:
    if sheet.cost_band:
        yield f"Coût{NBSP}: {COSTS[sheet.cost_band]}"
    if sheet.effort_band:
        yield f"Effort{NBSP}: {EFFORTS[sheet.effort_band]}"
    if sheet.verified_on:
        yield f"Vérifiée en {sheet.verified_on.year}"
    yield sheet.holder_name


def orders_of(browsing: Browsing, catalogue_url: str) -> list[tuple[str, str, bool]]:
    """Words, address, and whether it is the present order."""
    filters = browsing.filters
    names = ORDERS if filters.text else (RECENT, TITLE)
    default = RELEVANCE if filters.text else RECENT
    return [
        (
            ORDERS[name],
            catalogue_url + filters.as_query(sort="" if name == default else name),
            name == filters.order,
        )
        for name in names
    ]


def results_in_words(number: int) -> str:
    if number == 0:
        return "Aucune pratique"
    return f"{number} pratique{'s' if number > 1 else ''}"


def _short(summary: str) -> str:
    if len(summary) <= SUMMARY:
        return summary
    return f"{summary[: summary.rfind(' ', 0, SUMMARY)]}…"
