"""What is written to people invited: the team's own words, and to whom they were sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from appreciation.enums import MessageKind
from appreciation.models.appraisals import Appraisal
from appreciation.models.invitees import Invitee


class MessageText(models.Model):
    """A message as the team changed it. Untouched ones are proposed anew from the facts.

    `written_for` is the rendez-vous that it was written for: once that moves, it is read again
    before anything leaves by itself.
    """

    appraisal = models.ForeignKey(
        Appraisal, on_delete=models.CASCADE, related_name="message_texts", verbose_name="démarche"
    )
    kind = models.CharField("genre", max_length=15, choices=MessageKind.choices)
    subject = models.CharField("objet", max_length=150)
    body = models.TextField("texte")
    written_for = models.CharField("rendez-vous", max_length=260, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("appraisal", "kind"), name="message_text_once")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class MessageSent(models.Model):
    """That somebody was sent a message, once; it goes with her when the list is erased."""

    invitee = models.ForeignKey(
        Invitee, on_delete=models.CASCADE, related_name="messages", verbose_name="personne invitée"
    )
    kind = models.CharField("genre", max_length=15, choices=MessageKind.choices)
    sent_at = models.DateTimeField("confié à l’envoi le", auto_now_add=True)

    class Meta:
        verbose_name = "message envoyé"
        verbose_name_plural = "messages envoyés"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("invitee", "kind"), name="message_sent_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.sent_at:%Y-%m-%d})"
