"""A « répétition générale »: the evening tried beforehand, alone, with fictitious people."""

from __future__ import annotations

import math

from django.conf import settings
from django.db import models


class Rehearsal(models.Model):
    """The trace of a rehearsal, for the eyes of whoever made it; it goes with her account.

    `meeting` is played in a démarche, an instrument and a place of its own, all hidden from
    `objects`; it is None once they are wiped. `source` is the démarche it was copied from.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="rehearsals",
        verbose_name="personne",
    )
    source = models.ForeignKey(
        "appreciation.Appraisal",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="démarche imitée",
    )
    meeting = models.OneToOneField(
        "appreciation.Meeting", null=True, blank=True, on_delete=models.SET_NULL
    )
    started_at = models.DateTimeField("commencée le")
    alone_at = models.DateTimeField("personne d’autre dans la salle", null=True, blank=True)
    ended_at = models.DateTimeField("menée jusqu’au bout le", null=True, blank=True)
    wiped_at = models.DateTimeField("effacée le", null=True, blank=True)

    class Meta:
        verbose_name = "répétition"
        verbose_name_plural = "répétitions"
        ordering = ("-started_at", "-pk")

    def __str__(self) -> str:
        return f"Répétition du {self.started_at:%Y-%m-%d}"

    @property
    def minutes(self) -> int | None:
        """Minutes from the start to « Saisie terminée »; None when it was not led so far."""
        if self.ended_at is None:
            return None
        return max(1, math.ceil((self.ended_at - self.started_at).total_seconds() / 60))
