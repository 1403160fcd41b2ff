"""People without an account who asked to be told what becomes of a published démarche."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from appreciation.models.meetings import random_token


class Follower(models.Model):
    """An address, what its owner agreed to, and when. Nobody of the site sees it on a screen.

    Its links die with the row: 48 hours after an unconfirmed request, at once when she
    unsubscribes, and when the démarche leaves the register.
    """

    appraisal = models.ForeignKey(
        "appreciation.Appraisal",
        on_delete=models.CASCADE,
        related_name="followers",
        verbose_name="démarche",
    )
    email = models.EmailField("courriel")
    token = models.CharField(max_length=60, unique=True, default=random_token, editable=False)
    consent_text = models.TextField("texte de consentement lu")
    asked_at = models.DateTimeField("demandé le")
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    told_until = models.DateTimeField("averti jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "personne qui suit une démarche"
        verbose_name_plural = "personnes qui suivent une démarche"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("appraisal", Lower("email"), name="follower_once"),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal} ({self.pk})"
