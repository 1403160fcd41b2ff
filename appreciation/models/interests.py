"""« Notre communauté est intéressée »: who wrote, to be called back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from appreciation.enums import WAITING_INTEREST_STATES, InterestState

if TYPE_CHECKING:
    from accounts.models import User


class InterestRequestQuerySet(models.QuerySet["InterestRequest"]):
    def visible_to(self, user: User) -> InterestRequestQuerySet:
        """Those of the territories this person coordinates, and those addressed to every one."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        coordinated = user.coordinated_places()
        return self.filter(
            models.Q(territory__in=coordinated)
            | models.Q(is_for_everyone=True) & models.Exists(coordinated)
        )

    def editable_by(self, user: User) -> InterestRequestQuerySet:
        """Whoever reads it may answer it."""
        return self.visible_to(user)

    def waiting(self) -> InterestRequestQuerySet:
        return self.filter(state__in=WAITING_INTEREST_STATES)


class InterestRequest(models.Model):
    """A community's word. Name, e-mail, telephone and words are read by the coordination alone.

    They are erased on `erase_on` (twelve months after receipt, thirty days when nothing comes of
    it); the community, its territory and what became of the request stay.
    """

    community = models.CharField("communauté", max_length=150)
    territory = models.ForeignKey(
        "reference.Place",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="territoire",
    )
    territory_words = models.CharField("territoire, en mots", max_length=150, blank=True)
    is_for_everyone = models.BooleanField("à toute la coordination", default=False)
    name = models.CharField("nom", max_length=150, blank=True)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    words = models.TextField("quelques mots", blank=True)
    received_at = models.DateTimeField("reçue le", default=timezone.now, editable=False)
    erase_on = models.DateField("renseignements effacés le")
    erased_at = models.DateTimeField("effacés le", null=True, blank=True, editable=False)
    state = models.CharField(
        "état", max_length=10, choices=InterestState.choices, default=InterestState.NEW
    )
    outcome = models.TextField("ce qui a été convenu, ou pourquoi", blank=True)
    settled_at = models.DateTimeField("traitée le", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    appraisal = models.ForeignKey(
        "appreciation.Appraisal",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="interests",
        verbose_name="démarche ouverte",
    )
    form_key = models.CharField(
        max_length=40,
        unique=True,
        editable=False,
        help_text="Le même formulaire envoyé deux fois n’est gardé qu’une fois.",
    )
    is_demo = models.BooleanField("démonstration", default=False)

    objects = InterestRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "communauté intéressée"
        verbose_name_plural = "communautés intéressées"
        ordering = ("-received_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(email="", phone="") | models.Q(erased_at__isnull=False),
                name="interest_can_be_answered",
                violation_error_message="Un courriel ou un téléphone: un des deux suffit.",
            ),
        ]

    def __str__(self) -> str:
        return self.community
