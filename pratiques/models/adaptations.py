"""« On l’a adaptée ici »: what a group says it made of a practice, elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from pratiques.enums import AdaptationState

if TYPE_CHECKING:
    from accounts.models import User


class AdaptationQuerySet(models.QuerySet["Adaptation"]):
    def visible_to(self, user: User) -> AdaptationQuerySet:
        """Those of the places this person coordinates, edits or moderates."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        theirs = user.coordinated_places()
        roles = user.role_assignments.model.Role
        for role in (roles.EDITOR, roles.MODERATOR):
            theirs = theirs | user.places_for_role(role)
        return self.filter(territory__in=theirs)

    def shown(self) -> AdaptationQuerySet:
        return self.filter(state=AdaptationState.SHOWN)


class Adaptation(models.Model):
    """A territory's reply to a sheet, shown once somebody let it out.

    `email` is read by whoever moderates its territory, to check or to thank; it goes on `erase_on`
    (twelve months after receipt). What is declined goes whole that day.
    """

    practice = models.ForeignKey(
        "pratiques.PracticePage",
        on_delete=models.CASCADE,
        related_name="adaptations",
        verbose_name="fiche",
    )
    territory = models.ForeignKey(
        "reference.Place", on_delete=models.CASCADE, related_name="+", verbose_name="territoire"
    )
    group = models.CharField("groupe ou organisme", max_length=160)
    words = models.TextField("ce qui a été changé, ce que ça a donné", max_length=1200)
    email = models.EmailField("courriel", blank=True)
    state = models.CharField(
        "état", max_length=8, choices=AdaptationState.choices, default=AdaptationState.WAITING
    )
    received_at = models.DateTimeField("reçue le")
    settled_at = models.DateTimeField("décidée le", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="décidée par",
    )
    erase_on = models.DateField("courriel effacé le")
    form_key = models.CharField(max_length=40, unique=True, editable=False)
    is_demo = models.BooleanField("démonstration", default=False)

    objects = AdaptationQuerySet.as_manager()

    class Meta:
        verbose_name = "adaptation d’une pratique"
        verbose_name_plural = "adaptations de pratiques"
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return f"{self.group}: {self.practice}"
