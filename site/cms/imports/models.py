"""What is kept of a file that somebody asked to import. Each kind has its own table."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from background.models import random_token


class ImportState(models.TextChoices):
    """Where a file that was sent stands."""

    PREVIEW = "preview", "à confirmer"
    WAITING = "waiting", "en attente"
    RUNNING = "running", "en cours"
    DONE = "done", "fini"
    FAILED = "failed", "arrêté"


class ImportJobQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> ImportJobQuerySet:
        """Those she asked for: a file may hold what is not published."""
        return self.filter(asked_by=user)


class BaseImportJob(models.Model):
    """A file that an editor of the region uploaded: looked at, then confirmed, then imported.

    Seen by her alone. Row and file are gone after 7 days.
    """

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="demandé par",
    )
    token = models.CharField(max_length=60, unique=True, default=random_token, editable=False)
    name = models.CharField("fichier", max_length=200)
    stored_name = models.CharField("fichier gardé", max_length=200)
    mapping = models.TextField("correspondance", blank=True)
    state = models.CharField(
        "état", max_length=10, choices=ImportState.choices, default=ImportState.PREVIEW
    )
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    claimed_until = models.DateTimeField("pris jusqu’à", null=True, blank=True)
    percent = models.PositiveSmallIntegerField("avancement", default=0)
    words = models.TextField("où cela en est", blank=True)
    report = models.JSONField("compte rendu", default=dict, blank=True)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    done_at = models.DateTimeField("fini le", null=True, blank=True)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return f"{self.name}: {self.get_state_display()}"

    @property
    def is_in_hand(self) -> bool:
        """Confirmed, and not done yet."""
        return self.state in (ImportState.WAITING, ImportState.RUNNING)


class FigureImportJob(BaseImportJob):
    """A file of figures about places."""

    class Meta(BaseImportJob.Meta):
        verbose_name = "import de chiffres"
        verbose_name_plural = "imports de chiffres"
