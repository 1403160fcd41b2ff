"""Links that lead nowhere, as the night found them."""

from __future__ import annotations

from django.db import models


class BrokenLink(models.Model):
    """One row per page and address, while it cannot be read. `failures`: nights in a row."""

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name="page"
    )
    url = models.CharField("adresse", max_length=500)
    reason = models.CharField("raison", max_length=60)
    failures = models.PositiveSmallIntegerField("nuits de suite", default=1)
    found_on = models.DateField("depuis le")

    class Meta:
        verbose_name = "lien brisé"
        verbose_name_plural = "liens brisés"
        ordering = ("found_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=("page", "url"), name="broken_link_once_a_page")
        ]

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}"
