"""Forms of the restitution: the paper copies, the sentence that closes it early."""

from __future__ import annotations

from django import forms

from appreciation.domain.restitution import LONGEST_PLACES, MOST_COPIES
from appreciation.models import Restitution


class PaperCopiesForm(forms.Form):
    copies = forms.IntegerField(
        label="Copies de papier remises",
        min_value=0,
        max_value=MOST_COPIES,
        error_messages={
            "required": "Écrivez un nombre, 0 s’il n’y en a pas.",
            "invalid": "Écrivez un nombre entier.",
        },
    )
    places = forms.CharField(
        label="Où?",
        required=False,
        max_length=LONGEST_PLACES,
        help_text="Par exemple: bureau municipal, épicerie, porte de l’église.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, stored: Restitution | None, **options) -> None:
        super().__init__(*args, **options)
        stored = stored or Restitution()
        self.initial = {
            "copies": stored.paper_copies,
            "places": stored.paper_places,
            "version": stored.version,
        }


class EarlyCloseForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi la fermer avant la date?",
        max_length=300,
        error_messages={"required": "Dites en une phrase pourquoi vous la fermez avant la date."},
    )
