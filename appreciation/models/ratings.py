"""Answers and their counts. A rating never meets a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from appreciation.enums import MAX_LEVELS, ExitLevel, ExitQuestion, Medium, SpecialAnswer

ANSWER_IN_RANGE = models.Q(answer__gte=1, answer__lte=MAX_LEVELS) | models.Q(
    answer__in=SpecialAnswer.values
)


class Rating(models.Model):
    """One answer of one seat to one item in one round: a level 1..K, or a `SpecialAnswer`."""

    seat = models.ForeignKey("appreciation.Seat", on_delete=models.CASCADE, related_name="ratings")
    item = models.ForeignKey("appreciation.Item", on_delete=models.PROTECT, related_name="ratings")
    round = models.ForeignKey(
        "appreciation.Round", on_delete=models.CASCADE, related_name="ratings"
    )
    answer = models.SmallIntegerField("réponse")
    sequence = models.PositiveBigIntegerField(default=1)
    client_recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "réponse"
        verbose_name_plural = "réponses"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("seat", "item", "round"), name="rating_once"),
            models.CheckConstraint(condition=ANSWER_IN_RANGE, name="rating_answer_in_range"),
        ]

    def __str__(self) -> str:
        return str(self.answer)


class RatingCount(models.Model):
    """How many answers of each kind: kept in the transaction of the rating itself."""

    meeting = models.ForeignKey(
        "appreciation.Meeting", on_delete=models.CASCADE, related_name="rating_counts"
    )
    round = models.ForeignKey(
        "appreciation.Round", on_delete=models.CASCADE, related_name="rating_counts"
    )
    item = models.ForeignKey("appreciation.Item", on_delete=models.PROTECT, related_name="+")
    answer = models.SmallIntegerField("réponse")
    medium = models.CharField("moyen", max_length=15, choices=Medium.choices)
    sector = models.ForeignKey(
        "reference.Sector", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    count = models.PositiveIntegerField("nombre", default=0)

    class Meta:
        verbose_name = "décompte"
        verbose_name_plural = "décomptes"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("round", "item", "answer", "medium", "sector"),
                condition=models.Q(sector__isnull=False),
                name="rating_count_once_by_sector",
            ),
            models.UniqueConstraint(
                fields=("round", "item", "answer", "medium"),
                condition=models.Q(sector__isnull=True),
                name="rating_count_once_without_sector",
            ),
            models.CheckConstraint(condition=ANSWER_IN_RANGE, name="rating_count_answer_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.count}"


class HandCount(models.Model):
    """A show of hands: it invents no seats and stays out of any cut by sector."""

    meeting = models.ForeignKey(
        "appreciation.Meeting", on_delete=models.CASCADE, related_name="hand_counts"
    )
    round = models.ForeignKey(
        "appreciation.Round", on_delete=models.CASCADE, related_name="hand_counts"
    )
    item = models.ForeignKey("appreciation.Item", on_delete=models.PROTECT, related_name="+")
    answer = models.SmallIntegerField("réponse")
    count = models.PositiveSmallIntegerField("mains levées")

    class Meta:
        verbose_name = "main levée"
        verbose_name_plural = "mains levées"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("round", "item", "answer"), name="hand_count_once"),
            models.CheckConstraint(condition=ANSWER_IN_RANGE, name="hand_count_answer_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.count}"


class Comment(models.Model):
    """A word left with an answer. No seat: `key` recognises a resend, for thirty days."""

    meeting = models.ForeignKey(
        "appreciation.Meeting", on_delete=models.CASCADE, related_name="comments"
    )
    item = models.ForeignKey("appreciation.Item", on_delete=models.PROTECT, related_name="+")
    text = models.TextField("mot", max_length=10_000)
    key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001  NULL once erased: unique
    is_hidden = models.BooleanField("masqué", default=False)
    is_quoted = models.BooleanField("à citer dans le rapport", default=False)

    class Meta:
        verbose_name = "mot laissé"
        verbose_name_plural = "mots laissés"
        ordering = ("item", "pk")

    def __str__(self) -> str:
        return self.text[:60]


class RatingCorrection(models.Model):
    """A paper sheet typed again otherwise: what it was, what it became, who did it."""

    seat = models.ForeignKey(
        "appreciation.Seat", on_delete=models.CASCADE, related_name="corrections"
    )
    item = models.ForeignKey("appreciation.Item", on_delete=models.PROTECT, related_name="+")
    old_answer = models.SmallIntegerField("avant", null=True, blank=True)
    new_answer = models.SmallIntegerField("après", null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_label = models.CharField("par", max_length=80, blank=True)
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "correction de saisie"
        verbose_name_plural = "corrections de saisie"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.old_answer} → {self.new_answer}"


class AgreedRating(models.Model):
    """The level the group settled on: its own statement, with the reason and any dissent."""

    meeting = models.ForeignKey(
        "appreciation.Meeting", on_delete=models.CASCADE, related_name="agreed_ratings"
    )
    item = models.ForeignKey("appreciation.Item", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField("niveau convenu", null=True, blank=True)
    reason = models.TextField("pourquoi", blank=True)
    dissent = models.TextField("ce que certains voient autrement", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "niveau convenu"
        verbose_name_plural = "niveaux convenus"
        ordering = ("item", "pk")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "item"), name="agreed_rating_once"),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True)
                | models.Q(level__gte=1, level__lte=MAX_LEVELS),
                name="agreed_rating_level_in_range",
            ),
        ]

    def __str__(self) -> str:
        return str(self.level)


class ExitAnswer(models.Model):
    """One of the three exit questions, answered from a seat."""

    seat = models.ForeignKey(
        "appreciation.Seat", on_delete=models.CASCADE, related_name="exit_answers"
    )
    question = models.CharField("question", max_length=10, choices=ExitQuestion.choices)
    answer = models.CharField("réponse", max_length=10, choices=ExitLevel.choices)

    class Meta:
        verbose_name = "réponse de sortie"
        verbose_name_plural = "réponses de sortie"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("seat", "question"), name="exit_answer_once")
        ]

    def __str__(self) -> str:
        return self.answer


class ExitHandCount(models.Model):
    """The same questions by show of hands or from paper slips, as counts."""

    meeting = models.ForeignKey(
        "appreciation.Meeting", on_delete=models.CASCADE, related_name="exit_hand_counts"
    )
    question = models.CharField("question", max_length=10, choices=ExitQuestion.choices)
    answer = models.CharField("réponse", max_length=10, choices=ExitLevel.choices)
    count = models.PositiveSmallIntegerField("nombre")

    class Meta:
        verbose_name = "sortie, main levée"
        verbose_name_plural = "sorties, mains levées"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "question", "answer"), name="exit_hand_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.answer}: {self.count}"
