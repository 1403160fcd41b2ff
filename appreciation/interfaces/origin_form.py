"""Saying that a practice was born of a finding or of an action."""

from __future__ import annotations

from django import forms

from appreciation.models import Action, Appraisal, Finding


class OriginForm(forms.Form):
    address = forms.CharField(
        label="Adresse de la fiche",
        max_length=300,
        help_text="Copiez-la du haut de la fiche, dans le catalogue.",
        error_messages={"required": "Copiez ici l’adresse de la fiche."},
    )
    born_of = forms.ChoiceField(
        label="Née de quoi?",
        help_text="Un constat ou une action de votre démarche.",
        error_messages={
            "required": "Choisissez un constat ou une action.",
            "invalid_choice": "Ce constat ou cette action n’est plus là. Choisissez-en un autre.",
        },
    )

    def __init__(self, *args, appraisal: Appraisal, **options) -> None:
        super().__init__(*args, **options)
        self.findings = {f"constat-{one.pk}": one for one in appraisal.findings.all()}
        self.actions = {f"action-{one.pk}": one for one in appraisal.actions.all()}
        self.fields["born_of"].choices = [
            ("", "Choisissez"),
            ("Constats", [(key, str(one)) for key, one in self.findings.items()]),
            ("Actions", [(key, str(one)) for key, one in self.actions.items()]),
        ]

    @property
    def source(self) -> dict[str, Finding | Action | None]:
        chosen = self.cleaned_data["born_of"]
        return {"finding": self.findings.get(chosen), "action": self.actions.get(chosen)}
