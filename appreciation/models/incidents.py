"""Loi 25: incidents of confidentiality, and the people who were erased at their request."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Incident(models.Model):
    """One line of the register of incidents, kept five years; read by the coordination.

    It names nobody: how many people, and of what kind.
    """

    happened_on = models.DateField("survenu le")
    what = models.TextField("ce qui s’est passé", help_text="Sans nommer de personne.")
    who = models.CharField("qui est touché", max_length=300, help_text="Combien, de quel groupe.")
    sensitivity = models.CharField("sensibilité des renseignements", max_length=300)
    consequences = models.CharField("conséquences possibles", max_length=300)
    likely_use = models.CharField("probabilité d’un usage nuisible", max_length=300)
    is_serious = models.BooleanField(
        "risque de préjudice sérieux",
        default=False,
        help_text="Alors la Commission d’accès à l’information et les personnes sont avisées.",
    )
    measures = models.TextField("mesures prises")
    commission_told_on = models.DateField("avis à la Commission, le", null=True, blank=True)
    people_told_on = models.DateField("personnes avisées le", null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    written_at = models.DateTimeField("inscrit le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "incident de confidentialité"
        verbose_name_plural = "incidents de confidentialité"
        ordering = ("-happened_on", "-pk")

    def __str__(self) -> str:
        return f"incident du {self.happened_on}"


class PersonErasure(models.Model):
    """That somebody was erased, without saying who: the imprint finds her again after a restore."""

    imprint = models.CharField("empreinte", max_length=64, unique=True)
    erased_at = models.DateTimeField("effacée le", default=timezone.now)
    rows = models.PositiveIntegerField("inscriptions touchées", default=0)
    by_hand = models.PositiveIntegerField("à regarder à la main", default=0)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="par",
    )

    class Meta:
        verbose_name = "effacement d’une personne"
        verbose_name_plural = "effacements de personnes"
        ordering = ("-erased_at", "-pk")

    def __str__(self) -> str:
        return f"effacement du {self.erased_at:%Y-%m-%d}"
