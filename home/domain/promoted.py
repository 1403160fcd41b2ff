"""What editors put first for some questions (Paramètres, « Résultats de recherche améliorés »)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import SearchPromotion

from cms.kept import kept
from cms.search.question import Question, read_question

MOST_SHOWN = 3
MOST_READ = 500


@dataclass(frozen=True)
class Promoted:
    title: str
    page: object | None
    address: str
    description: str


def promoted_for(question: Question, request: HttpRequest) -> list[Promoted]:
    """Those whose words are the question’s, in the editor’s order; accents and plurals aside.

    One query per process and state of the site. A page that is no longer public is left out.
    """
    if not question.stems:
        return []
    return kept(request, "promoted", _read).get(frozenset(question.stems), [])[:MOST_SHOWN]


def _read() -> dict[frozenset[str], list[Promoted]]:
    """By their stems: all of them, so that their words are read once and not at each search."""
    is_open = Q(page__live=True, page__public_text__isnull=False) | Q(page__isnull=True)
    rows = (
        SearchPromotion.objects.filter(is_open)
        .select_related("query", "page")
        .order_by("query", "sort_order", "pk")[:MOST_READ]
    )
    found: dict[frozenset[str], list[Promoted]] = defaultdict(list)
    for row in rows:
        title = row.title or row.external_link_url
        one = Promoted(title, row.page, row.external_link_url, row.description)
        found[_stems_of(row.query.query_string)].append(one)
    return dict(found)


def _stems_of(words: str) -> frozenset[str]:
    """As the question of a visitor is read, without correcting what the editor wrote."""
    return frozenset(read_question(words, exactly=True).stems)
