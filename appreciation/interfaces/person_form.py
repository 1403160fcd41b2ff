"""The search of what is held on one person."""

from __future__ import annotations

from django import forms

from appreciation.domain.person_search import seek
from core.errors import DomainError


class PersonForm(forms.Form):
    who = forms.CharField(
        label="Son courriel, ou son prénom et son nom",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="Le courriel trouve aussi ce que son compte a fait. Deux personnes peuvent "
        "porter le même nom: regardez chaque ligne.",
        error_messages={"required": "Écrivez un courriel, ou un prénom et un nom."},
    )

    def clean_who(self) -> str:
        try:
            seek(self.cleaned_data["who"])
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return self.cleaned_data["who"]
