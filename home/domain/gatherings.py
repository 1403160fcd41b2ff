"""What an issue or a territory gathers by itself: sheets, resources, news, démarches."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber
from wagtail.models import Page

from appreciation.models import Publication
from pratiques.models import PracticePage
from reference.models import Issue, Place

EACH = 6
"""Of each kind, the latest; a link leads to all the others."""


@dataclass(frozen=True)
class Gathering:
    practices: list[Page] = field(default_factory=list)
    resources: list[Page] = field(default_factory=list)
    news: list[Page] = field(default_factory=list)
    appraisals: list[Publication] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.practices or self.resources or self.news or self.appraisals)


def about_issue(issue: Issue) -> Gathering:
    """Two queries, whatever there is."""
    from home.pages.news import NewsPage
    from home.pages.resources import ResourcePage

    pages = [
        model.objects.filter(issues=issue).values("pk")
        for model in (PracticePage, NewsPage, ResourcePage)
    ]
    return _gathering(pages, Publication.objects.listed().filter(issues=issue))


def about_territory(territory: Place) -> Gathering:
    """The same, for a territory and all that lies in it."""
    from home.pages.news import NewsPage

    places = Place.objects.within(territory).values("pk")
    pages = [
        model.objects.filter(places__in=places).values("pk") for model in (PracticePage, NewsPage)
    ]
    return _gathering(pages, Publication.objects.listed().filter(territory=territory))


def _gathering(pages: list[QuerySet], editions: QuerySet[Publication]) -> Gathering:
    rows = list(_latest_of_each_kind(pages))
    by_kind: dict[str, list[Page]] = {"practicepage": [], "newspage": [], "resourcepage": []}
    for page in rows:
        by_kind[page.kind].append(page)
    return Gathering(
        practices=by_kind["practicepage"],
        resources=by_kind["resourcepage"],
        news=by_kind["newspage"],
        appraisals=list(editions.light().order_by("-year", "title", "pk")[:EACH]),
    )


def _latest_of_each_kind(pages: list[QuerySet]) -> QuerySet:
    """One query for all kinds: `holder`, `published_on`, `author` are those of the page, if any."""
    wanted = Q()
    for pks in pages:
        wanted |= Q(pk__in=pks)
    newest = Coalesce("newspage__published_on", "practicepage__verified_on")
    rank = Window(
        RowNumber(),
        partition_by="content_type",
        order_by=[newest.desc(nulls_last=True), F("pk").desc()],
    )
    return (
        Page.objects.live()
        .filter(wanted, view_restrictions__isnull=True)
        .annotate(
            kind=F("content_type__model"),
            holder=F("practicepage__holder_name"),
            published_on=F("newspage__published_on"),
            source_name=F("newspage__source_name"),
            author=F("resourcepage__author"),
            year=F("resourcepage__year"),
            rank=rank,
        )
        .filter(rank__lte=EACH)
        .order_by("rank")
    )
