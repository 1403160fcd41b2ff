"""« Une erreur? Dites-le »: what readers of the draft ask to correct, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from appreciation.enums import CorrectionState


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def waiting(self) -> CorrectionQuerySet:
        return self.filter(state=CorrectionState.RECEIVED)


class Correction(models.Model):
    """A short text about one section of the report, or about the whole. Read by the team only."""

    appraisal = models.ForeignKey(
        "appreciation.Appraisal", on_delete=models.CASCADE, related_name="corrections"
    )
    key = models.CharField(
        max_length=64,
        unique=True,
        editable=False,
        help_text="Le même formulaire envoyé deux fois ne fait qu’une correction.",
    )
    section = models.SlugField("section", max_length=30, blank=True)
    text = models.TextField("correction", max_length=1000)
    received_at = models.DateTimeField("reçue le")
    state = models.CharField(
        "état",
        max_length=10,
        choices=CorrectionState.choices,
        default=CorrectionState.RECEIVED,
    )
    reason = models.CharField("raison", max_length=500, blank=True)
    decided_at = models.DateTimeField("traitée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "correction"
        verbose_name_plural = "corrections"
        ordering = ("received_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=CorrectionState.REFUSED) | ~models.Q(reason=""),
                name="correction_refused_with_a_reason",
                violation_error_message="Dites pourquoi la correction est refusée.",
            )
        ]

    def __str__(self) -> str:
        return f"Correction {self.pk}, {self.get_state_display()}"


class CorrectionContact(models.Model):
    """A name and a way to reach, left freely to be answered. Seen by the team of the démarche;
    erased the night after the restitution closes.
    """

    correction = models.OneToOneField(
        Correction, on_delete=models.CASCADE, related_name="contact", verbose_name="correction"
    )
    name = models.CharField("nom", max_length=100, blank=True)
    reach = models.CharField("téléphone ou courriel", max_length=150, blank=True)

    class Meta:
        verbose_name = "personne à rappeler"
        verbose_name_plural = "personnes à rappeler"

    def __str__(self) -> str:
        return f"Personne à rappeler, correction {self.correction_id}"
