"""Sounds and films, and the texts that go with them: captions, chapters, descriptions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db import models
from django.urls import reverse
from wagtailmedia.models import AbstractMedia


class TrackKind(models.TextChoices):
    """What a text that runs with a film is for. Values are those of HTML."""

    CAPTIONS = "captions", "sous-titres"
    SUBTITLES = "subtitles", "traduction"
    CHAPTERS = "chapters", "chapitres"
    DESCRIPTIONS = "descriptions", "description de l’image"


class TrackLanguage(models.TextChoices):
    """Tags that browsers know (BCP 47), each under its own name."""

    FRENCH = "fr", "français"
    ENGLISH = "en", "English"
    ATIKAMEKW = "atj", "atikamekw nehiromowin"
    SPANISH = "es", "español"


class MediaFile(AbstractMedia):
    file_size = models.PositiveBigIntegerField("poids en octets", null=True, editable=False)

    admin_form_fields = ("title", "file", "collection", "duration", "thumbnail", "tags")

    class Meta:
        verbose_name = "fichier audio ou vidéo"
        verbose_name_plural = "fichiers audio ou vidéo"


class MediaTrack(models.Model):
    """A WebVTT text of a film, checked and in UTF-8.

    It is kept in the row and served by us: captions are never away while the film is there, and a
    media domain of ours needs no cross-origin rule for them.
    """

    media = models.ForeignKey(
        MediaFile, on_delete=models.CASCADE, related_name="tracks", verbose_name="film ou son"
    )
    kind = models.CharField("sorte", max_length=12, choices=TrackKind.choices)
    srclang = models.CharField(
        "langue", max_length=3, choices=TrackLanguage.choices, default=TrackLanguage.FRENCH
    )
    content = models.TextField("texte WebVTT")
    fingerprint = models.CharField("empreinte", max_length=32, db_index=True, editable=False)

    class Meta:
        verbose_name = "piste de texte"
        verbose_name_plural = "pistes de texte"
        ordering = ["kind", "srclang"]
        constraints = [
            models.UniqueConstraint(
                fields=("media", "kind", "srclang"), name="one_track_of_a_kind_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What the player's menu says."""
        name = f"{self.get_kind_display()} ({self.get_srclang_display()})"
        return name[:1].upper() + name[1:]

    @property
    def url(self) -> str:
        """It changes with the text, so that browsers keep each text for good."""
        return reverse("media_track", args=[self.fingerprint])


def keep_track(*, media: MediaFile, kind: str, srclang: str, content: str) -> MediaTrack:
    """One text of a kind per language: a new one replaces the old."""
    imprint = hashlib.sha256(f"{media.pk}\n{kind}\n{content}".encode()).hexdigest()[:32]
    track, _ = MediaTrack.objects.update_or_create(
        media=media,
        kind=kind,
        srclang=srclang,
        defaults={"content": content, "fingerprint": imprint},
    )
    return track


Guard = Callable[[MediaFile], str]
_guards: list[Guard] = []


def register_caption_guard(guard: Guard) -> None:
    """`guard(media)` says, in French, why its French captions must stay; "" when they may go.

    Pages that show films live in an upper app: they say so here.
    """
    _guards.append(guard)


def why_captions_stay(media: MediaFile) -> str:
    return next(filter(None, (guard(media) for guard in _guards)), "")


_file_guards: list[Guard] = []


def register_media_guard(guard: Guard) -> None:
    """`guard(media)` says, in French, why the file itself must stay; "" when it may go."""
    _file_guards.append(guard)


def why_media_stays(media: MediaFile) -> str:
    return next(filter(None, (guard(media) for guard in _file_guards)), "")
