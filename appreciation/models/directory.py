"""The directory of who accompanies démarches: only those who asked to be in it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import RoleAssignment, User
from appreciation.enums import EDITING_ROLES
from appreciation.models.appraisals import Membership
from core.phones import digits_to_dial

KEPT = dt.timedelta(days=730)
"""After the entry was written or confirmed for the last time."""


def accompanies(user_pk: models.OuterRef | int) -> models.Q:
    """Leads or co-facilitates a real démarche, or coordinates a place."""
    teams = Membership.objects.filter(
        user=user_pk, role__in=EDITING_ROLES, appraisal__is_rehearsal=False
    )
    coordinates = RoleAssignment.objects.filter(user=user_pk, role=RoleAssignment.Role.COORDINATOR)
    return models.Q(models.Exists(teams)) | models.Q(models.Exists(coordinates))


class DirectoryEntryQuerySet(models.QuerySet["DirectoryEntry"]):
    def visible_to(self, user: User) -> DirectoryEntryQuerySet:
        """For whoever accompanies a démarche: those who asked to be in it and still accompany one.

        Not for an observer, an editor, or somebody whose teams are behind her.
        """
        if not may_read_directory(user):
            return self.none()
        return self.filter(accompanies(models.OuterRef("user")), user__is_active=True)

    def editable_by(self, user: User) -> DirectoryEntryQuerySet:
        """Hers alone: neither the coordination nor an administrator writes it for her."""
        return self.filter(user=user) if user.is_authenticated else self.none()


def may_read_directory(user: User) -> bool:
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return User.objects.filter(accompanies(user.pk), pk=user.pk).exists()


class DirectoryEntry(models.Model):
    """What somebody chose to tell the others who accompany démarches. The row is her consent.

    Read by those who lead, co-facilitate or coordinate, until she takes herself off, her account
    closes, or two years pass without her confirming it (`kept_until`, shown to her).
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="directory_entry",
        verbose_name="personne",
    )
    organisation = models.CharField("organisme", max_length=150)
    territory = models.ForeignKey(
        "reference.Place",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="territoire",
    )
    helps_with = models.CharField("ce que je peux apporter", max_length=200)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    shows_email = models.BooleanField("montre son courriel", default=True)
    agrees_to_be_called = models.BooleanField("accepte d’être appelée", default=False)
    confirmed_at = models.DateTimeField("confirmée le", default=timezone.now)

    objects = DirectoryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche du répertoire"
        verbose_name_plural = "fiches du répertoire"
        ordering = ("user__last_name", "user__first_name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shows_email=True) | ~models.Q(phone=""),
                name="directory_entry_can_be_reached",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def kept_until(self) -> dt.datetime:
        return self.confirmed_at + KEPT

    @property
    def phone_digits(self) -> str:
        """For a `tel:` link."""
        return digits_to_dial(self.phone)
