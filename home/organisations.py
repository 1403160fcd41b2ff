"""Organisations of the directory: committees, tables of concertation, partners. Never a person."""

from __future__ import annotations

from django.db import models

from home.enums import OrganisationKind
from reference.enums import PlaceKind


class Organisation(models.Model):
    kind = models.CharField("sorte", max_length=12, choices=OrganisationKind.choices)
    name = models.CharField("nom", max_length=200, unique=True)
    acronym = models.CharField("sigle", max_length=20, blank=True)
    territory = models.ForeignKey(
        "reference.Place",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="organisations",
        limit_choices_to={"kind": PlaceKind.TERRITORY},
        verbose_name="territoire",
        help_text="Vide: toute la région, ou au-delà.",
    )
    issue = models.ForeignKey(
        "reference.Issue",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name="enjeu",
    )
    description = models.TextField("ce qu’elle fait", max_length=400, blank=True)
    url = models.URLField("site", max_length=300, blank=True)
    email = models.EmailField(
        "courriel", blank=True, help_text="Une adresse d’organisme, pas de personne."
    )
    phone = models.CharField("téléphone", max_length=40, blank=True)
    source = models.CharField(
        "source", max_length=250, blank=True, help_text="D’où vient ce qui est dit ici, et l’année."
    )
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisations"
        ordering = ("position", "name", "pk")

    def __str__(self) -> str:
        return f"{self.name} ({self.acronym})" if self.acronym else self.name
