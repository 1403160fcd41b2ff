"""What editors put first for certain questions (« Résultats de recherche améliorés », Réglages)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from wagtail.contrib.search_promotions.models import SearchPromotion

from cms.search.question import Question, read_question

MOST_SHOWN = 3
MOST_READ = 500


@dataclass(frozen=True)
class Promoted:
    title: str
    page: object | None
    address: str
    description: str


def promoted_for(question: Question) -> list[Promoted]:
    """Those whose words are the question’s, in the editor’s order; accents and plurals aside.

    One query. A page that is no longer public is left out.
    """
    if not question.stems:
        return []
    asked = set(question.stems)
    is_open = Q(page__live=True, page__public_text__isnull=False) | Q(page__isnull=True)
    rows = (
        SearchPromotion.objects.filter(is_open)
        .select_related("query", "page")
        .order_by("query", "sort_order", "pk")[:MOST_READ]
    )
    found = [row for row in rows if _stems_of(row.query.query_string) == asked]
    return [
        Promoted(
            row.title or row.external_link_url, row.page, row.external_link_url, row.description
        )
        for row in found[:MOST_SHOWN]
    ]


def _stems_of(words: str) -> set[str]:
    """As the question of a visitor is read, without correcting what the editor wrote."""
    return set(read_question(words, exactly=True).stems)
