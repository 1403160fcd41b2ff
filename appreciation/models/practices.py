"""What links a démarche to the catalogue of practices."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class PracticeSetAside(models.Model):
    """A suggested sheet that the team did not keep: never suggested to this démarche again."""

    appraisal = models.ForeignKey(
        "appreciation.Appraisal", on_delete=models.CASCADE, related_name="practices_set_aside"
    )
    practice = models.ForeignKey(
        "pratiques.PracticePage", on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = "pratique écartée"
        verbose_name_plural = "pratiques écartées"
        constraints = [
            models.UniqueConstraint(
                fields=("appraisal", "practice"), name="practice_set_aside_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.appraisal}: {self.practice}"


class PracticeOrigin(models.Model):
    """A practice born of a démarche: of one of its findings, or of one of its actions."""

    practice = models.ForeignKey(
        "pratiques.PracticePage",
        on_delete=models.CASCADE,
        related_name="origins",
        verbose_name="pratique",
    )
    finding = models.ForeignKey(
        "appreciation.Finding",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="practice_origins",
        verbose_name="constat",
    )
    action = models.ForeignKey(
        "appreciation.Action",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="practice_origins",
        verbose_name="action",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="inscrit par",
    )

    class Meta:
        verbose_name = "origine d’une pratique"
        verbose_name_plural = "origines des pratiques"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(finding__isnull=False, action__isnull=True)
                | models.Q(finding__isnull=True, action__isnull=False),
                name="practice_origin_one_of_two",
                violation_error_message="L’origine est un constat ou une action, pas les deux.",
            ),
            models.UniqueConstraint(
                fields=("practice", "finding"), name="practice_origin_finding_once"
            ),
            models.UniqueConstraint(
                fields=("practice", "action"), name="practice_origin_action_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} ← {self.finding or self.action}"
