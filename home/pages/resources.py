"""Resources and publications: guides, tools, studies, each with who made it and how to get it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.blocks.media import PRIVATE
from cms.models import BasePage
from cms.page_forms import GoesPublicForm
from core.search_words import search_text, search_words
from home.domain.navigation import ancestors_of
from home.enums import ResourceKind, ResourceLicence
from home.pages.listing import OneStepChildrenMixin, asked, issue_options, page_of

MAX_WORDS = 8


class ResourceIndexPage(OneStepChildrenMixin, BasePage):
    introduction = RichTextField("introduction", blank=True, features=["bold", "italic", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["home.ResourcePage"]
    template = "home/resource_index_page.html"

    class Meta:
        verbose_name = "liste des ressources"
        verbose_name_plural = "listes des ressources"

    def children(self) -> models.QuerySet:
        return ResourcePage.objects.select_related("document").order_by("title", "pk")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        text, kind, issue = (asked(request.GET, name) for name in ("q", "genre", "enjeu"))
        found = self.children().live().filter(view_restrictions__isnull=True)
        for word in search_words(text)[:MAX_WORDS]:
            found = found.filter(searched_words__contains=f" {word}")
        if kind in ResourceKind.values:
            found = found.filter(kind=kind)
        if issue:
            found = found.filter(issues__code=issue)
        return (
            super().get_context(request, *args, **kwargs)
            | page_of(found.prefetch_related("issues"), request)
            | {
                "text": text,
                "kind": kind,
                "issue": issue,
                "kind_options": ResourceKind.choices,
                "issue_options": issue_options(),
            }
        )


class ResourcePage(BasePage):
    kind = models.CharField("sorte", max_length=15, choices=ResourceKind.choices)
    summary = models.TextField(
        "à quoi elle sert",
        max_length=700,
        help_text="Pour qui, pour faire quoi, en combien de temps.",
    )
    author = models.CharField(
        "auteur", max_length=200, blank=True, help_text="Un organisme, ou qui signe le document."
    )
    year = models.PositiveSmallIntegerField(
        "année",
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    licence = models.CharField(
        "licence",
        max_length=12,
        choices=ResourceLicence.choices,
        default=ResourceLicence.UNKNOWN,
    )
    url = models.URLField("adresse", max_length=300, blank=True)
    document = models.ForeignKey(
        "cms.SiteDocument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="fichier",
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="page de ce site",
    )
    issues = ParentalManyToManyField(
        "reference.Issue", blank=True, related_name="resources", verbose_name="enjeux"
    )
    searched_words = models.TextField("mots pour la recherche", blank=True, editable=False)

    goes_public: bool | None = None
    """What a form knows (`GoesPublicForm`); None elsewhere: then a live page is public."""

    base_form_class = GoesPublicForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("author"),
                FieldRowPanel([FieldPanel("year"), FieldPanel("licence")]),
            ],
            heading="Qui, quand, à quelles conditions",
        ),
        MultiFieldPanel(
            [FieldPanel("document"), FieldPanel("url"), FieldPanel("page")],
            heading="Où la prendre",
        ),
        FieldPanel("issues"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("author"),
        index.FilterField("kind"),
    ]
    parent_page_types = ["home.ResourceIndexPage"]
    subpage_types: list[str] = []
    template = "home/resource_page.html"

    class Meta:
        verbose_name = "ressource"
        verbose_name_plural = "ressources"

    def clean(self) -> None:
        """A resource that everyone reads of can be had: a public file, an address or a page."""
        super().clean()
        self.searched_words = search_text((self.title, self.summary, self.author))
        errors = {}
        if self.document is not None and self.document.is_private:
            errors["document"] = PRIVATE
        is_public = self.live if self.goes_public is None else self.goes_public
        if is_public and not (self.document or self.url or self.page):
            errors["url"] = "Dites où la prendre: un fichier, une adresse ou une page du site."
        if errors:
            raise ValidationError(errors)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "ancestors": ancestors_of(self, request)
        }
