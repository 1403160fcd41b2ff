"""What the team keeps of an evening: its minutes and the photos of the flip charts."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models

from appreciation.models.meetings import random_token


def private_storage() -> Storage:
    return storages["private"]


class MeetingMinutes(models.Model):
    """Three texts for the team alone; nothing of them goes into the report by itself."""

    meeting = models.OneToOneField(
        "appreciation.Meeting", on_delete=models.CASCADE, related_name="minutes"
    )
    context = models.TextField("contexte", blank=True)
    course = models.TextField("déroulement", blank=True)
    observations = models.TextField("observations", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "compte rendu de rencontre"
        verbose_name_plural = "comptes rendus de rencontre"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Compte rendu, {self.meeting}"


class MeetingPhoto(models.Model):
    """A flip chart as it was photographed, for the team; `in_report` lets it out.

    `token` is its address in the report, without an account: it answers only while `in_report`.
    `fingerprint` recognises the same file sent twice.
    """

    meeting = models.ForeignKey(
        "appreciation.Meeting", on_delete=models.CASCADE, related_name="photos"
    )
    token = models.CharField(max_length=64, unique=True, default=random_token, editable=False)
    file = models.FileField("photo", storage=private_storage, upload_to="rencontres/")
    fingerprint = models.CharField(max_length=64, editable=False)
    width = models.PositiveIntegerField("largeur", editable=False)
    height = models.PositiveIntegerField("hauteur", editable=False)
    alt = models.CharField("ce qu’on voit sur la photo", max_length=300, blank=True)
    in_report = models.BooleanField("peut paraître dans le rapport", default=False)
    added_at = models.DateTimeField("ajoutée le", auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "photo de rencontre"
        verbose_name_plural = "photos de rencontre"
        ordering = ("added_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "fingerprint"), name="photo_once"),
            models.CheckConstraint(
                condition=models.Q(in_report=False) | ~models.Q(alt=""),
                name="photo_in_report_is_described",
            ),
        ]

    def __str__(self) -> str:
        return self.alt or f"Photo {self.pk}"
