"""Finding public pages by what is written on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from wagtail.models import Page

from cms.search.question import Question, read_question
from cms.search.upkeep import ANYWHERE, IN_TITLE

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet


@dataclass(frozen=True)
class Found:
    """`pages` can be filtered further, counted and cut: it is a query set, not read yet."""

    question: Question
    pages: PageQuerySet


def search_pages(
    query: str,
    pages: PageQuerySet,
    *,
    exactly: bool = False,
    newest: str = "last_published_at",
) -> Found:
    """Those of `pages` that everyone may read and that bear every word of `query`.

    Accents, capitals, plurals and endings do not matter; slips are corrected unless `exactly`
    (`found.question` says how it was read). Pages that bear all the words in their title come
    first, then the `newest`, then the last made. An empty query finds all, one without any word
    finds none.

    Costs one SQL query for the words, one more when one must be corrected, and none until `pages`
    is read.
    """
    question = read_question(query, exactly=exactly)
    return Found(question, answering(question, pages, newest=newest))


def answering(
    question: Question, pages: PageQuerySet, *, newest: str = "last_published_at"
) -> PageQuerySet:
    """What `search_pages` finds for a question that was read before."""
    pages = pages.filter(public_text__isnull=False)
    order = (F(newest).desc(nulls_last=True), "-pk")
    if question.is_empty:
        return pages.order_by(*order)
    if question.asks_nothing:
        return pages.none()
    first = When(pk__in=bearing(question, IN_TITLE), then=Value(0))
    return (
        pages.filter(pk__in=bearing(question, ANYWHERE))
        .annotate(rank=Case(first, default=Value(1), output_field=IntegerField()))
        .order_by("rank", *order)
    )


def bearing(question: Question, mark: str) -> QuerySet:
    """Keys of the pages, whoever may read them, whose index holds every stem under this mark."""
    marked = " ".join(f"{mark}{stem}" for stem in question.stems)
    results = Page.objects.search(marked, operator="and", order_by_relevance=False)
    return results.get_queryset().order_by().values("pk")
