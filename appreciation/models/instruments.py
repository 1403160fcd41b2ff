"""Instruments: what is asked, in which order, on which scale."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import PreviewableMixin

from appreciation.enums import MAX_LEVELS, InstrumentState


class Scale(ClusterableModel):
    """Three to seven ordered levels, each with an anchor (repère)."""

    code = models.SlugField("code", max_length=40, unique=True)
    name = models.CharField("nom", max_length=120)

    class Meta:
        verbose_name = "échelle"
        verbose_name_plural = "échelles"
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class ScaleLevel(models.Model):
    scale = ParentalKey(Scale, on_delete=models.CASCADE, related_name="levels")
    position = models.PositiveSmallIntegerField(
        "niveau", validators=[MinValueValidator(1), MaxValueValidator(MAX_LEVELS)]
    )
    label = models.CharField("nom du niveau", max_length=60)
    anchor = models.CharField("repère", max_length=300, blank=True)

    class Meta:
        verbose_name = "niveau"
        verbose_name_plural = "niveaux"
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("scale", "position"), name="scale_level_once")
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.label}"


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def ready(self) -> InstrumentQuerySet:
        return self.filter(state=InstrumentState.READY)


class RealInstruments(models.Manager.from_queryset(InstrumentQuerySet)):
    """Every instrument but the copies that rehearsals play with."""

    def get_queryset(self) -> InstrumentQuerySet:
        return super().get_queryset().filter(is_rehearsal=False)


class Instrument(PreviewableMixin, ClusterableModel):
    """A versioned set of questions. Frozen (`frozen_at`) once used: copy it to change it."""

    code = models.SlugField("code", max_length=40)
    version = models.CharField("version", max_length=20, default="1")
    name = models.CharField("nom", max_length=150)
    summary = models.TextField("en bref", blank=True)
    notice = models.CharField(
        "mention",
        max_length=200,
        blank=True,
        help_text="Affichée avec le nom, par exemple « version de travail, à valider ».",
    )
    state = models.CharField(
        "état", max_length=10, choices=InstrumentState.choices, default=InstrumentState.DRAFT
    )
    is_default = models.BooleanField("proposé d’office", default=False)
    scale = models.ForeignKey(
        Scale, on_delete=models.PROTECT, related_name="instruments", verbose_name="échelle"
    )
    duration_minutes = models.PositiveSmallIntegerField("durée (minutes)", default=15)
    source = models.CharField("source", max_length=300, blank=True)
    licence = models.CharField("licence", max_length=200, blank=True)
    frozen_at = models.DateTimeField("gelé le", null=True, blank=True, editable=False)
    is_rehearsal = models.BooleanField("copie d’une répétition", default=False, editable=False)

    objects = RealInstruments()
    every = InstrumentQuerySet.as_manager()
    preview_template = "appreciation/admin/instrument_preview.html"

    class Meta:
        verbose_name = "instrument"
        verbose_name_plural = "instruments"
        ordering = ("name", "version", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("code", "version"),
                name="instrument_version_once",
                violation_error_message="Cette version de l’instrument existe déjà.",
            ),
            models.UniqueConstraint(
                fields=("is_default",),
                condition=models.Q(is_default=True),
                name="instrument_single_default",
                violation_error_message="Un autre instrument est déjà proposé d’office.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (version {self.version})"

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """One phone screen per question, saved or not yet."""
        texts = [
            item.text
            for dimension in self.instrument_dimensions.all()
            if not dimension.discussion_only
            for item in dimension.items.all()
        ]
        return [
            (str(rank), f"{rank}. {text[:60]}") for rank, text in enumerate(texts, start=1)
        ] or [("1", "Aucune question")]

    def get_preview_template(self, request, mode_name: str) -> str:
        return self.preview_template

    def get_preview_context(self, request, mode_name: str) -> dict:
        return super().get_preview_context(request, mode_name) | {"rank": mode_name}


class InstrumentDimension(ClusterableModel):
    sort_order_field = "position"

    instrument = ParentalKey(
        Instrument, on_delete=models.CASCADE, related_name="instrument_dimensions"
    )
    dimension = models.ForeignKey(
        "reference.Dimension", on_delete=models.PROTECT, related_name="+", verbose_name="dimension"
    )
    position = models.PositiveSmallIntegerField("rang", default=0)
    title = models.CharField(
        "titre", max_length=120, blank=True, help_text="Vide: le nom de la dimension."
    )
    discussion_only = models.BooleanField("discussion seulement", default=False)
    prompt = models.TextField(
        "pour relancer la discussion",
        blank=True,
        help_text="Par exemple: qui manque autour de la table? Pour qui est-ce différent?",
    )

    class Meta:
        verbose_name = "dimension de l’instrument"
        verbose_name_plural = "dimensions de l’instrument"
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("instrument", "dimension"), name="instrument_dimension_once"
            )
        ]

    def __str__(self) -> str:
        return self.title or self.dimension.name


class Item(models.Model):
    """One question. `anchors` replaces the scale's anchors, one line per level."""

    sort_order_field = "position"

    instrument_dimension = ParentalKey(
        InstrumentDimension, on_delete=models.CASCADE, related_name="items"
    )
    code = models.SlugField("code", max_length=40)
    position = models.PositiveSmallIntegerField("rang", default=0)
    text = models.CharField("énoncé", max_length=300)
    why = models.CharField("pourquoi on le demande", max_length=400, blank=True)
    scale = models.ForeignKey(
        Scale,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="échelle",
        help_text="Vide: l’échelle de l’instrument.",
    )
    anchors = models.TextField(
        "repères",
        blank=True,
        help_text="Une ligne par niveau, du premier au dernier. Vide: les repères de l’échelle.",
    )

    class Meta:
        verbose_name = "énoncé"
        verbose_name_plural = "énoncés"
        ordering = ("instrument_dimension__position", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("instrument_dimension", "code"), name="item_code_once_in_dimension"
            )
        ]

    def __str__(self) -> str:
        return self.text
