"""Files made by the worker: documents of a démarche, its whole copy, files of a synthesis."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from appreciation.enums import ExportState
from appreciation.models.meetings import random_token

FULL_COPY = "copie-complete"
"""The code of the whole démarche in one file; the others are those of the documents."""


class ExportJob(models.Model):
    """One file asked for, of a démarche or of an edition of a synthesis. Gone after 24 hours.

    What everybody may take of an edition that is out is asked by nobody, and stays as long as it.
    `words`: how far it is while it is made, why it could not be made once it failed, what it lacks
    once it is ready.
    """

    appraisal = models.ForeignKey(
        "appreciation.Appraisal",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="export_jobs",
        verbose_name="démarche",
    )
    edition = models.ForeignKey(
        "appreciation.SynthesisEdition",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="export_jobs",
        verbose_name="édition de la synthèse",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="demandé par",
    )
    code = models.SlugField("document", max_length=60, default=FULL_COPY)
    meeting = models.ForeignKey(
        "appreciation.Meeting",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="rencontre",
    )
    options = models.JSONField("choix", default=dict, blank=True)
    extension = models.CharField("sorte de fichier", max_length=8, default="zip")
    token = models.CharField(max_length=60, unique=True, default=random_token, editable=False)
    state = models.CharField(
        "état", max_length=10, choices=ExportState.choices, default=ExportState.WAITING
    )
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    claimed_until = models.DateTimeField("pris jusqu’à", null=True, blank=True)
    percent = models.PositiveSmallIntegerField("avancement", default=0)
    words = models.CharField("où cela en est", max_length=300, blank=True)
    asked_at = models.DateTimeField("demandé le")
    ready_at = models.DateTimeField("prêt le", null=True, blank=True)
    file_name = models.CharField("fichier", max_length=120, blank=True)
    size = models.PositiveBigIntegerField("taille", default=0)

    class Meta:
        verbose_name = "fichier à faire"
        verbose_name_plural = "fichiers à faire"
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(appraisal__isnull=True) ^ models.Q(edition__isnull=True),
                name="export_job_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.appraisal or self.edition}, {self.code}: {self.get_state_display()}"
