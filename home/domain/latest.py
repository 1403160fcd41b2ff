"""What has just come out: of the register, of the catalogue, of the news."""

from __future__ import annotations

from dataclasses import dataclass

from appreciation.domain.queries import register
from appreciation.models import Publication
from home.pages.news import NewsPage
from pratiques.domain.queries.browsing import sheets_shown
from pratiques.domain.queries.facet_index import FacetIndex
from pratiques.models import PracticePage

EACH = 3


@dataclass(frozen=True)
class Latest:
    editions: list[Publication]
    sheets: list[PracticePage]
    news: list[NewsPage]

    @property
    def is_empty(self) -> bool:
        return not (self.editions or self.sheets or self.news)


def latest_entries(index: FacetIndex) -> Latest:
    """Three of each at most, in three queries. Historical entries of the register are no news."""
    shown = index.ids[:EACH]
    news = NewsPage.objects.live().filter(view_restrictions__isnull=True)
    return Latest(
        editions=register.latest(EACH),
        sheets=sheets_shown(shown) if shown else [],
        news=list(news.order_by("-published_on", "-pk")[:EACH]),
    )
