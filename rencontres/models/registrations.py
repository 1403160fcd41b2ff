"""Who comes to an event: without an account, by a form or by telephone."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from rencontres.enums import EXPECTED_STATES, RegistrationState

if TYPE_CHECKING:
    from accounts.models import User


def random_token() -> str:
    return secrets.token_urlsafe(32)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, user: User) -> RegistrationQuerySet:
        """Those of the events of the places that this person coordinates."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(event__region__in=user.coordinated_places())

    def expected(self) -> RegistrationQuerySet:
        return self.filter(state__in=EXPECTED_STATES)

    def confirmed(self) -> RegistrationQuerySet:
        return self.filter(state=RegistrationState.CONFIRMED)

    def waiting(self) -> RegistrationQuerySet:
        """In the order in which they came."""
        return self.filter(state=RegistrationState.WAITING).order_by("pk")


class Registration(models.Model):
    """One person at one event. The organiser alone reads it.

    Cancelled, what is personal goes at once; otherwise her needs a week after the event, the rest
    ninety days after. The row goes on counting.
    """

    event = models.ForeignKey(
        "rencontres.EventPage",
        on_delete=models.PROTECT,
        related_name="registrations",
        verbose_name="événement",
    )
    state = models.CharField("état", max_length=10, choices=RegistrationState.choices)
    name = models.CharField("nom", max_length=150, blank=True)
    email = models.EmailField("courriel", blank=True)
    organisation = models.CharField("organisme ou communauté", max_length=150, blank=True)
    needs = models.TextField("besoins: accès, repas", blank=True)
    consent_text = models.TextField("texte de consentement lu", blank=True)
    registered_at = models.DateTimeField("inscrite le", default=timezone.now)
    promoted_at = models.DateTimeField("sortie de la liste d’attente le", null=True, blank=True)
    came = models.BooleanField("présente", default=False)
    erased_at = models.DateTimeField("renseignements effacés le", null=True, blank=True)
    token = models.CharField(max_length=60, unique=True, default=random_token, editable=False)
    form_key = models.CharField(
        max_length=40,
        unique=True,
        editable=False,
        help_text="Le même formulaire envoyé deux fois n’est gardé qu’une fois.",
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription"
        verbose_name_plural = "inscriptions"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                "event",
                Lower("email"),
                condition=~models.Q(email=""),
                name="registration_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}-{self.pk}"


class WorkshopChoice(models.Model):
    """A workshop that she chose; it holds a place there once hers is confirmed."""

    registration = models.ForeignKey(
        Registration,
        on_delete=models.CASCADE,
        related_name="choices",
        verbose_name="inscription",
    )
    workshop_key = models.CharField("atelier", max_length=16)

    class Meta:
        verbose_name = "atelier choisi"
        verbose_name_plural = "ateliers choisis"
        constraints = [
            models.UniqueConstraint(fields=("registration", "workshop_key"), name="choice_once"),
        ]

    def __str__(self) -> str:
        return self.workshop_key
