"""New sheets for feed readers: the latest first, with the choices of the list."""

from __future__ import annotations

from django.http import HttpRequest

from cms.feeds import MOST, FeedItem, Listed, address_of, feed_of, in_words
from pratiques.domain.queries.browsing import browse
from pratiques.domain.queries.filters import CatalogueFilters
from pratiques.models import CataloguePage


def _listed(request: HttpRequest) -> Listed:
    browsing = browse(CatalogueFilters.from_query(request.GET))
    page = CataloguePage.objects.live().first()
    address = page.address(request) if page else request.build_absolute_uri("/")
    sheets = browsing.sheets().only("title", "slug", "summary", "first_published_at")
    return Listed(
        heading=in_words("Nouvelles pratiques", browsing.filters, browsing.index),
        words="Ce que des milieux ont fait, et qui appeler: les dernières fiches.",
        url=address_of(browsing.filters, address),
        items=[
            FeedItem(
                title=sheet.title,
                words=sheet.summary,
                url=f"{address}{sheet.slug}/",
                guid=f"pratique-{sheet.pk}",
                published=sheet.first_published_at,
            )
            for sheet in sheets.order_by("-first_published_at", "-pk")[:MOST]
        ],
    )


feed = feed_of(_listed)
