"""The follow-up: where each action stands at 3, 6, 12 and 24 months."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from appreciation.enums import CheckInMonths, CheckInReply, CheckInState, CheckInVia
from appreciation.models.meetings import random_token


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, user) -> CheckInQuerySet:
        from appreciation.models.appraisals import Appraisal

        return self.filter(appraisal__in=Appraisal.objects.visible_to(user).values("pk"))


class CheckIn(models.Model):
    """One question asked to the person in charge: where do the actions stand?

    Its link opens without an account and dies with the row. `answered_by_label` is what she wrote
    of herself: the team and the coordination read it for a year, then it is erased.
    """

    appraisal = models.ForeignKey(
        "appreciation.Appraisal",
        on_delete=models.CASCADE,
        related_name="check_ins",
        verbose_name="démarche",
    )
    months = models.PositiveSmallIntegerField("mois", choices=CheckInMonths.choices)
    due_on = models.DateField("prévu le")
    token = models.CharField(max_length=60, unique=True, default=random_token, editable=False)
    state = models.CharField(
        "état", max_length=10, choices=CheckInState.choices, default=CheckInState.WAITING
    )
    asked_at = models.DateTimeField("demandé le", null=True, blank=True)
    reminded_at = models.DateTimeField("rappelé le", null=True, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    answered_by_label = models.CharField("qui répond", max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="inscrit par",
    )
    via = models.CharField("par", max_length=10, choices=CheckInVia.choices, blank=True)
    words = models.TextField("en quelques mots", max_length=1000, blank=True)
    shown_at = models.DateTimeField(
        "au registre depuis",
        null=True,
        blank=True,
        help_text="Le registre dit où en sont les actions: ni noms ni mots.",
    )

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = "suivi"
        verbose_name_plural = "suivis"
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=("appraisal", "months"), name="check_in_once"),
            models.CheckConstraint(
                condition=~models.Q(state=CheckInState.ANSWERED)
                | models.Q(answered_at__isnull=False),
                name="check_in_answered_is_stamped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal}: {self.get_months_display()}"


class CheckInAnswer(models.Model):
    """Where one action stood then. The title stays when the plan changes."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="answers")
    action = models.ForeignKey(
        "appreciation.Action",
        null=True,
        on_delete=models.SET_NULL,
        related_name="check_in_answers",
        verbose_name="action",
    )
    title = models.CharField("action", max_length=200)
    reply = models.CharField("réponse", max_length=15, choices=CheckInReply.choices)
    words = models.CharField("en quelques mots", max_length=500, blank=True)

    class Meta:
        verbose_name = "réponse à un suivi"
        verbose_name_plural = "réponses aux suivis"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("check_in", "action"), name="check_in_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_reply_display()}"
