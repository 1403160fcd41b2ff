"""Reading a sheet before it is public: how many readers, and what each said."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from pratiques.enums import GridLevel, GridLine

MOST_READERS = [MaxValueValidator(5)]


@register_setting(icon="view", order=620)
class ReviewSettings(BaseGenericSetting):
    """How many people besides its author approve a sheet, by rung of the ladder."""

    readers_emerging = models.PositiveSmallIntegerField(
        "fiche « novatrice »", default=1, validators=MOST_READERS
    )
    readers_promising = models.PositiveSmallIntegerField(
        "fiche « prometteuse »", default=1, validators=MOST_READERS
    )
    readers_supported = models.PositiveSmallIntegerField(
        "fiche « porteuse »", default=1, validators=MOST_READERS
    )
    readers_recognized = models.PositiveSmallIntegerField(
        "fiche « reconnue »",
        default=2,
        validators=MOST_READERS,
        help_text="Chaque personne remplit aussi la grille courte.",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("readers_emerging"),
                FieldPanel("readers_promising"),
                FieldPanel("readers_supported"),
                FieldPanel("readers_recognized"),
            ],
            heading="Combien de personnes approuvent, en plus de qui a écrit",
            help_text="0: une fiche complète paraît sans être relue.",
        )
    ]

    class Meta:
        verbose_name = "relecture des fiches"

    def __str__(self) -> str:
        return "relecture des fiches"


class PracticeReading(models.Model):
    """What one reader said of a sheet that was submitted; the grid, for « reconnue » only.

    Read by its author and by the readers of its places; goes with the sheet.
    """

    task_state = models.ForeignKey(
        "wagtailcore.TaskState",
        on_delete=models.CASCADE,
        related_name="practice_readings",
        verbose_name="lecture demandée",
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="lue par",
    )
    approves = models.BooleanField("approuve")
    words = models.TextField("commentaire", max_length=2000, blank=True)
    relevance = models.PositiveSmallIntegerField(
        "pertinence", choices=GridLevel.choices, null=True, blank=True
    )
    ethics = models.PositiveSmallIntegerField(
        "éthique", choices=GridLevel.choices, null=True, blank=True
    )
    equity = models.PositiveSmallIntegerField(
        "équité", choices=GridLevel.choices, null=True, blank=True
    )
    participation = models.PositiveSmallIntegerField(
        "participation", choices=GridLevel.choices, null=True, blank=True
    )
    transferability = models.PositiveSmallIntegerField(
        "transférabilité", choices=GridLevel.choices, null=True, blank=True
    )
    evidence = models.PositiveSmallIntegerField(
        "preuve", choices=GridLevel.choices, null=True, blank=True
    )
    read_at = models.DateTimeField("lue le", auto_now_add=True)

    class Meta:
        verbose_name = "lecture d’une fiche"
        verbose_name_plural = "lectures de fiches"
        ordering = ("read_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=("task_state", "reader"), name="practice_reading_once")
        ]

    def __str__(self) -> str:
        return "approuvée" if self.approves else "renvoyée"

    def grid(self) -> list[tuple[str, str]]:
        """Its lines in words; none when no grid was asked for."""
        filled = [(line, getattr(self, line.value)) for line in GridLine]
        return [
            (str(line.label), str(GridLevel(level).label))
            for line, level in filled
            if level is not None
        ]
