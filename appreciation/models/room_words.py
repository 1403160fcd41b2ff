"""The word of the room: a short question, short texts without a seat, headings to group them."""

from __future__ import annotations

from django.db import models

from appreciation.enums import RoomWordState


class RoomQuestion(models.Model):
    """Phones may answer while the meeting's `asked_question` names it."""

    meeting = models.ForeignKey(
        "appreciation.Meeting", on_delete=models.CASCADE, related_name="room_questions"
    )
    text = models.CharField("question", max_length=140)
    in_report = models.BooleanField("à garder dans le rapport", default=False)

    class Meta:
        verbose_name = "question à la salle"
        verbose_name_plural = "questions à la salle"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("meeting", "text"), name="room_question_once")
        ]

    def __str__(self) -> str:
        return self.text


class RoomHeading(models.Model):
    """A title that the facilitator gives to words that go together."""

    question = models.ForeignKey(RoomQuestion, on_delete=models.CASCADE, related_name="headings")
    title = models.CharField("titre", max_length=80)

    class Meta:
        verbose_name = "titre de regroupement"
        verbose_name_plural = "titres de regroupement"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("question", "title"), name="room_heading_once")
        ]

    def __str__(self) -> str:
        return self.title


class RoomWord(models.Model):
    """A text of at most 140 signs. No seat: `key` counts and recognises them, for thirty days."""

    question = models.ForeignKey(RoomQuestion, on_delete=models.CASCADE, related_name="words")
    heading = models.ForeignKey(
        RoomHeading, null=True, blank=True, on_delete=models.SET_NULL, related_name="words"
    )
    text = models.CharField("mot", max_length=140)
    key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001  NULL once erased: unique
    state = models.CharField(
        "état", max_length=10, choices=RoomWordState.choices, default=RoomWordState.WAITING
    )

    class Meta:
        verbose_name = "mot de la salle"
        verbose_name_plural = "mots de la salle"
        ordering = ("text", "pk")

    def __str__(self) -> str:
        return self.text
