"""What waits for the worker: mails to send, jobs to run when their hour comes."""

from __future__ import annotations

import secrets
from email.utils import make_msgid

from django.conf import settings
from django.db import models
from django.utils import timezone


def new_message_id() -> str:
    """Kept with the mail: sent twice after a crash, it is known as the same."""
    return make_msgid(domain="courriel.local")


def random_token() -> str:
    return secrets.token_urlsafe(32)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def waiting(self) -> OutgoingMailQuerySet:
        return self.filter(sent_at=None, given_up_at=None)

    def given_up(self) -> OutgoingMailQuerySet:
        return self.filter(given_up_at__isnull=False)


class OutgoingMail(models.Model):
    """A mail, written in the transaction of what it tells, sent by the worker afterwards."""

    key = models.CharField(
        "clé",
        max_length=120,
        unique=True,
        null=True,
        blank=True,
        help_text="Ce qui porte la même clé ne part qu’une fois.",
    )
    kind = models.SlugField("genre", max_length=40)
    to = models.EmailField("destinataire")
    subject = models.CharField("objet", max_length=200)
    body = models.TextField("texte")
    attachment_name = models.CharField("pièce jointe", max_length=80, blank=True)
    attachment = models.TextField("contenu de la pièce jointe", blank=True)
    headers = models.JSONField("en-têtes", default=dict, blank=True)
    message_id = models.CharField(max_length=200, default=new_message_id, editable=False)
    created_at = models.DateTimeField("écrit le", default=timezone.now, editable=False)
    next_try_at = models.DateTimeField("prochain essai", default=timezone.now, db_index=True)
    claimed_until = models.DateTimeField("pris jusqu’à", null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    sent_at = models.DateTimeField("parti le", null=True, blank=True)
    given_up_at = models.DateTimeField("abandonné le", null=True, blank=True)
    last_error = models.CharField("dernier empêchement", max_length=80, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel à envoyer"
        verbose_name_plural = "courriels à envoyer"
        ordering = ("next_try_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(given_up_at=None),
                name="mail_sent_or_given_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.created_at:%Y-%m-%d %H:%M})"


class MailPreference(models.Model):
    """What an account does without. `token` opens the link at the foot of its optional mails.

    Hers alone; gone with the account, and the link with it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mail_preference",
        verbose_name="personne",
    )
    refused = models.JSONField("genres refusés", default=list, blank=True)
    token = models.CharField(max_length=64, unique=True, default=random_token, editable=False)

    class Meta:
        verbose_name = "choix de courriels"
        verbose_name_plural = "choix de courriels"

    def __str__(self) -> str:
        return f"choix {self.pk}"


class JobRun(models.Model):
    """When a job last ran; the row is what one worker of several takes."""

    name = models.SlugField("travail", max_length=60, unique=True)
    claimed_until = models.DateTimeField("pris jusqu’à", null=True, blank=True)
    done_at = models.DateTimeField("fait le", null=True, blank=True)
    failed_at = models.DateTimeField("échoué le", null=True, blank=True)

    class Meta:
        verbose_name = "travail de fond"
        verbose_name_plural = "travaux de fond"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
