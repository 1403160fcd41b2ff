"""The form of a film or a sound, with the texts that go with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.fields.files import FieldFile
from wagtailmedia.forms import BaseMediaForm

from cms.fields import CaptionsField, ImageField, MediaField
from cms.forms import StoresFileWhileCheckingMixin
from cms.media import MediaFile, MediaTrack, TrackKind, TrackLanguage, keep_track, why_captions_stay

FRENCH = TrackLanguage.FRENCH
PUBLIC_AT_ONCE = (
    "Public dès qu’il est déposé, même si aucune page ne le montre: son adresse peut être devinée."
    " N’y mettez rien de privé."
)
FOREIGN = [choice for choice in TrackLanguage.choices if choice[0] != FRENCH]
FRENCH_FILES = {
    "captions": TrackKind.CAPTIONS,
    "chapters": TrackKind.CHAPTERS,
    "descriptions": TrackKind.DESCRIPTIONS,
}


class MediaForm(StoresFileWhileCheckingMixin, BaseMediaForm):
    """Texts are files in WebVTT, checked here and kept with the film once all is right."""

    stored_fields = ("file", "thumbnail")

    captions = CaptionsField(
        label="Sous-titres en français (WebVTT)",
        required=False,
        help_text="Fichier .vtt. Il en faut pour publier une vidéo; la transcription en est faite.",
    )
    chapters = CaptionsField(
        label="Chapitres en français (WebVTT)",
        required=False,
        help_text="Facultatif. Un passage par chapitre; son texte est le titre.",
    )
    descriptions = CaptionsField(
        label="Description de l’image en français (WebVTT)",
        required=False,
        help_text="Facultatif. Ce qui se voit et ne s’entend pas.",
    )
    foreign_captions = CaptionsField(
        label="Sous-titres dans une autre langue (WebVTT)", required=False
    )
    foreign_language = forms.ChoiceField(
        label="Langue de ces sous-titres", choices=[("", "–"), *FOREIGN], required=False
    )
    removed_tracks = forms.ModelMultipleChoiceField(
        MediaTrack.objects.none(),
        label="Textes à retirer",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta(BaseMediaForm.Meta):
        pass

    class Media:
        js = ("js/heavy_file.js",)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._use_field("file", MediaField, media_type=self.instance.type)
        if "file" in self.fields:
            self.fields["file"].help_text = PUBLIC_AT_ONCE
        self._use_field("thumbnail", ImageField)
        tracks = MediaTrack.objects.filter(media=self.instance) if self.instance.pk else None
        if tracks:
            self.fields["removed_tracks"].queryset = tracks
        else:
            del self.fields["removed_tracks"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("foreign_captions") and not cleaned.get("foreign_language"):
            self.add_error("foreign_language", "Choisissez la langue de ces sous-titres.")
        return cleaned

    def clean_removed_tracks(self):
        removed = self.cleaned_data["removed_tracks"]
        leaves = any((t.kind, t.srclang) == (TrackKind.CAPTIONS, FRENCH) for t in removed)
        is_replaced = bool(self.cleaned_data.get("captions"))
        if leaves and not is_replaced and (reason := why_captions_stay(self.instance)):
            raise ValidationError(reason, code="captions_stay")
        return removed

    def _store(self, name: str, stored: FieldFile) -> None:
        if name == "file":
            self.instance.file_size = stored.size
        super()._store(name, stored)

    @transaction.atomic
    def save(self, commit: bool = True) -> MediaFile:
        media = super().save(commit=commit)
        for track in self.cleaned_data.get("removed_tracks", ()):
            track.delete()
        for name, kind in FRENCH_FILES.items():
            self._keep(media, kind, FRENCH, self.cleaned_data[name])
        self._keep(
            media,
            TrackKind.SUBTITLES,
            self.cleaned_data["foreign_language"],
            self.cleaned_data["foreign_captions"],
        )
        return media

    @staticmethod
    def _keep(media: MediaFile, kind: str, srclang: str, content: str) -> None:
        if content:
            keep_track(media=media, kind=kind, srclang=srclang, content=content)
