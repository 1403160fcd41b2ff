"""Figures about places: what is counted, who published it, and every value with its status."""

from __future__ import annotations

from django.db import models

from reference.enums import BreakdownAxis, Rollup, ValueStatus
from reference.models.vocabularies import Vocabulary


class Indicator(Vocabulary):
    """What is counted or measured, with the sentence (`description`) that makes it plain to read.

    A territory's figure may be made from those of its municipalities, in the one way said here
    (`rollup`), never otherwise.
    """

    theme = models.CharField("thème", max_length=60, blank=True)
    unit = models.CharField("unité", max_length=30, blank=True)
    decimals = models.PositiveSmallIntegerField("décimales montrées", default=0)
    may_be_negative = models.BooleanField("peut être négatif", default=False)
    dimension = models.ForeignKey(
        "reference.Dimension",
        verbose_name="dimension voisine",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="indicators",
        help_text="La dimension d’appréciation que ce chiffre éclaire.",
    )
    rollup = models.CharField(
        "chiffre du territoire", max_length=10, choices=Rollup.choices, default=Rollup.NONE
    )
    rollup_of = models.ForeignKey(
        "self",
        verbose_name="calculé avec",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    rollup_over = models.ForeignKey(
        "self",
        verbose_name="divisé par",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta(Vocabulary.Meta):
        verbose_name = "indicateur"
        verbose_name_plural = "indicateurs"

    @property
    def is_compared(self) -> bool:
        """A count follows the size of the place: only rates, means and medians are compared."""
        return self.rollup != Rollup.SUM


class IndicatorSource(models.Model):
    """One edition of a publication: who, under what licence, where."""

    series = models.SlugField("série", max_length=40)
    edition = models.CharField("édition", max_length=40)
    name = models.CharField("nom", max_length=200)
    publisher = models.CharField("organisme", max_length=120)
    licence = models.CharField("licence", max_length=120)
    url = models.URLField("adresse", max_length=300, blank=True)

    class Meta:
        verbose_name = "source d’indicateurs"
        verbose_name_plural = "sources d’indicateurs"
        ordering = ("publisher", "name", "edition")
        constraints = [
            models.UniqueConstraint(
                fields=("series", "edition"), name="indicator_source_once_an_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publisher}, {self.name} ({self.licence})"


class Breakdown(models.Model):
    """One class of an age, gender or income axis. A value without one is about everybody."""

    code = models.CharField("code", max_length=60, unique=True)
    axis = models.CharField("selon", max_length=10, choices=BreakdownAxis.choices)
    label = models.CharField("classe", max_length=80)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "ventilation"
        verbose_name_plural = "ventilations"
        ordering = ("axis", "position", "code")

    def __str__(self) -> str:
        return self.label


class IndicatorValue(models.Model):
    """One figure as its source gives it, or why there is none. Where it came from stays with it.

    `period` is ISO 8601: a year, a month, or the interval of a change (« 2016/2021 »).
    """

    place = models.ForeignKey(
        "reference.Place",
        on_delete=models.CASCADE,
        related_name="indicator_values",
        verbose_name="lieu",
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="values", verbose_name="indicateur"
    )
    period = models.CharField("période", max_length=9)
    breakdown = models.ForeignKey(
        Breakdown,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="values",
        verbose_name="classe",
    )
    value = models.DecimalField("valeur", max_digits=20, decimal_places=6, null=True, blank=True)
    status = models.CharField(
        "statut", max_length=15, choices=ValueStatus.choices, default=ValueStatus.PUBLISHED
    )
    symbol = models.CharField("symbole de la source", max_length=12, blank=True)
    source = models.ForeignKey(
        IndicatorSource, on_delete=models.PROTECT, related_name="values", verbose_name="source"
    )
    file_name = models.CharField("fichier", max_length=150, blank=True)
    line = models.PositiveIntegerField("ligne du fichier", null=True, blank=True)
    is_computed = models.BooleanField("calculé à partir des municipalités", default=False)

    class Meta:
        verbose_name = "valeur d’indicateur"
        verbose_name_plural = "valeurs d’indicateurs"
        ordering = ("indicator", "place", "period")
        constraints = [
            models.UniqueConstraint(
                fields=("place", "indicator", "period"),
                condition=models.Q(breakdown__isnull=True),
                name="indicator_value_once",
            ),
            models.UniqueConstraint(
                fields=("place", "indicator", "period", "breakdown"),
                condition=models.Q(breakdown__isnull=False),
                name="indicator_value_once_a_class",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=("published", "rounded", "estimated"))
                | models.Q(value__isnull=False),
                name="indicator_value_shown_exists",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=("suppressed", "not_available"))
                | models.Q(value__isnull=True),
                name="indicator_value_hidden_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.indicator}, {self.period}"


class PortraitItem(models.Model):
    """The ordered list an editor chooses: what a portrait shows. The rest is kept, not shown."""

    indicator = models.OneToOneField(
        Indicator,
        on_delete=models.CASCADE,
        related_name="portrait_item",
        verbose_name="indicateur",
        error_messages={"unique": "Cet indicateur est déjà dans la liste."},
    )
    position = models.PositiveSmallIntegerField("rang", default=0)
    is_key_figure = models.BooleanField(
        "chiffre clé", default=False, help_text="Dit en grand, en tête du portrait."
    )

    class Meta:
        verbose_name = "chiffre des portraits"
        verbose_name_plural = "chiffres des portraits"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return str(self.indicator)
