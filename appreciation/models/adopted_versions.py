"""The report as the committee adopted it: its own file, beside the one that the site assembles."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AdoptedVersion(models.Model):
    """A Word file or a PDF joined after the adoption. The newest one counts; others are kept.

    `is_shared`: the team wants it read with the next edition at the full public level. Otherwise
    the team and the coordination read it, as long as the démarche is on the site.
    """

    appraisal = models.ForeignKey(
        "appreciation.Appraisal",
        on_delete=models.CASCADE,
        related_name="adopted_versions",
        verbose_name="démarche",
    )
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="document",
    )
    is_shared = models.BooleanField("à publier avec le rapport", default=False)
    attached_at = models.DateTimeField("jointe le", auto_now_add=True)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="jointe par",
    )

    class Meta:
        verbose_name = "version adoptée"
        verbose_name_plural = "versions adoptées"
        ordering = ("-attached_at", "-pk")

    def __str__(self) -> str:
        return f"Version adoptée, {self.appraisal}"
