"""Asking for help: who asks, from where, who takes it in charge, what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from appreciation.enums import WAITING_HELP_STATES, HelpState, Phase

if TYPE_CHECKING:
    from accounts.models import User


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    def visible_to(self, user: User) -> HelpRequestQuerySet:
        """Hers, and those that she may answer."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(models.Q(asker=user) | _answered_by(user))

    def editable_by(self, user: User) -> HelpRequestQuerySet:
        """Those that this person may answer: of the places she coordinates, or of no démarche."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if user.is_superuser else self.filter(_answered_by(user))

    def waiting(self) -> HelpRequestQuerySet:
        return self.filter(state__in=WAITING_HELP_STATES)


def _answered_by(user: User) -> models.Q:
    places = user.coordinated_places()
    return models.Q(appraisal__place__in=places) | (
        models.Q(appraisal=None) & models.Exists(places)
    )


class HelpRequest(models.Model):
    """Read by the person who asks and by the coordination of the place, nobody else in the team.

    Words and names go a year after the close (`erase_on`), with the whole row.
    """

    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="de la part de",
    )
    asked_by = models.CharField(
        "d’où vient la demande",
        max_length=120,
        blank=True,
        help_text="Sans compte: d’où elle vient.",
    )
    appraisal = models.ForeignKey(
        "appreciation.Appraisal",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="help_requests",
        verbose_name="démarche",
    )
    phase = models.CharField("étape", max_length=15, choices=Phase.choices, blank=True)
    address = models.CharField("écran", max_length=500, blank=True)
    context = models.TextField("ce qui manque", blank=True)
    state = models.CharField(
        "état", max_length=10, choices=HelpState.choices, default=HelpState.NEW
    )
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="prise en charge par",
    )
    asked_at = models.DateTimeField("demandée le", default=timezone.now)
    promised_by = models.DateTimeField("réponse promise d’ici le")
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    form_key = models.CharField(
        max_length=80,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text="Le même formulaire envoyé deux fois n’ouvre qu’une demande.",
    )

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d’aide"
        verbose_name_plural = "demandes d’aide"
        ordering = ("asked_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=HelpState.CLOSED) | models.Q(closed_at__isnull=False),
                name="help_closed_is_stamped",
            )
        ]

    def __str__(self) -> str:
        return f"demande d’aide {self.pk}"

    @property
    def from_whom(self) -> str:
        return str(self.asker) if self.asker else self.asked_by or "une personne sans compte"


class HelpMessage(models.Model):
    """One word of the exchange; the first is the question. It goes with its request."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="de la part de",
    )
    text = models.TextField("texte")
    at = models.DateTimeField("écrit le", default=timezone.now)
    form_key = models.CharField(
        max_length=80,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text="Le même formulaire envoyé deux fois n’écrit qu’une fois.",
    )

    class Meta:
        verbose_name = "message d’aide"
        verbose_name_plural = "messages d’aide"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"message {self.pk}"


class FrequentQuestion(models.Model):
    """An answer that may serve others, rewritten without naming anyone. Public once published."""

    question = models.CharField("question", max_length=200)
    answer = models.TextField("réponse", help_text="Sans nommer de personne ni de communauté.")
    phase = models.CharField(
        "étape",
        max_length=15,
        choices=Phase.choices,
        blank=True,
        help_text="Elle se lit aussi à cette page de la trousse.",
    )
    is_published = models.BooleanField("publiée", default=False)
    position = models.PositiveSmallIntegerField("rang", default=0)
    made_from = models.OneToOneField(
        HelpRequest,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="frequent_question",
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    updated_at = models.DateTimeField("modifiée le", auto_now=True)

    class Meta:
        verbose_name = "question fréquente"
        verbose_name_plural = "questions fréquentes"
        ordering = ("position", "question", "pk")

    def __str__(self) -> str:
        return self.question
