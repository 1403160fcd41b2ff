"""News: a title, a few sentences, and the link to where it comes from."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.models import BasePage
from home.domain.navigation import ancestors_of
from home.pages.listing import OneStepChildrenMixin, asked, issue_options, page_of


def today():
    return timezone.localdate()


class NewsIndexPage(OneStepChildrenMixin, BasePage):
    introduction = RichTextField("introduction", blank=True, features=["bold", "italic", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["home.NewsPage"]
    template = "home/news_index_page.html"

    class Meta:
        verbose_name = "liste des nouvelles"
        verbose_name_plural = "listes des nouvelles"

    def children(self) -> models.QuerySet:
        return NewsPage.objects.order_by("-published_on", "-pk")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        issue = asked(request.GET, "enjeu")
        found = self.children().live().filter(view_restrictions__isnull=True)
        if issue:
            found = found.filter(issues__code=issue)
        return (
            super().get_context(request, *args, **kwargs)
            | page_of(found.prefetch_related("issues"), request)
            | {"issue": issue, "issue_options": issue_options()}
        )


class NewsPage(BasePage):
    published_on = models.DateField("date", default=today)
    summary = models.TextField(
        "en quelques phrases",
        max_length=900,
        help_text="Ce qui arrive, où, et pourquoi cela compte. Le reste est à la source.",
    )
    source_name = models.CharField(
        "source", max_length=150, blank=True, help_text="Qui le dit: un organisme, un journal."
    )
    source_url = models.URLField("adresse de la source", max_length=300, blank=True)
    issues = ParentalManyToManyField(
        "reference.Issue", blank=True, related_name="news", verbose_name="enjeux"
    )
    places = ParentalManyToManyField(
        "reference.Place", blank=True, related_name="news", verbose_name="lieux"
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_url")])],
            heading="D’où cela vient",
        ),
        MultiFieldPanel([FieldPanel("issues"), FieldPanel("places")], heading="De quoi, et où"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("source_name"),
        index.FilterField("published_on"),
    ]
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "home/news_page.html"

    class Meta:
        verbose_name = "nouvelle"
        verbose_name_plural = "nouvelles"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "ancestors": ancestors_of(self, request)
        }
