"""What a meeting offers to whoever comes, and who says that she will come without an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from appreciation.enums import PracticalKind
from appreciation.models.appraisals import Appraisal
from appreciation.models.meetings import random_token

if TYPE_CHECKING:
    from accounts.models import User


class PracticalItem(models.Model):
    """A thing that lets somebody come: a ride, a meal, a ramp.

    `carrier` names who takes care of it: seen by the team only, erased with the contacts
    (`domain.contacts`). `detail` is read by everybody invited.
    """

    appraisal = models.ForeignKey(
        Appraisal, on_delete=models.CASCADE, related_name="practicals", verbose_name="démarche"
    )
    kind = models.CharField("genre", max_length=15, choices=PracticalKind.choices)
    detail = models.CharField("précision", max_length=200, blank=True)
    carrier = models.CharField("qui s’en occupe", max_length=120, blank=True)

    class Meta:
        verbose_name = "chose pratique"
        verbose_name_plural = "choses pratiques"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("appraisal", "kind"), name="practical_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class PublicReplyQuerySet(models.QuerySet["PublicReply"]):
    def visible_to(self, user: User) -> PublicReplyQuerySet:
        return self.filter(meeting__appraisal__in=Appraisal.objects.editable_by(user))


class PublicReply(models.Model):
    """« J’y serai » said on the open page: a number of people, no name.

    The address is there only for the reminder: shown to nobody, erased with the contacts.
    """

    meeting = models.ForeignKey(
        "appreciation.Meeting",
        on_delete=models.CASCADE,
        related_name="public_replies",
        verbose_name="rencontre",
    )
    people = models.PositiveSmallIntegerField("personnes")
    email = models.EmailField("courriel pour le rappel", blank=True)
    token = models.CharField(max_length=64, unique=True, default=random_token, editable=False)
    form_key = models.CharField(
        max_length=64,
        unique=True,
        editable=False,
        help_text="Le même formulaire envoyé deux fois ne compte qu’une fois.",
    )
    sent_from = models.CharField(max_length=64, blank=True, editable=False)
    said_at = models.DateTimeField("dit le", auto_now_add=True)

    objects = PublicReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "présence annoncée"
        verbose_name_plural = "présences annoncées"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "email"),
                condition=~models.Q(email=""),
                name="public_reply_email_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.people}"
