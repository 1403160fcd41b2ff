"""The toolkit: one page per phase, read in order, printed, taken away."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import PagePermissionTester
from wagtail.search import index

from appreciation.enums import Phase, ToolVariant
from appreciation.interfaces.fit_form import fit_context
from appreciation.interfaces.toolkit_archive import archive_response
from appreciation.interfaces.toolkit_context import (
    step_context,
    tool_addresses,
    tool_context,
    toolkit_context,
    tools_context,
)
from cms.caching import for_everyone
from cms.models import BasePage

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote"]
"""Little enough for what is pasted from Word to arrive as text, lists and links, nothing else."""
TOOLS = "toolkit/tools.html"
SAID = "Une citation est une phrase que l’animation dit à voix haute."


class OnlyOnePermissions(PagePermissionTester):
    """A copy would be a second page of the same phase, which cannot be."""

    def can_copy(self) -> bool:
        return False


class ToolkitPage(RoutablePageMixin, BasePage):
    """The door of the toolkit. Its phases are the pages below it; its tools have addresses here."""

    introduction = RichTextField("introduction", blank=True, features=["bold", "italic", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    max_count = 1
    subpage_types = ["appreciation.ToolkitStepPage"]
    template = "toolkit/toolkit_page.html"

    class Meta:
        verbose_name = "trousse"
        verbose_name_plural = "trousses"

    def permissions_for_user(self, user) -> PagePermissionTester:
        return OnlyOnePermissions(user, self)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | toolkit_context()

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """Also its other addresses, which the routes below answer."""
        return for_everyone(super().serve(request, *args, **kwargs))

    @path("outils/")
    def tools(self, request: HttpRequest) -> HttpResponse:
        return self.render(request, context_overrides=tools_context(), template=TOOLS)

    @path("outils/<slug:slug>/")
    def tool(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = tool_context(slug)
        if found is None:
            raise Http404
        return self.render(request, context_overrides=found, template="toolkit/tool.html")

    @path("est-ce-pour-nous/")
    def fit(self, request: HttpRequest) -> HttpResponse:
        found = fit_context(request.GET)
        return self.render(request, context_overrides=found, template="toolkit/fit.html")

    @path("tout-emporter/")
    def archive(self, request: HttpRequest) -> HttpResponseBase:
        return archive_response(self, request)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        own = super().get_sitemap_urls(request)
        addresses = ["outils/", "est-ce-pour-nous/", *tool_addresses()]
        return own + [{"location": f"{own[0]['location']}{address}"} for address in addresses]


class ToolkitStepPage(BasePage):
    """What to do in one phase, for somebody who never did it.

    The checklist is the one of the guided workflow (`domain/shipped_tasks.py`); tools and frequent
    questions are those of the phase.
    """

    phase = models.CharField(
        "étape",
        max_length=15,
        choices=Phase.choices,
        unique=True,
        error_messages={"unique": "Cette étape a déjà sa page: ouvrez-la pour la changer."},
    )
    goal = models.TextField(
        "but", max_length=300, help_text="Une ou deux phrases: ce qui sera fait à la fin."
    )
    duration = models.CharField("durée", max_length=40, help_text="En gros caractères: « 3 h ».")
    people = models.CharField("personnes", max_length=40, help_text="Par exemple « 8 à 25 ».")
    to_print = models.CharField("à imprimer", max_length=40, blank=True)
    who = models.TextField("qui", max_length=500, blank=True, help_text="Qui mène, avec qui.")
    body = RichTextField("comment faire", features=TEXT_FEATURES, help_text=SAID)
    video = models.ForeignKey(
        "appreciation.VideoPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vidéo",
    )
    video_chapter = models.CharField(
        "chapitre",
        max_length=120,
        blank=True,
        help_text="Le bout du film qui parle de cette étape, par exemple « Lire le portrait ».",
    )
    worked_example = RichTextField(
        "un exemple",
        blank=True,
        features=TEXT_FEATURES,
        help_text="La page dit d’elle-même qu’il est inventé.",
    )
    pitfalls = RichTextField("ce qui accroche souvent", blank=True, features=TEXT_FEATURES)
    is_working_version = models.BooleanField(
        "version de travail",
        default=True,
        help_text="Décochez quand le Consortium l’a relue et adoptée.",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("phase"),
        FieldPanel("goal"),
        MultiFieldPanel(
            [FieldPanel("duration"), FieldPanel("people"), FieldPanel("to_print")],
            heading="En un coup d’œil",
        ),
        FieldPanel("who"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("video"),
                FieldPanel("video_chapter"),
            ],
            heading="Une vidéo",
        ),
        FieldPanel("worked_example"),
        FieldPanel("pitfalls"),
        InlinePanel("variants", heading="Autrement", label="Façon de faire"),
        FieldPanel("is_working_version"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("goal"),
        index.SearchField("who"),
        index.SearchField("body"),
        index.SearchField("worked_example"),
        index.SearchField("pitfalls"),
        index.RelatedFields("variants", [index.SearchField("text")]),
        index.FilterField("phase"),
    ]
    parent_page_types = ["appreciation.ToolkitPage"]
    subpage_types: list[str] = []
    template = "toolkit/step_page.html"

    class Meta:
        verbose_name = "étape de la trousse"
        verbose_name_plural = "étapes de la trousse"

    def permissions_for_user(self, user) -> PagePermissionTester:
        return OnlyOnePermissions(user, self)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | step_context(self)


class ToolkitStepVariant(models.Model):
    """The same phase, done another way: shorter, with young people, with elders."""

    step = ParentalKey(ToolkitStepPage, on_delete=models.CASCADE, related_name="variants")
    variant = models.CharField("pour qui", max_length=10, choices=ToolVariant.choices)
    text = RichTextField("ce qui change", features=["bold", "italic", "ol", "ul", "link"])
    position = models.PositiveSmallIntegerField("rang", default=0)

    panels = [FieldPanel("variant"), FieldPanel("text")]

    class Meta:
        verbose_name = "façon de faire"
        verbose_name_plural = "façons de faire"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.get_variant_display()
