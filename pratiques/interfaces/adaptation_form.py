"""« On l’a adaptée ici »: where, who, what was changed; and a trap that people do not see."""

from __future__ import annotations

from typing import Any

from django import forms

from cms.public_forms import HIDDEN_BOX, start_form
from pratiques.domain.adaptations import AdaptationWords
from reference.models import Place

FORM = "adaptation"


class AdaptationForm(forms.Form):
    territory = forms.ModelChoiceField(
        label="Dans quel territoire?",
        queryset=Place.objects.none(),
        empty_label="Choisissez",
        error_messages={
            "required": "Choisissez le territoire où vous l’avez adaptée.",
            "invalid_choice": "Choisissez un territoire de la liste.",
        },
    )
    group = forms.CharField(
        label="Votre groupe ou organisme",
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": "Écrivez le nom de votre groupe: il paraîtra sur la fiche."},
    )
    words = forms.CharField(
        label="Ce que vous avez changé, et ce que ça a donné",
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Quelques phrases. Ne nommez personne.",
        error_messages={"required": "Racontez en quelques mots ce que vous avez changé."},
    )
    email = forms.EmailField(
        label="Votre courriel",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Il ne paraît jamais; effacé après douze mois.",
        error_messages={"invalid": "Écrivez un courriel comme prenom@exemple.org."},
    )
    website = forms.CharField(
        label="Laissez cette case vide",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    started = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["territory"].queryset = Place.objects.territories().filter(valid_to=None)
        self.initial.setdefault("started", start_form(FORM))

    def asked_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != "website"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("website"):
            self._replace("website", "")
            self.add_error(None, HIDDEN_BOX)
        return cleaned

    def start_again(self) -> None:
        """Another key and another hour, what was typed staying."""
        self._replace("started", start_form(FORM))

    def said(self) -> AdaptationWords:
        names = AdaptationWords.__dataclass_fields__
        return AdaptationWords(**{name: self.cleaned_data[name] for name in names})

    def _replace(self, name: str, value: str) -> None:
        self.data = self.data.copy()
        self.data[name] = value
