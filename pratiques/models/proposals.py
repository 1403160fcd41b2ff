"""« Proposer une pratique »: what somebody without an account sends, before anybody reviewed it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models

from background.models import random_token
from pratiques.enums import DeclineReason, ProposalState

if TYPE_CHECKING:
    from accounts.models import User

READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def private_storage() -> Storage:
    return storages["private"]


def receipt_number() -> str:
    """Read aloud on the telephone: no two signs look alike."""
    return "P-" + "".join(secrets.choice(READABLE) for _ in range(8))


class PracticeProposalQuerySet(models.QuerySet["PracticeProposal"]):
    def visible_to(self, user: User) -> PracticeProposalQuerySet:
        """Editors, moderators, coordinators: those of their places or without a territory."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        roles = user.role_assignments.model.Role
        theirs = user.places_for_role(roles.EDITOR)
        for role in (roles.MODERATOR, roles.COORDINATOR):
            theirs = theirs | user.places_for_role(role)
        return self.filter(
            models.Q(territory__in=theirs) | models.Q(territory=None) & models.Exists(theirs)
        )

    def editable_by(self, user: User) -> PracticeProposalQuerySet:
        """Whoever reads it may settle it."""
        return self.visible_to(user)

    def unsettled(self) -> PracticeProposalQuerySet:
        return self.filter(state__in=(ProposalState.UNCONFIRMED, ProposalState.WAITING))


class PracticeProposal(models.Model):
    """A practice told in three answers. Never public: a sheet is made from it, and reviewed.

    `email`, `contact` and the photo are read by the editors and moderators of its territory. An
    unconfirmed one goes whole after 7 days; the address and the telephone of the others on
    `erase_on` (twelve months after receipt, thirty days once declined: then the words too).
    `token` follows it, `confirmation_token` travels by mail alone; both die with the row.
    """

    receipt = models.CharField("reçu", max_length=12, unique=True, default=receipt_number)
    token = models.CharField(max_length=60, unique=True, default=random_token, editable=False)
    confirmation_token = models.CharField(
        max_length=60, unique=True, default=random_token, editable=False
    )
    story = models.TextField("ce qui a été fait, et où", max_length=2000, blank=True)
    outcome = models.TextField("ce que ça a donné", max_length=2000, blank=True)
    holder = models.CharField("organisme", max_length=160, blank=True)
    contact = models.CharField("qui appeler", max_length=160, blank=True)
    territory = models.ForeignKey(
        "reference.Place",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="territoire",
    )
    email = models.EmailField("courriel de qui propose", blank=True)
    photo = models.FileField(
        "photo", storage=private_storage, upload_to="propositions/", blank=True
    )
    photo_words = models.CharField("ce qu’on voit sur la photo", max_length=250, blank=True)
    state = models.CharField(
        "état", max_length=12, choices=ProposalState.choices, default=ProposalState.UNCONFIRMED
    )
    received_at = models.DateTimeField("reçue le")
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True)
    settled_at = models.DateTimeField("décidée le", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="décidée par",
    )
    decline_reason = models.CharField(
        "raison", max_length=15, choices=DeclineReason.choices, blank=True
    )
    decision_words = models.TextField("mots de la lettre", max_length=1000, blank=True)
    practice = models.ForeignKey(
        "pratiques.PracticePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
        verbose_name="fiche",
    )
    form_key = models.CharField(max_length=40, unique=True, editable=False)
    fingerprint = models.CharField(max_length=64, db_index=True, editable=False)
    erase_on = models.DateField("renseignements effacés le")
    erased_at = models.DateTimeField("effacés le", null=True, blank=True)
    is_demo = models.BooleanField("démonstration", default=False)

    objects = PracticeProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition de pratique"
        verbose_name_plural = "propositions de pratiques"
        ordering = ("-received_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("fingerprint",),
                condition=models.Q(state__in=("unconfirmed", "waiting")),
                name="proposal_same_words_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.receipt}: {self.story[:60]}"
