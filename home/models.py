"""The site's shell: the home page, and the pages of `home.pages`."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail.url_routing import RouteResult

import appreciation.models  # noqa: F401  its rules import it, and it imports them last
import rencontres.models  # noqa: F401  the same
from cms.kept_site import route_below
from cms.models import BasePage
from home.domain.doors import doors_of
from home.domain.latest import MEETINGS_LIST, latest_entries
from home.domain.navigation import first_of_type, register_page, toolkit_page
from home.domain.region import region_at_a_glance
from home.domain.ronde import ronde
from home.links import BrokenLink
from home.organisations import Organisation
from home.pages.directory import DirectoryPage
from home.pages.glossary import GlossaryPage, GlossaryTerm
from home.pages.issues import IssueIndexPage, IssuePage
from home.pages.news import NewsIndexPage, NewsPage
from home.pages.resources import ResourceIndexPage, ResourcePage
from home.pages.standard import StandardPage
from home.pages.territories import TerritoryIndexPage, TerritoryPage
from home.usefulness import UsefulCount
from pratiques.domain.queries.facet_index import facet_index

__all__ = [
    "BrokenLink",
    "DirectoryPage",
    "GlossaryPage",
    "GlossaryTerm",
    "HomePage",
    "IssueIndexPage",
    "IssuePage",
    "NewsIndexPage",
    "NewsPage",
    "Organisation",
    "ResourceIndexPage",
    "ResourcePage",
    "StandardPage",
    "TerritoryIndexPage",
    "TerritoryPage",
    "UsefulCount",
]


class HomePage(BasePage):
    heading = models.CharField(
        "grand titre",
        max_length=90,
        default="Se rassembler, se voir tel qu’on est, avancer.",
        help_text="Une phrase courte: ce que les gens viennent faire ici.",
    )
    introduction = RichTextField(
        "introduction",
        blank=True,
        features=["bold", "italic", "link"],
        help_text="Deux lignes au plus, sous le grand titre.",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("heading"),
        FieldPanel("introduction"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("heading"),
        index.SearchField("introduction"),
    ]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Kept in memory, as the pages right under it: each request has its own copy."""
        if path_components:
            return route_below(self, request, path_components)
        return super(HomePage, copy(self)).route(request, path_components)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        sheets = facet_index()
        region = region_at_a_glance(sheets)
        return super().get_context(request, *args, **kwargs) | {
            "register_page": register_page(request),
            "toolkit_page": toolkit_page(request),
            "catalogue_page": first_of_type(request, "cataloguepage"),
            "news_page": first_of_type(request, "newsindexpage"),
            "territories_page": first_of_type(request, "territoryindexpage"),
            "stops": ronde(region.counts),
            "published_count": region.appraisals,
            "region": region,
            "doors": doors_of(request),
            "latest": latest_entries(request, sheets),
            "meetings_page": first_of_type(request, MEETINGS_LIST),
        }
