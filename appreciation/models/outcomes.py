"""What the people of the place made of it: findings, actions, report."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from appreciation.enums import ActionState, FindingKind


class Finding(models.Model):
    """A strength, a challenge or a lead, in the words of the group."""

    appraisal = models.ForeignKey(
        "appreciation.Appraisal", on_delete=models.CASCADE, related_name="findings"
    )
    meeting = models.ForeignKey(
        "appreciation.Meeting",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="findings",
    )
    kind = models.CharField("genre", max_length=15, choices=FindingKind.choices)
    dimension = models.ForeignKey(
        "reference.Dimension",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="dimension",
    )
    text = models.TextField("constat", max_length=600)
    quotable = models.BooleanField("peut être cité tel quel", default=False)
    position = models.PositiveSmallIntegerField("rang", default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "constat"
        verbose_name_plural = "constats"
        ordering = ("kind", "position", "pk")

    def __str__(self) -> str:
        return self.text[:80]


class Action(models.Model):
    """A decided lead: someone carries it, a first small step, a date."""

    appraisal = models.ForeignKey(
        "appreciation.Appraisal", on_delete=models.CASCADE, related_name="actions"
    )
    finding = models.ForeignKey(
        Finding,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="actions",
        verbose_name="piste",
    )
    title = models.CharField("action", max_length=200)
    carrier = models.CharField("qui la porte", max_length=200)
    first_step = models.CharField("premier petit pas", max_length=300)
    due_on = models.DateField("d’ici le")
    state = models.CharField(
        "état", max_length=15, choices=ActionState.choices, default=ActionState.PLANNED
    )
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "action"
        verbose_name_plural = "actions"
        ordering = ("position", "due_on", "pk")

    def __str__(self) -> str:
        return self.title


class ReportSection(models.Model):
    """One editable paragraph of the report. Absent: the text assembled from the data."""

    appraisal = models.ForeignKey(
        "appreciation.Appraisal", on_delete=models.CASCADE, related_name="report_sections"
    )
    key = models.SlugField("section", max_length=30)
    text = models.TextField("texte", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "paragraphe du rapport"
        verbose_name_plural = "paragraphes du rapport"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("appraisal", "key"), name="report_section_once")
        ]

    def __str__(self) -> str:
        return self.key
