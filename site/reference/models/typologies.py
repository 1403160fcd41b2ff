"""Types and quintiles that others gave to places: data, never computed here (DOMAIN.md §2.2)."""

from __future__ import annotations

from django.db import models


class Typology(models.Model):
    """A way of sorting places, at one version. Its labels are its author's."""

    scheme = models.SlugField("nomenclature", max_length=40)
    version = models.CharField("version", max_length=20)
    name = models.CharField("nom", max_length=150)
    description = models.TextField("ce qu’elle dit, et ce qu’elle ne dit pas", blank=True)
    source = models.ForeignKey(
        "reference.IndicatorSource",
        on_delete=models.PROTECT,
        related_name="typologies",
        verbose_name="source",
    )

    class Meta:
        verbose_name = "typologie"
        verbose_name_plural = "typologies"
        ordering = ("scheme", "version")
        constraints = [
            models.UniqueConstraint(fields=("scheme", "version"), name="typology_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"


class TypologyType(models.Model):
    typology = models.ForeignKey(
        Typology, on_delete=models.CASCADE, related_name="types", verbose_name="typologie"
    )
    code = models.CharField("code", max_length=40)
    label = models.CharField("libellé", max_length=150)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "type"
        verbose_name_plural = "types"
        ordering = ("position", "code")
        constraints = [
            models.UniqueConstraint(fields=("typology", "code"), name="typology_type_once")
        ]

    def __str__(self) -> str:
        return self.label


class TypeAssignment(models.Model):
    """The type of a place. The public reads it only once the community agreed, on a day."""

    place = models.ForeignKey(
        "reference.Place",
        on_delete=models.CASCADE,
        related_name="type_assignments",
        verbose_name="lieu",
    )
    typology = models.ForeignKey(
        Typology, on_delete=models.CASCADE, related_name="assignments", verbose_name="typologie"
    )
    type = models.ForeignKey(
        TypologyType, on_delete=models.CASCADE, related_name="assignments", verbose_name="type"
    )
    community_agreed_on = models.DateField(
        "la communauté a accepté de le montrer le", null=True, blank=True
    )
    file_name = models.CharField("fichier", max_length=150, blank=True)

    class Meta:
        verbose_name = "type d’un lieu"
        verbose_name_plural = "types des lieux"
        ordering = ("typology", "place")
        constraints = [
            models.UniqueConstraint(fields=("place", "typology"), name="type_of_a_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.type}"
