"""The whole of a démarche in one file, made by the worker for the person who asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from appreciation.enums import ExportState
from appreciation.models.meetings import random_token


class ExportJob(models.Model):
    """One file asked for. Row and file are gone after 24 hours."""

    appraisal = models.ForeignKey(
        "appreciation.Appraisal",
        on_delete=models.CASCADE,
        related_name="export_jobs",
        verbose_name="démarche",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="demandé par",
    )
    token = models.CharField(max_length=60, unique=True, default=random_token, editable=False)
    state = models.CharField(
        "état", max_length=10, choices=ExportState.choices, default=ExportState.WAITING
    )
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    claimed_until = models.DateTimeField("pris jusqu’à", null=True, blank=True)
    asked_at = models.DateTimeField("demandé le")
    ready_at = models.DateTimeField("prêt le", null=True, blank=True)
    file_name = models.CharField("fichier", max_length=120, blank=True)
    size = models.PositiveBigIntegerField("taille", default=0)

    class Meta:
        verbose_name = "copie complète à faire"
        verbose_name_plural = "copies complètes à faire"
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return f"{self.appraisal}: {self.get_state_display()}"
