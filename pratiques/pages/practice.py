"""A practice: who did what about a challenge, what came of it, and whom to call."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.caching import for_everyone
from cms.models import BasePage, SiteSettings
from cms.page_help import PageHelp
from core.citation import FILE_TYPES, Citation, citation_response
from pratiques.domain.completeness import missing_to_publish, still_example, too_long
from pratiques.domain.queries.sheet_rows import load_links, load_rows
from pratiques.enums import (
    CostBand,
    EffortBand,
    EvidenceStatus,
    Licence,
    MilieuKind,
    MilieuSize,
)
from pratiques.interfaces.practice_form import PracticeForm
from pratiques.interfaces.sheet_citation import citation_of, structured_sheet
from pratiques.interfaces.sheet_screen import sheet_screen
from pratiques.pages.practice_panels import CONTENT_PANELS, PROVENANCE_PANELS, TITLE_PANEL
from pratiques.pages.practice_rights import PracticePermissions

STORY = (
    "situation",
    "aims",
    "approach",
    "concerned_people",
    "what_did_not_work",
    "success_conditions",
    "watch_points",
    "adaptation",
    "sequel",
)
"""The rich texts of a sheet, in the order in which they are read."""
PLAIN = ["bold", "italic", "link", "ol", "ul"]


class PracticePage(BasePage):
    """One sheet of the catalogue. Its fields: DOMAIN.md §6.2."""

    # Identity
    summary = models.TextField("résumé", blank=True, help_text="250 mots au plus.")
    status = models.CharField(
        "preuve",
        max_length=12,
        choices=EvidenceStatus.choices,
        default=EvidenceStatus.EMERGING,
    )
    issues = ParentalManyToManyField(
        "reference.Issue", blank=True, related_name="practices", verbose_name="enjeux"
    )
    dimensions = ParentalManyToManyField(
        "reference.Dimension", blank=True, related_name="practices", verbose_name="dimensions"
    )
    sectors = ParentalManyToManyField(
        "reference.Sector", blank=True, related_name="practices", verbose_name="secteurs"
    )
    places = ParentalManyToManyField(
        "reference.Place", blank=True, related_name="practices", verbose_name="lieux"
    )
    milieu_size = models.CharField(
        "taille du milieu", max_length=12, choices=MilieuSize.choices, blank=True
    )
    milieu_kind = models.CharField(
        "genre de milieu", max_length=15, choices=MilieuKind.choices, blank=True
    )
    started_in = models.PositiveSmallIntegerField("depuis (année)", null=True, blank=True)
    ended_in = models.PositiveSmallIntegerField(
        "jusqu’en (année)", null=True, blank=True, help_text="Vide: toujours en cours."
    )
    holder_name = models.CharField("organisme porteur", max_length=160, blank=True)
    holder_url = models.URLField("site de l’organisme", max_length=300, blank=True)
    contact_email = models.EmailField(
        "courriel de l’organisme", blank=True, help_text="Une adresse d’organisme, pas de personne."
    )
    contact_phone = models.CharField("téléphone de l’organisme", max_length=40, blank=True)
    contact_hint = models.CharField(
        "qui demander",
        max_length=120,
        blank=True,
        help_text="Une fonction plutôt qu’un nom: « la coordination du jardin ».",
    )

    # Story
    situation = RichTextField("situation de départ", blank=True, features=PLAIN)
    aims = RichTextField("ce qu’on a voulu", blank=True, features=PLAIN)
    approach = RichTextField("comment on s’y est pris", blank=True, features=PLAIN)
    concerned_people = RichTextField("qui a participé", blank=True, features=PLAIN)
    what_did_not_work = RichTextField("ce qui n’a pas marché", blank=True, features=PLAIN)
    success_conditions = RichTextField("conditions de succès", blank=True, features=PLAIN)
    watch_points = RichTextField("points de vigilance", blank=True, features=PLAIN)
    adaptation = RichTextField("comment l’adapter ailleurs", blank=True, features=PLAIN)
    sequel = RichTextField("la suite", blank=True, features=PLAIN)

    # Means
    cost_band = models.CharField("coût", max_length=12, choices=CostBand.choices, blank=True)
    cost_detail = models.CharField("précision sur le coût", max_length=250, blank=True)
    effort_band = models.CharField("effort", max_length=8, choices=EffortBand.choices, blank=True)
    effort_detail = models.CharField("précision sur l’effort", max_length=250, blank=True)
    video_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vidéo",
    )

    # Consent, freshness and provenance
    consent_given = models.BooleanField(
        "l’organisme porteur accepte que la fiche soit publiée", default=False
    )
    consent_note = models.CharField(
        "qui a accepté, et quand",
        max_length=200,
        blank=True,
        help_text="Gardé pour l’équipe, jamais montré au public.",
    )
    licence = models.CharField(
        "licence", max_length=15, choices=Licence.choices, default=Licence.CC_BY
    )
    verified_on = models.DateField("dernière vérification", null=True, blank=True, editable=False)
    review_due_on = models.DateField("à vérifier le", null=True, blank=True, editable=False)
    source_name = models.CharField("source", max_length=200, blank=True)
    source_url = models.URLField("adresse de la source", max_length=300, blank=True)
    source_key = models.CharField(
        "clé dans la source", max_length=200, null=True, blank=True, unique=True, editable=False
    )
    is_demo = models.BooleanField("fictive (démonstration)", default=False, editable=False)

    goes_public: bool | None = None
    """What a form knows (`GoesPublicForm`); None elsewhere: then a page that is live is public."""

    base_form_class = PracticeForm
    content_panels = [PageHelp(), TITLE_PANEL, *CONTENT_PANELS]
    settings_panels = [*PROVENANCE_PANELS, *BasePage.settings_panels]
    exclude_fields_in_copy = ["source_key", "verified_on", "review_due_on"]
    parent_page_types = ["pratiques.CataloguePage"]
    subpage_types: list[str] = []
    template = "pratiques/practice.html"
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("holder_name"),
        index.RelatedFields("places", [index.SearchField("name")]),
        index.RelatedFields("issues", [index.SearchField("name")]),
        index.RelatedFields("dimensions", [index.SearchField("name")]),
        index.RelatedFields("sectors", [index.SearchField("name")]),
        *(index.SearchField(name) for name in STORY),
        index.RelatedFields("moments", [index.SearchField("text")]),
        index.RelatedFields("results", [index.SearchField("text")]),
        index.RelatedFields("partners", [index.SearchField("name")]),
        index.FilterField("status"),
    ]

    class Meta:
        verbose_name = "fiche de pratique"
        verbose_name_plural = "fiches de pratiques"

    def clean(self) -> None:
        """Also asked by Wagtail when it publishes by itself: `Page.save` cleans what is live."""
        super().clean()
        errors = {}
        if self.started_in and self.ended_in and self.ended_in < self.started_in:
            errors["ended_in"] = "La fin précède le début."
        if self.live if self.goes_public is None else self.goes_public:
            errors = still_example(self) | too_long(self) | missing_to_publish(self) | errors
        if errors:
            raise ValidationError(errors)

    def permissions_for_user(self, user: Any) -> PracticePermissions:
        return PracticePermissions(user, self)

    def with_content_json(self, content: dict[str, Any]) -> PracticePage:
        """The dates of its checks are the live sheet’s: no draft brings older ones back."""
        page = super().with_content_json(content)
        page.verified_on, page.review_due_on = self.verified_on, self.review_due_on
        return page

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """One that was public answers at its address, to say so; a draft is not there."""
        if self.first_published_at and not self.live and not path_components:
            return RouteResult(self)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """The sheet, or how to cite it, for a reference manager."""
        if not self.live and not getattr(request, "is_preview", False):
            catalogue = {"catalogue": self.get_parent()}
            gone = TemplateResponse(request, "pratiques/gone.html", catalogue, status=410)
            return for_everyone(gone)
        asked = request.GET.get("format", "")
        if asked in FILE_TYPES:
            return for_everyone(citation_response(self._citation(request), asked))
        return super().serve(request, *args, **kwargs)

    def _citation(self, request: HttpRequest) -> Citation:
        return citation_of(
            self,
            catalogue=self.get_parent().title,
            publisher=SiteSettings.for_request(request).organisation,
            address=self.address(request),
        )

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        """A preview already holds what was typed; a live page reads its rows, all at once."""
        if getattr(request, "is_preview", False):
            load_links(self)
        else:
            load_rows(self)
        citation = self._citation(request)
        return super().get_context(request, *args, **kwargs) | {
            "screen": sheet_screen(self),
            "catalogue": self.get_parent(),
            "address": citation.url,
            "citation": citation,
            "structured": structured_sheet(self, citation),
        }
