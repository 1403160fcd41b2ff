"""What the team writes and sends about an evening: its minutes, its photos."""

from __future__ import annotations

from typing import Any

from django import forms

from appreciation.models import MeetingMinutes

LONGEST_TEXT = 20_000
MOST_AT_ONCE = 20
NO_PHOTO = "Choisissez une photo, ou prenez-en une."


class MinutesForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    context = forms.CharField(
        label="Contexte",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ce qui se passait dans le milieu: une fermeture, une fête, une tempête.",
    )
    course = forms.CharField(
        label="Déroulement",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Ce qui s’est fait, dans l’ordre; ce qui a pris plus de temps que prévu.",
    )
    observations = forms.CharField(
        label="Observations",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Le climat, qui a pris la parole, ce que vous referiez. Sans nom de personne.",
    )

    def __init__(self, *args, minutes: MeetingMinutes, **options) -> None:
        super().__init__(*args, **options)
        self.initial = {
            "version": minutes.version,
            "context": minutes.context,
            "course": minutes.course,
            "observations": minutes.observations,
        }


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files at once; each is judged by the rule, so that one does not lose the others."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list:
        files = [one for one in (data or []) if one]
        if not files:
            raise forms.ValidationError(NO_PHOTO)
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(f"Envoyez {MOST_AT_ONCE} photos au plus à la fois.")
        return files


class PhotosForm(forms.Form):
    photos = PhotosField(
        label="Photos des grandes feuilles",
        widget=SeveralFilesInput(attrs={"accept": "image/*"}),
        help_text="Plusieurs à la fois. Photographiez les feuilles, pas les visages. "
        "Le lieu et l’appareil sont effacés de chaque photo.",
    )


class PhotoForm(forms.Form):
    alt = forms.CharField(
        label="Ce qu’on lit sur la photo",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Demandé pour paraître dans le rapport: lu à qui ne voit pas la photo.",
    )
    in_report = forms.BooleanField(label="Peut paraître dans le rapport", required=False)
