"""« Encore vrai? »: what an organisation is asked of its sheet, and what it answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from background.models import random_token
from pratiques.enums import FreshnessReply


class FreshnessCheck(models.Model):
    """One question to the holder of a sheet. Its link opens without an account, dies with the row.

    `words` is what the holder wrote: editors read it; it goes with the sheet.
    """

    practice = models.ForeignKey(
        "pratiques.PracticePage",
        on_delete=models.CASCADE,
        related_name="freshness_checks",
        verbose_name="fiche",
    )
    token = models.CharField(max_length=60, unique=True, default=random_token, editable=False)
    asked_at = models.DateTimeField("demandé le")
    reminded_at = models.DateTimeField("rappelé le", null=True, blank=True)
    closed_at = models.DateTimeField("fini le", null=True, blank=True)
    reply = models.CharField("réponse", max_length=12, choices=FreshnessReply.choices, blank=True)
    words = models.TextField("ce qui a changé", max_length=2000, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="réglé par",
    )

    class Meta:
        verbose_name = "vérification d’une fiche"
        verbose_name_plural = "vérifications de fiches"
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("practice",),
                condition=models.Q(closed_at__isnull=True),
                name="freshness_check_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.get_reply_display() or 'sans réponse'}"
