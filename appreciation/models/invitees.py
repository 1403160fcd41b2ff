"""Who is invited: names and addresses, apart from any answer to a questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from appreciation.enums import INVITING_WAYS, ContactWay, InviteeAnswer
from appreciation.models.appraisals import Appraisal
from appreciation.models.meetings import random_token

if TYPE_CHECKING:
    from accounts.models import User


class InviteeQuerySet(models.QuerySet["Invitee"]):
    def visible_to(self, user: User) -> InviteeQuerySet:
        """Names and addresses: those who may change the démarche, not those who observe it."""
        return self.filter(appraisal__in=Appraisal.objects.editable_by(user))

    def editable_by(self, user: User) -> InviteeQuerySet:
        return self.visible_to(user)


class Invitee(models.Model):
    """A person or a group on the list of a démarche, and what she answered.

    Seen by the team that edits the démarche and by its coordination, until the day that
    `domain.contacts.contacts_purge_date` says; then only counts by sector and answer stay.
    Nothing ties an invitee to a seat.
    """

    appraisal = models.ForeignKey(
        Appraisal, on_delete=models.CASCADE, related_name="invitees", verbose_name="démarche"
    )
    name = models.CharField("nom", max_length=150)
    is_group = models.BooleanField("groupe ou organisme", default=False)
    sector = models.ForeignKey(
        "reference.Sector", on_delete=models.PROTECT, related_name="+", verbose_name="secteur"
    )
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    invited_by_way = models.CharField(
        "comment l’inviter",
        max_length=15,
        choices=[(way.value, way.label) for way in INVITING_WAYS],
        default=ContactWay.EMAIL,
    )
    token = models.CharField(max_length=64, unique=True, default=random_token, editable=False)
    answer = models.CharField(
        "réponse",
        max_length=10,
        choices=InviteeAnswer.choices,
        default=InviteeAnswer.INVITED,
    )
    answered_via = models.CharField(
        "réponse reçue par", max_length=15, choices=ContactWay.choices, blank=True
    )
    answered_at = models.DateTimeField("réponse reçue le", null=True, blank=True)
    companions = models.PositiveSmallIntegerField("personnes qui l’accompagnent", default=0)
    needs_transport = models.BooleanField("besoin de transport", default=False)
    needs_childcare = models.BooleanField("besoin de garde d’enfants", default=False)
    needs_other = models.CharField("autre besoin", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    added_at = models.DateTimeField("inscrite le", auto_now_add=True)

    objects = InviteeQuerySet.as_manager()

    class Meta:
        verbose_name = "personne invitée"
        verbose_name_plural = "personnes invitées"
        ordering = ("sector__position", "name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("appraisal", "email"),
                condition=~models.Q(email=""),
                name="invitee_email_once",
                violation_error_message="Ce courriel est déjà sur la liste.",
            ),
            models.CheckConstraint(
                condition=models.Q(answer=InviteeAnswer.INVITED)
                | models.Q(answered_at__isnull=False),
                name="invitee_answer_is_stamped",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def needs(self) -> str:
        """What to plan for her, in words."""
        asked = (
            (self.needs_transport, "transport"),
            (self.needs_childcare, "garde d’enfants"),
            (bool(self.needs_other), self.needs_other),
        )
        return ", ".join(words for is_asked, words in asked if is_asked)


class InviteeCount(models.Model):
    """What stays once names and addresses are erased: how many of each sector said what."""

    appraisal = models.ForeignKey(
        Appraisal, on_delete=models.CASCADE, related_name="invitee_counts", verbose_name="démarche"
    )
    sector = models.ForeignKey(
        "reference.Sector", on_delete=models.PROTECT, related_name="+", verbose_name="secteur"
    )
    answer = models.CharField("réponse", max_length=10, choices=InviteeAnswer.choices)
    invited = models.PositiveIntegerField("invitations")
    companions = models.PositiveIntegerField("personnes qui les accompagnaient", default=0)

    class Meta:
        verbose_name = "compte des invitations"
        verbose_name_plural = "comptes des invitations"
        ordering = ("sector__position", "answer")
        constraints = [
            models.UniqueConstraint(
                fields=("appraisal", "sector", "answer"), name="invitee_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sector}, {self.get_answer_display()}: {self.invited}"


class ClosedInvitation(models.Model):
    """The imprint of a link that is no more, so that it says so. It leads to nobody."""

    token_digest = models.CharField("empreinte du lien", max_length=64, unique=True)
    closed_on = models.DateField("fermée le", auto_now_add=True)

    class Meta:
        verbose_name = "invitation fermée"
        verbose_name_plural = "invitations fermées"

    def __str__(self) -> str:
        return f"{self.closed_on:%Y-%m-%d}"
