"""The form of the adopted version."""

from __future__ import annotations

from django import forms

ACCEPTED = ".pdf,.docx"


class AdoptedVersionForm(forms.Form):
    file = forms.FileField(
        label="Le rapport tel que le comité l’a adopté",
        required=False,
        help_text="PDF (15 Mo au plus) ou Word (5 Mo au plus). La version d’avant est gardée.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": "Choisissez le fichier à joindre.",
            "empty": "Ce fichier est vide: choisissez-en un autre.",
        },
    )
    is_shared = forms.BooleanField(
        label="La publier avec le rapport",
        required=False,
        help_text="À la prochaine édition au niveau « complet public », lisible tout de suite. "
        "Sinon, seules l’équipe et la coordination la lisent.",
    )
