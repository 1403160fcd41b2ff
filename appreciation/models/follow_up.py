"""What came of it: outcomes with their evidence, and the facilitator's own look back."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from appreciation.enums import OutcomeKind


class Outcome(models.Model):
    """Something that happened, in words. `shown_at`: since when it may be read at the register.

    Its document stays with the team and the coordination; only its link may be public.
    """

    appraisal = models.ForeignKey(
        "appreciation.Appraisal",
        on_delete=models.CASCADE,
        related_name="outcomes",
        verbose_name="démarche",
    )
    action = models.ForeignKey(
        "appreciation.Action",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="outcomes",
        verbose_name="action",
    )
    kind = models.CharField(
        "genre", max_length=15, choices=OutcomeKind.choices, default=OutcomeKind.SMALL_STEP
    )
    happened_on = models.DateField("quand")
    words = models.TextField("ce qui est arrivé", max_length=600)
    evidence_link = models.URLField("lien", max_length=500, blank=True)
    evidence_document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="document ou photo",
    )
    shown_at = models.DateTimeField("au registre depuis", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="inscrit par",
    )

    class Meta:
        verbose_name = "retombée"
        verbose_name_plural = "retombées"
        ordering = ("-happened_on", "-pk")

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def is_public(self) -> bool:
        return self.shown_at is not None


class FacilitatorReview(models.Model):
    """The facilitator's look back, five lines and her hours. The team and the coordination read it.

    Never public: it is there so that the next facilitator has it easier.
    """

    appraisal = models.OneToOneField(
        "appreciation.Appraisal",
        on_delete=models.CASCADE,
        related_name="review",
        verbose_name="démarche",
    )
    worked = models.TextField("ce qui a marché", max_length=600, blank=True)
    difficult = models.TextField("ce qui a été difficile", max_length=600, blank=True)
    differently = models.TextField("ce que vous feriez autrement", max_length=600, blank=True)
    community_says = models.TextField("ce que la communauté en dit", max_length=600, blank=True)
    advice = models.TextField("un conseil", max_length=600, blank=True)
    hours = models.DecimalField(
        "heures en tout", max_digits=6, decimal_places=1, null=True, blank=True
    )
    hours_by_phase = models.JSONField("heures par étape", default=dict, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField("écrit le", auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="écrit par",
    )

    class Meta:
        verbose_name = "bilan de l’animation"
        verbose_name_plural = "bilans de l’animation"

    def __str__(self) -> str:
        return f"{self.appraisal}: bilan"
