"""Dots and stickers: what the room would start with, counted together from phones and poster."""

from __future__ import annotations

from django.db import models

from appreciation.enums import DOT_MEDIA


class DotPoll(models.Model):
    """One choice of priorities per meeting; `Meeting.dots` says whether it is open or shown."""

    meeting = models.OneToOneField(
        "appreciation.Meeting", on_delete=models.CASCADE, related_name="dot_poll"
    )
    per_person = models.PositiveSmallIntegerField("points par personne", default=3)
    may_stack = models.BooleanField("plusieurs points sur une même piste", default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    unlinked_people = models.PositiveIntegerField(
        default=0, help_text="Personnes qui ont voté par téléphone, une fois les places déliées."
    )

    class Meta:
        verbose_name = "choix par points"
        verbose_name_plural = "choix par points"

    def __str__(self) -> str:
        return f"Points, {self.meeting}"


class DotOption(models.Model):
    """A lead of the meeting (`finding`), or one typed for the poster. Its text stays as voted."""

    poll = models.ForeignKey(DotPoll, on_delete=models.CASCADE, related_name="options")
    finding = models.ForeignKey(
        "appreciation.Finding", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.CharField("piste", max_length=600)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "piste à choisir"
        verbose_name_plural = "pistes à choisir"
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=("poll", "position"), name="dot_option_place_once")
        ]

    def __str__(self) -> str:
        return self.text


class DotVote(models.Model):
    """The dots that one seat put on one option; changed until the vote closes."""

    option = models.ForeignKey(DotOption, on_delete=models.CASCADE, related_name="votes")
    seat = models.ForeignKey("appreciation.Seat", on_delete=models.CASCADE, related_name="+")
    count = models.PositiveSmallIntegerField("points")

    class Meta:
        verbose_name = "points d’une place"
        verbose_name_plural = "points des places"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("option", "seat"), name="dot_vote_once"),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="dot_vote_is_some"),
        ]

    def __str__(self) -> str:
        return str(self.count)


class DotCount(models.Model):
    """Dots counted without a seat: typed from the poster, or phones once their seats are gone."""

    option = models.ForeignKey(DotOption, on_delete=models.CASCADE, related_name="counts")
    medium = models.CharField("moyen", max_length=15, choices=DOT_MEDIA)
    count = models.PositiveIntegerField("points")

    class Meta:
        verbose_name = "points comptés"
        verbose_name_plural = "points comptés"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("option", "medium"), name="dot_count_once")]

    def __str__(self) -> str:
        return str(self.count)
