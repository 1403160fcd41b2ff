"""What the portrait of a community is made of, and what its people were asked lately."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from appreciation.enums import LocalFactKind

FIRST_YEAR, LAST_YEAR = 1850, 2100


class PortraitFigure(models.Model):
    """A figure as its source gives it: a value may be « x » or « moins de 5 », never computed."""

    appraisal = models.ForeignKey(
        "appreciation.Appraisal", on_delete=models.CASCADE, related_name="portrait_figures"
    )
    position = models.PositiveSmallIntegerField("rang", default=0)
    label = models.CharField("ce que dit le chiffre", max_length=120)
    value = models.CharField("valeur", max_length=30)
    unit = models.CharField("unité", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(
        "année", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    source = models.CharField("source", max_length=200)

    class Meta:
        verbose_name = "chiffre du portrait"
        verbose_name_plural = "chiffres du portrait"
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="portrait_figure_has_source",
                violation_error_message="Un chiffre a une source.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value} {self.unit}".strip()


class LocalFact(models.Model):
    """What people of the place know: the school that stays open, the grocery that closed."""

    appraisal = models.ForeignKey(
        "appreciation.Appraisal", on_delete=models.CASCADE, related_name="local_facts"
    )
    position = models.PositiveSmallIntegerField("rang", default=0)
    kind = models.CharField("de quoi s’agit-il", max_length=15, choices=LocalFactKind.choices)
    words = models.CharField("en quelques mots", max_length=300)

    class Meta:
        verbose_name = "repère local"
        verbose_name_plural = "repères locaux"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"


class OtherConsultation(models.Model):
    """Something else that the same people were asked, by whom and when: typed by the team."""

    appraisal = models.ForeignKey(
        "appreciation.Appraisal", on_delete=models.CASCADE, related_name="other_consultations"
    )
    title = models.CharField("consultation", max_length=200)
    organizer = models.CharField("menée par", max_length=150)
    month = models.DateField("mois", help_text="Premier jour du mois où elle a eu lieu.")
    asked = models.CharField("qui a été consulté", max_length=200, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "autre consultation"
        verbose_name_plural = "autres consultations"
        ordering = ("-month", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("appraisal", "title", "organizer", "month"),
                name="other_consultation_once",
                violation_error_message="Cette consultation est déjà dans la liste.",
            )
        ]

    def __str__(self) -> str:
        return self.title
