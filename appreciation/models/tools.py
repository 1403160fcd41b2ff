"""The tools of the toolkit, their versions, their files, and the démarches that used them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from appreciation.enums import Phase, ShippedText, ToolKind, ToolVariant

CONTENT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote"]


class Tool(PreviewableMixin, DraftStateMixin, RevisionMixin, index.Indexed, ClusterableModel):
    """One version of one tool. A newer one is another row that says which it replaces.

    Its address is stable: `slug` stays once it was published.
    """

    title = models.CharField("titre", max_length=120)
    slug = models.SlugField(
        "adresse",
        max_length=80,
        unique=True,
        help_text="La fin de l’adresse. Elle ne change plus une fois l’outil publié.",
        error_messages={"unique": "Un autre outil a cette adresse."},
    )
    kind = models.CharField("sorte", max_length=12, choices=ToolKind.choices)
    variant = models.CharField(
        "pour qui", max_length=10, choices=ToolVariant.choices, default=ToolVariant.STANDARD
    )
    version = models.CharField("version", max_length=20, default="1")
    dated_on = models.DateField("date de la version", default=timezone.localdate)
    owner = models.CharField(
        "qui en répond", max_length=120, help_text="Un organisme ou une fonction, pas une personne."
    )
    licence = models.CharField("licence", max_length=200)
    phases = models.JSONField("étapes", default=list)
    description = models.TextField(
        "à quoi il sert", max_length=500, help_text="Une ou deux phrases."
    )
    content = RichTextField(
        "texte de l’outil",
        blank=True,
        features=CONTENT_FEATURES,
        help_text="Ce qui se lit et s’imprime de la page même.",
    )
    shipped_text = models.CharField(
        "texte tenu par le logiciel",
        max_length=15,
        choices=ShippedText.choices,
        blank=True,
        help_text="Montré après le texte de l’outil.",
    )
    replaces = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
        verbose_name="remplace",
        help_text="L’ancienne version garde son adresse et renvoie à celle-ci.",
    )
    variant_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="variants",
        verbose_name="autre façon de",
        help_text="L’outil pour tout le monde dont celui-ci est une variante.",
    )
    is_working_version = models.BooleanField(
        "version de travail",
        default=True,
        help_text="Décochez quand le Consortium l’a relue et adoptée.",
    )
    position = models.PositiveSmallIntegerField("rang", default=0)

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("description"),
        index.SearchField("content"),
        index.AutocompleteField("title"),
        index.FilterField("kind"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = "outil"
        verbose_name_plural = "outils"
        ordering = ("position", "title", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("replaces",),
                name="one_successor_per_tool",
                violation_error_message="Un autre outil remplace déjà celui-là.",
            ),
            models.CheckConstraint(
                condition=~models.Q(replaces=models.F("pk")),
                name="tool_does_not_replace_itself",
                violation_error_message="Un outil ne se remplace pas lui-même.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @property
    def phase_list(self) -> list[Phase]:
        return [phase for phase in Phase if phase in self.phases]

    @property
    def is_for_all(self) -> bool:
        return self.variant == ToolVariant.STANDARD

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "toolkit/tool.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {
            "request": request,
            "tool": self,
            "formats": [],
            "made": [],
            "page": None,
            "stops": [],
            "older": None,
            "newest": None,
            "used_by": 0,
            "variants": [],
        }


class ToolFormat(models.Model):
    """A public file of a tool, or the document that the software fills in for each démarche."""

    tool = ParentalKey(Tool, on_delete=models.CASCADE, related_name="formats")
    label = models.CharField("nom", max_length=80, blank=True)
    document = models.ForeignKey(
        "cms.SiteDocument",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="fichier public",
    )
    made = models.CharField("document rempli par le logiciel", max_length=60, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "format"
        verbose_name_plural = "formats"
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(document__isnull=False, made="")
                | (models.Q(document__isnull=True) & ~models.Q(made="")),
                name="tool_format_is_one_thing",
                violation_error_message=(
                    "Choisissez un fichier public ou un document rempli par le logiciel, "
                    "pas les deux."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.label or (self.document.title if self.document else self.made)


class ToolUse(models.Model):
    """A démarche used this version of this tool. Kept as it was, whatever the tool becomes."""

    appraisal = models.ForeignKey(
        "appreciation.Appraisal",
        on_delete=models.CASCADE,
        related_name="tool_uses",
        verbose_name="démarche",
    )
    tool = models.ForeignKey(
        Tool, on_delete=models.PROTECT, related_name="uses", verbose_name="outil"
    )
    title = models.CharField("titre", max_length=120)
    version = models.CharField("version", max_length=20)
    used_at = models.DateTimeField("employé le", default=timezone.now)

    class Meta:
        verbose_name = "outil employé"
        verbose_name_plural = "outils employés"
        ordering = ("used_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("appraisal", "tool", "version"), name="one_use_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"
