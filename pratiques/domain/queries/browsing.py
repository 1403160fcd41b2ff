"""The catalogue as it is asked: which sheets, in which order, and what each choice would give.

    browsing = browse(CatalogueFilters.from_query(request.GET))
    browsing.total, browsing.ids            all the answers, in order
    browsing.sheets()                       a query set of them all (exports, feed, API)
    browsing.facets                         what can be chosen, with counts
    sheets_shown(ids)                       the few that a page of the list shows, in one query

A browsing reads no table but the version of the content and, for a text, the words of the question
and the index: what costs does not grow with the number of sheets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cms.search.asking import bearing
from cms.search.question import Question, read_question
from cms.search.upkeep import ANYWHERE, IN_TITLE
from core.facets import Option
from pratiques.domain.queries.facet_index import (
    FacetIndex,
    facet_index,
    index_of,
    live_sheets,
)
from pratiques.domain.queries.filters import FACETS, RELEVANCE, TITLE, CatalogueFilters
from pratiques.models import PracticePage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wagtail.query import PageQuerySet

PAGE_SIZE = 20


class SheetShown(NamedTuple):
    """What the list reads of a sheet."""

    pk: int
    slug: str
    title: str
    summary: str
    status: str
    cost_band: str
    effort_band: str
    verified_on: date | None
    holder_name: str
    is_demo: bool


@dataclass(frozen=True)
class Browsing:
    """`filters` are those that mean something; `left_out` says that the address held others."""

    filters: CatalogueFilters
    question: Question
    left_out: bool
    ids: tuple[int, ...]
    facets: dict[str, tuple[Option, ...]]
    index: FacetIndex = field(repr=False)

    @property
    def total(self) -> int:
        return len(self.ids)

    def sheets(self) -> PageQuerySet:
        """Every sheet that answers, the last checked first."""
        return live_sheets().filter(pk__in=self.ids)


def browse(filters: CatalogueFilters) -> Browsing:
    index = facet_index()
    kept = filters.keeping(index.names)
    question = read_question(kept.text, exactly=kept.exactly, version=index.version)
    answering, in_title = _answers(index, question)
    chosen = index.chosen_masks(kept)
    found = answering
    for mask in chosen.values():
        found &= mask
    return Browsing(
        filters=kept,
        question=question,
        left_out=kept.chosen != filters.chosen,
        ids=_ordered(index, found, in_title, kept.order),
        facets={facet: index.options(facet, kept, answering, chosen) for facet in FACETS},
        index=index,
    )


def sheets_shown(ids: Iterable[int]) -> list[SheetShown]:
    """These sheets in this order, as rows: a list shows few of their fields."""
    wanted = list(ids)
    rows = PracticePage.objects.filter(pk__in=wanted).values_list(*SheetShown._fields)
    found = {row[0]: SheetShown(*row) for row in rows}
    return [found[pk] for pk in wanted if pk in found]


def _answers(index: FacetIndex, question: Question) -> tuple[int, int]:
    """Sheets that answer the text, and those that bear all of it in their title."""
    if question.is_empty:
        return index.everything, 0
    if question.asks_nothing:
        return 0, 0
    if not index.version:
        return _bearing(index, question)
    return _kept_answers(index.version, question.stems)


@lru_cache(maxsize=512)
def _kept_answers(version: str, stems: tuple[str, ...]) -> tuple[int, int]:
    return _bearing(index_of(version), Question(typed="…", stems=stems))


def _bearing(index: FacetIndex, question: Question) -> tuple[int, int]:
    anywhere = index.mask_of(bearing(question, ANYWHERE).values_list("pk", flat=True))
    in_title = index.mask_of(bearing(question, IN_TITLE).values_list("pk", flat=True))
    return anywhere, in_title


def _ordered(index: FacetIndex, found: int, in_title: int, order: str) -> tuple[int, ...]:
    if order == TITLE:
        signs = index.signs_of(found)
        return tuple(index.ids[at] for at in index.by_title if signs[at])
    groups = (found & in_title, found & ~in_title) if order == RELEVANCE else (found,)
    return tuple(pk for group in groups for pk in index.ids_in(group))
