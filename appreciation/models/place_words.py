"""What people of a place say beside the statistics: local facts, and how they read them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from appreciation.enums import LocalFactKind
from appreciation.models.portraits import FIRST_YEAR, LAST_YEAR

WHO = "Un groupe ou un rôle, jamais le nom d’une personne."


class PlaceFact(Orderable):
    """The school that stays open, the grocery that closed: told by people of the place."""

    page = ParentalKey(
        "appreciation.PlacePage", on_delete=models.CASCADE, related_name="local_facts"
    )
    kind = models.CharField("de quoi s’agit-il", max_length=15, choices=LocalFactKind.choices)
    words = models.CharField("en quelques mots", max_length=300)
    year = models.PositiveSmallIntegerField(
        "année",
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
        help_text="Quand c’était vrai: les lieux changent.",
    )
    told_by = models.CharField("dit par", max_length=150, help_text=WHO)

    class Meta(Orderable.Meta):
        verbose_name = "repère local"
        verbose_name_plural = "repères locaux"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"


class PlaceReading(Orderable):
    """A « lecture commentée »: what people see in a figure, and what it does not say."""

    page = ParentalKey("appreciation.PlacePage", on_delete=models.CASCADE, related_name="readings")
    indicator = models.ForeignKey(
        "reference.Indicator",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="à propos de",
        help_text="Vide: du portrait en entier.",
    )
    words = models.TextField("ce que nous y lisons", max_length=800)
    told_by = models.CharField("dit par", max_length=150, help_text=WHO)
    told_on = models.DateField("le")

    class Meta(Orderable.Meta):
        verbose_name = "lecture commentée"
        verbose_name_plural = "lectures commentées"

    def __str__(self) -> str:
        return self.words[:60]
