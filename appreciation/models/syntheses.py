"""The regional synthesis: démarches read across, for a regional meeting (DOMAIN.md §9.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from appreciation.enums import FindingKind, SourceShown
from appreciation.models.meetings import random_code

if TYPE_CHECKING:
    from accounts.models import User


def new_reference() -> str:
    return f"S-{random_code(6)}"


class SynthesisQuerySet(models.QuerySet["Synthesis"]):
    def visible_to(self, user: User) -> SynthesisQuerySet:
        """The coordination of the region, whole: a territory's coordinator reads what is out."""
        if user.is_superuser:
            return self
        return self.filter(region__in=user.coordinated_places())

    def with_editions(self) -> SynthesisQuerySet:
        """Each with what its list says: how many démarches and editions, whether one is out."""
        out = SynthesisEdition.objects.out().filter(synthesis=models.OuterRef("pk"))
        return self.annotate(
            taken=models.Count(
                "sources",
                filter=~models.Q(sources__shown=SourceShown.OPTED_OUT),
                distinct=True,
            ),
            frozen=models.Count("editions", distinct=True),
            is_out=models.Exists(out),
        )


class Synthesis(models.Model):
    """A draft kept for weeks by several people. What leaves is an edition, written by `freeze`."""

    region = models.ForeignKey(
        "reference.Place", on_delete=models.PROTECT, related_name="+", verbose_name="région"
    )
    reference = models.CharField(
        "référence", max_length=20, unique=True, editable=False, default=new_reference
    )
    title = models.CharField("titre", max_length=200)
    headline = models.CharField("en une phrase", max_length=250, blank=True)
    year = models.PositiveSmallIntegerField("année")
    is_demo = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("commencée le", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SynthesisQuerySet.as_manager()

    class Meta:
        verbose_name = "synthèse"
        verbose_name_plural = "synthèses"
        ordering = ("-year", "-pk")

    def __str__(self) -> str:
        return self.title


class SynthesisSourceQuerySet(models.QuerySet["SynthesisSource"]):
    def told(self) -> SynthesisSourceQuerySet:
        """Those that the synthesis reads: whoever asked to stay out is kept, and not read."""
        return self.exclude(shown=SourceShown.OPTED_OUT)


class SynthesisSource(models.Model):
    """A démarche chosen for a synthesis, and how it is shown there."""

    synthesis = models.ForeignKey(Synthesis, on_delete=models.CASCADE, related_name="sources")
    appraisal = models.ForeignKey(
        "appreciation.Appraisal",
        on_delete=models.PROTECT,
        related_name="synthesis_sources",
        verbose_name="démarche",
    )
    shown = models.CharField(
        "présentée", max_length=10, choices=SourceShown.choices, default=SourceShown.NAMED
    )
    story = models.TextField("son histoire, en une page", max_length=3000, blank=True)
    story_version = models.PositiveIntegerField(default=1, editable=False)

    objects = SynthesisSourceQuerySet.as_manager()

    class Meta:
        verbose_name = "démarche retenue"
        verbose_name_plural = "démarches retenues"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("synthesis", "appraisal"), name="synthesis_source_once")
        ]

    def __str__(self) -> str:
        return f"{self.synthesis}: {self.appraisal}"


class Theme(models.Model):
    """An entry of the codebook that a region keeps from one synthesis to the next."""

    region = models.ForeignKey("reference.Place", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("genre", max_length=15, choices=FindingKind.choices)
    label = models.CharField("thème", max_length=120)
    definition = models.CharField("ce qu’on y range", max_length=300, blank=True)
    issue = models.ForeignKey(
        "reference.Issue",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="enjeu",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "thème"
        verbose_name_plural = "thèmes"
        ordering = ("kind", "label")
        constraints = [
            models.UniqueConstraint(fields=("region", "kind", "label"), name="theme_label_once")
        ]

    def __str__(self) -> str:
        return self.label


class CodedFinding(models.Model):
    """A published finding put under a theme by a person. `finding_key` tells it in its edition."""

    synthesis = models.ForeignKey(Synthesis, on_delete=models.CASCADE, related_name="coded")
    appraisal = models.ForeignKey(
        "appreciation.Appraisal", on_delete=models.CASCADE, related_name="+"
    )
    finding_key = models.CharField(max_length=64)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="coded")
    coded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    coded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "constat classé"
        verbose_name_plural = "constats classés"
        constraints = [
            models.UniqueConstraint(
                fields=("synthesis", "appraisal", "finding_key", "theme"), name="coded_finding_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.finding_key[:8]}"


class SynthesisQuote(models.Model):
    """A word that its démarche published with permission, picked for the synthesis."""

    synthesis = models.ForeignKey(Synthesis, on_delete=models.CASCADE, related_name="quotes")
    appraisal = models.ForeignKey(
        "appreciation.Appraisal", on_delete=models.CASCADE, related_name="+"
    )
    quote_key = models.CharField(max_length=64)

    class Meta:
        verbose_name = "citation choisie"
        verbose_name_plural = "citations choisies"
        constraints = [
            models.UniqueConstraint(
                fields=("synthesis", "appraisal", "quote_key"), name="synthesis_quote_once"
            )
        ]

    def __str__(self) -> str:
        return self.quote_key[:8]


class SynthesisText(models.Model):
    """A paragraph written between the figures. Absent: the text assembled from the figures."""

    synthesis = models.ForeignKey(Synthesis, on_delete=models.CASCADE, related_name="texts")
    key = models.SlugField("section", max_length=30)
    text = models.TextField("texte", max_length=6000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "texte de la synthèse"
        verbose_name_plural = "textes de la synthèse"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("synthesis", "key"), name="synthesis_text_once")
        ]

    def __str__(self) -> str:
        return self.key


class SynthesisEditionQuerySet(models.QuerySet["SynthesisEdition"]):
    def out(self) -> SynthesisEditionQuerySet:
        """What everybody may read: published, neither withdrawn nor replaced."""
        return self.filter(
            published_at__isnull=False, withdrawn_at__isnull=True, superseded_at__isnull=True
        )

    def light(self) -> SynthesisEditionQuerySet:
        return self.defer("snapshot")


class SynthesisEdition(models.Model):
    """Figures frozen on a day, with the data's fingerprint. Immutable but for its life dates.

    `inputs`: `[{appraisal, publication, fingerprint, shown}]`, what the figures were made from.
    """

    synthesis = models.ForeignKey(Synthesis, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("édition", default=1)
    snapshot = models.JSONField("synthèse figée")
    inputs = models.JSONField("ce qui a servi", default=list)
    fingerprint = models.CharField("empreinte SHA-256", max_length=64)
    frozen_at = models.DateTimeField("figée le", auto_now_add=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="version adoptée",
    )
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    superseded_at = models.DateTimeField("remplacée le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawal_reason = models.CharField("raison du retrait", max_length=300, blank=True)

    objects = SynthesisEditionQuerySet.as_manager()

    class Meta:
        verbose_name = "édition de la synthèse"
        verbose_name_plural = "éditions de la synthèse"
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("synthesis", "number"), name="synthesis_edition_once"),
            models.UniqueConstraint(
                fields=("synthesis",),
                condition=models.Q(
                    published_at__isnull=False,
                    withdrawn_at__isnull=True,
                    superseded_at__isnull=True,
                ),
                name="synthesis_single_public",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.synthesis}, édition {self.number}"
