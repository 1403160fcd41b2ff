"""The region's issues (enjeux): what each is about, and what the site holds on it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.models import BasePage
from cms.stream_fields import BlocksField
from home.blocks import PAGE_BLOCKS
from home.domain.gatherings import about_issue
from home.domain.navigation import ancestors_of, first_of_type, register_page
from home.pages.listing import OneStepChildrenMixin


class IssueIndexPage(OneStepChildrenMixin, BasePage):
    introduction = RichTextField("introduction", blank=True, features=["bold", "italic", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["home.IssuePage"]
    template = "home/issue_index_page.html"

    class Meta:
        verbose_name = "liste des enjeux"
        verbose_name_plural = "listes des enjeux"

    def children(self) -> models.QuerySet:
        return IssuePage.objects.select_related("issue").order_by("path")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "issue_pages": self.children().live().filter(view_restrictions__isnull=True)
        }


class IssuePage(BasePage):
    issue = models.OneToOneField(
        "reference.Issue",
        on_delete=models.PROTECT,
        related_name="page",
        verbose_name="enjeu",
        error_messages={"unique": "Cet enjeu a déjà sa page: ouvrez-la pour la changer."},
    )
    introduction = models.TextField(
        "en deux phrases", max_length=500, help_text="De quoi il s’agit, et qui s’en occupe."
    )
    body = BlocksField(PAGE_BLOCKS, verbose_name="contenu", blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("issue"),
        FieldPanel("introduction"),
        FieldPanel(
            "body",
            help_text="Les fiches, démarches, ressources et nouvelles s’ajoutent d’elles-mêmes.",
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    parent_page_types = ["home.IssueIndexPage"]
    subpage_types: list[str] = []
    template = "home/issue_page.html"

    class Meta:
        verbose_name = "page d’enjeu"
        verbose_name_plural = "pages d’enjeux"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "ancestors": ancestors_of(self, request),
            "gathering": about_issue(self.issue),
            "query": f"enjeu={self.issue.code}",
            "register_page": register_page(request),
            "catalogue_page": first_of_type(request, "cataloguepage"),
            "resources_page": first_of_type(request, "resourceindexpage"),
            "news_page": first_of_type(request, "newsindexpage"),
        }


def issue_pages() -> models.QuerySet:
    """Those that everyone may read, in the order of the tree."""
    return IssuePage.objects.live().filter(view_restrictions__isnull=True).order_by("path")
