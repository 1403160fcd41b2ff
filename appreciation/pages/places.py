"""Portraits of places: their list, and one page for each."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PagePermissionTester
from wagtail.search import index

from appreciation.domain.place_pages import missing_to_publish
from appreciation.interfaces.place_screen import place_rows, place_screen
from cms.caching import for_everyone
from cms.kept_pages import KeptPagePermissions
from cms.models import BasePage
from cms.page_forms import GoesPublicForm
from cms.slug_route import SlugRouteMixin
from core.csv_export import csv_response
from reference.domain.portrait import portrait_of_place

PLAIN = ["bold", "italic", "link"]
LONGEST_QUESTION = 100
SHEET, PROJECTION = "feuille", "projection"
VIEWS = {SHEET: "places/sheet.html", PROJECTION: "places/projection.html"}


class PlaceIndexPage(SlugRouteMixin, BasePage):
    """A portrait is read in one query, with its place and what lies above it."""

    introduction = RichTextField("introduction", blank=True, features=PLAIN)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["appreciation.PlacePage"]
    template = "places/index.html"

    class Meta:
        verbose_name = "liste des portraits"
        verbose_name_plural = "listes des portraits"

    def serve(self, request: HttpRequest, slug: str = "") -> HttpResponseBase:
        if not slug:
            return super().serve(request)
        from appreciation.domain.queries.places import portrait_at

        page = portrait_at(slug)
        if page is None:
            raise Http404
        if not page.live:
            gone = TemplateResponse(request, "places/gone.html", {"page": self}, status=410)
            return for_everyone(gone)
        return page.serve(request)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        """Every place by territory, in the order of the alphabet: never a ranking."""
        from appreciation.domain.queries.places import listed_places

        asked = request.GET.get("q", "")[:LONGEST_QUESTION].strip()
        return super().get_context(request, *args, **kwargs) | {
            "asked": asked,
            "listed": listed_places(asked),
        }


class PlacePage(BasePage):
    """The public shell of a place: an editor's text, its people's words, and its own figures."""

    place = models.OneToOneField(
        "reference.Place",
        on_delete=models.PROTECT,
        related_name="portrait_page",
        verbose_name="lieu",
    )
    introduction = models.TextField(
        "en deux phrases", max_length=400, blank=True, help_text="Ce lieu, tel qu’on le connaît."
    )
    council_agreed_by = models.CharField(
        "accord du conseil: qui l’a donné",
        max_length=150,
        blank=True,
        help_text="Le nom du conseil ou la résolution.",
    )
    council_agreed_on = models.DateField("accord du conseil: le jour", null=True, blank=True)

    goes_public: bool | None = None
    """What a form knows (`GoesPublicForm`); None elsewhere: then a page that is live is public."""

    base_form_class = GoesPublicForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        InlinePanel("local_facts", heading="Repères locaux", label="Repère"),
        InlinePanel("readings", heading="Lectures commentées", label="Lecture"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("council_agreed_by"), FieldPanel("council_agreed_on")])],
            heading="Communauté atikamekw: l’accord de son conseil",
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    is_creatable = False
    parent_page_types = ["appreciation.PlaceIndexPage"]
    subpage_types: list[str] = []
    template = "places/place.html"

    class Meta:
        verbose_name = "portrait d’un lieu"
        verbose_name_plural = "portraits de lieux"

    def clean(self) -> None:
        """Also asked by Wagtail when it publishes by itself: `Page.save` cleans what is live."""
        super().clean()
        is_public = self.live if self.goes_public is None else self.goes_public
        if is_public and (errors := missing_to_publish(self)):
            raise ValidationError(errors)

    def permissions_for_user(self, user) -> PagePermissionTester:
        return KeptPagePermissions(user, self)

    def public_texts(self) -> list[str]:
        facts = [fact.words for fact in self.local_facts.all()]
        readings = [reading.words for reading in self.readings.all()]
        return [self.introduction, *facts, *readings]

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if request.GET.get("format") == "csv":
            portrait = portrait_of_place(self.place)
            return for_everyone(csv_response(f"portrait-{self.slug}.csv", place_rows(portrait)))
        view = VIEWS.get(request.GET.get("vue", ""))
        if view is None:
            return super().serve(request, *args, **kwargs)
        return for_everyone(TemplateResponse(request, view, self.get_context(request)))

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        from appreciation.domain.queries.places import beside_figures

        screen = place_screen(portrait_of_place(self.place))
        return (
            super().get_context(request, *args, **kwargs)
            | {
                "place": self.place,
                "screen": screen,
                "portrait": screen.portrait,
                "index_url": f"{self.get_url(request).rstrip('/').rpartition('/')[0]}/",
                "address": self.address(request),
            }
            | beside_figures(self)
        )
