"""The report back in the hands of those who made it."""

from __future__ import annotations

from django.db import models


class Restitution(models.Model):
    """When participants may read the draft report, and the paper copies handed out.

    `closes_at` is exclusive: the midnight after the last day.
    """

    appraisal = models.OneToOneField(
        "appreciation.Appraisal",
        on_delete=models.CASCADE,
        related_name="restitution",
        verbose_name="démarche",
    )
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    closes_at = models.DateTimeField("jusqu’au", null=True, blank=True)
    paper_copies = models.PositiveSmallIntegerField("copies de papier remises", default=0)
    paper_places = models.CharField("où elles ont été remises", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "restitution"
        verbose_name_plural = "restitutions"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opened_at__isnull=True, closes_at__isnull=True)
                | models.Q(closes_at__gte=models.F("opened_at")),
                name="restitution_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return f"Restitution, {self.appraisal}"
