"""Démarches for feed readers: the last published first, with the choices of the register."""

from __future__ import annotations

from django.http import HttpRequest

from appreciation.domain.editions import Entry
from appreciation.domain.queries.register import entries
from appreciation.domain.queries.register_browsing import RegisterFilters, browse
from appreciation.interfaces.register_lines import HISTORICAL_WORDS
from appreciation.models import Publication, RegisterPage
from cms.feeds import MOST, FeedItem, Listed, address_of, feed_of, in_words


def _listed(request: HttpRequest) -> Listed:
    browsing = browse(RegisterFilters.from_query(request.GET))
    page = RegisterPage.objects.live().first()
    address = page.address(request) if page else request.build_absolute_uri("/")
    found = entries().filter(pk__in=browsing.ids).order_by("-published_at", "-pk")
    return Listed(
        heading=in_words("Démarches publiées", browsing.filters, browsing.index),
        words="Ce que des communautés ont vu d’elles-mêmes: les dernières démarches au registre.",
        url=address_of(browsing.filters, address),
        items=[_item(edition, address) for edition in found[:MOST]],
    )


def _item(edition: Publication, address: str) -> FeedItem:
    """A new edition is told anew."""
    entry = Entry.from_json(edition.entry)
    title = f"{entry.title} ({HISTORICAL_WORDS.lower()})" if entry.is_historical else entry.title
    return FeedItem(
        title=title,
        words=entry.summary,
        url=f"{address}{edition.slug}/",
        guid=f"demarche-{edition.pk}",
        published=edition.published_at,
    )


feed = feed_of(_listed)
