"""What left the room: immutable snapshots."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from appreciation.enums import PUBLIC_LEVELS, Phase, PublicationLevel


class PublicationQuerySet(models.QuerySet["Publication"]):
    def current(self) -> PublicationQuerySet:
        """Neither withdrawn nor replaced by a later edition."""
        return self.filter(withdrawn_at__isnull=True, superseded_at__isnull=True)

    def out(self) -> PublicationQuerySet:
        """Current and past their embargo."""
        return self.current().filter(
            models.Q(embargo_until__isnull=True) | models.Q(embargo_until__lte=timezone.now())
        )

    def listed(self) -> PublicationQuerySet:
        """What everyone may read: out, at a public level, and its address still stands."""
        return self.out().filter(level__in=PUBLIC_LEVELS, appraisal__page__isnull=False)

    def light(self) -> PublicationQuerySet:
        """Without the report: lists need only the notice."""
        return self.defer("snapshot", "search_text")


class Publication(models.Model):
    """A snapshot at a level. Only `publish()` writes it; pages and exports read only this."""

    appraisal = models.ForeignKey(
        "appreciation.Appraisal", on_delete=models.PROTECT, related_name="publications"
    )
    number = models.PositiveSmallIntegerField("édition", default=1)
    slug = models.SlugField("adresse", max_length=200)
    level = models.CharField("niveau", max_length=10, choices=PublicationLevel.choices)
    entry = models.JSONField("notice", help_text="Ce que montrent les listes.")
    snapshot = models.JSONField("rapport")
    fingerprint = models.CharField("empreinte SHA-256", max_length=64)
    adopted_by = models.CharField("adopté par", max_length=200, blank=True)
    adopted_on = models.DateField("adopté le", null=True, blank=True)
    title = models.CharField("titre", max_length=250)
    place = models.ForeignKey("reference.Place", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey(
        "reference.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issues = models.ManyToManyField(
        "reference.Issue", blank=True, related_name="+", verbose_name="enjeux"
    )
    dimensions = models.ManyToManyField(
        "reference.Dimension",
        blank=True,
        related_name="+",
        verbose_name="dimensions",
        help_text="Celles dont parlent les constats.",
    )
    year = models.PositiveSmallIntegerField("année")
    phase = models.CharField("phase", max_length=15, choices=Phase.choices)
    instrument_code = models.CharField("code de l’instrument", max_length=60, blank=True)
    is_historical = models.BooleanField("historique, non comparable", default=False)
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="document public",
    )
    search_text = models.TextField("mots pour la recherche", blank=True, editable=False)
    embargo_until = models.DateTimeField("pas avant le", null=True, blank=True)
    published_at = models.DateTimeField("publié le", auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    superseded_at = models.DateTimeField("remplacé le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    withdrawal_reason = models.CharField("raison du retrait", max_length=300, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "publication"
        verbose_name_plural = "publications"
        ordering = ("-published_at", "-pk")
        indexes = [models.Index(fields=("slug",), name="publication_slug")]
        constraints = [
            models.UniqueConstraint(fields=("appraisal", "number"), name="publication_number_once"),
            models.UniqueConstraint(
                fields=("appraisal",),
                condition=models.Q(withdrawn_at__isnull=True, superseded_at__isnull=True),
                name="publication_single_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal}, édition {self.number}"
