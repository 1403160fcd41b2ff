"""« Cette page vous a-t-elle été utile? »: numbers by page and by day, nothing on who answered."""

from django.db import models


class UsefulCount(models.Model):
    """How many said yes or no of a page on one day. No cookie, no address, no words."""

    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="useful_counts",
        verbose_name="page",
    )
    day = models.DateField("jour")
    yes = models.PositiveIntegerField("oui", default=0)
    no = models.PositiveIntegerField("non", default=0)

    class Meta:
        verbose_name = "avis sur une page"
        verbose_name_plural = "avis sur les pages"
        constraints = [
            models.UniqueConstraint(fields=("page", "day"), name="useful_count_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.page}, {self.day}: {self.yes} oui, {self.no} non"
