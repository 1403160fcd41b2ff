"""Table groups: what each table settled on before the plenary agreed."""

from __future__ import annotations

from django.db import models

from appreciation.enums import MAX_LEVELS


class DiscussionTable(models.Model):
    """A table of the hall, by its number. `people`: how many sat there, if somebody counted."""

    meeting = models.ForeignKey(
        "appreciation.Meeting", on_delete=models.CASCADE, related_name="tables"
    )
    number = models.PositiveSmallIntegerField("numéro")
    people = models.PositiveSmallIntegerField("personnes à la table", null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "table de discussion"
        verbose_name_plural = "tables de discussion"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("meeting", "number"), name="discussion_table_once")
        ]

    def __str__(self) -> str:
        return f"Table {self.number}"


class TableRating(models.Model):
    """The level a table settled on: its own statement, never counted as anybody's answer."""

    table = models.ForeignKey(DiscussionTable, on_delete=models.CASCADE, related_name="ratings")
    item = models.ForeignKey("appreciation.Item", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField("niveau de la table", null=True, blank=True)
    note = models.CharField("pourquoi, en une phrase", max_length=300, blank=True)

    class Meta:
        verbose_name = "niveau d’une table"
        verbose_name_plural = "niveaux des tables"
        ordering = ("table__number", "pk")
        constraints = [
            models.UniqueConstraint(fields=("table", "item"), name="table_rating_once"),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True)
                | models.Q(level__gte=1, level__lte=MAX_LEVELS),
                name="table_rating_level_in_range",
            ),
        ]

    def __str__(self) -> str:
        return str(self.level)
