"""What a file brought into the catalogue, and the imports that editors ask for."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from cms.imports.models import BaseImportJob


class ImportedValues(models.Model):
    """What the last file said of a sheet: whatever differs today was written by an editor."""

    practice = models.OneToOneField(
        "pratiques.PracticePage",
        on_delete=models.CASCADE,
        related_name="imported",
        verbose_name="fiche",
    )
    values = models.JSONField("contenu importé", default=dict)
    file_name = models.CharField("fichier", max_length=200)
    imported_at = models.DateTimeField("importé le", default=timezone.now)

    class Meta:
        verbose_name = "contenu importé"
        verbose_name_plural = "contenus importés"

    def __str__(self) -> str:
        return f"{self.practice}: {self.file_name}"


class ImportJob(BaseImportJob):
    """A file of sheets."""

    class Meta(BaseImportJob.Meta):
        verbose_name = "import de fiches"
        verbose_name_plural = "imports de fiches"
