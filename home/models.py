"""The site's shell: the home page, and the pages of `home.pages`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

import appreciation.models  # noqa: F401  its rules import it, and it imports them last
from appreciation.domain.queries import register
from cms.models import BasePage
from home.domain.navigation import children_of_home, register_page, toolkit_page
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

NEWS = 3


class HomePage(BasePage):
    introduction = RichTextField("introduction", blank=True, features=["bold", "italic", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        territories, published_count = register.territories_with_counts()
        return super().get_context(request, *args, **kwargs) | {
            "register_page": register_page(request),
            "toolkit_page": toolkit_page(request),
            "stops": ronde(territories),
            "published_count": published_count,
            "doors": [page for page in children_of_home(request) if page.show_in_menus],
            "news": register.latest(NEWS),
        }
