"""What has just come out, of the register, of the catalogue, of the news; and what is to come."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from appreciation.domain.queries import register
from appreciation.models import Publication
from home.domain.navigation import first_of_type
from home.pages.news import NewsPage
from pratiques.domain.queries.browsing import sheets_shown
from pratiques.domain.queries.facet_index import FacetIndex
from pratiques.models import PracticePage
from rencontres.domain.queries.announced import Announced, announced

EACH = 3
MEETINGS_LIST = "regionalmeetingindexpage"


@dataclass(frozen=True)
class Latest:
    editions: list[Publication]
    sheets: list[PracticePage]
    news: list[NewsPage]
    meetings: list[Announced]

    @property
    def is_empty(self) -> bool:
        return not (self.editions or self.sheets or self.news or self.meetings)


def latest_entries(request: HttpRequest, index: FacetIndex) -> Latest:
    """Three of each at most, in three queries. Historical entries of the register are no news.

    Meetings are asked only where the menu names them, and kept with it.
    """
    is_any_announced = first_of_type(request, MEETINGS_LIST) is not None
    shown = index.ids[:EACH]
    news = NewsPage.objects.live().filter(view_restrictions__isnull=True)
    return Latest(
        editions=register.latest(EACH),
        sheets=sheets_shown(shown) if shown else [],
        news=list(news.order_by("-published_on", "-pk")[:EACH]),
        meetings=announced(request)[:EACH] if is_any_announced else [],
    )
