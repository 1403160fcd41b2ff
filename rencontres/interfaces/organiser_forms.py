"""The organiser's word to those who registered."""

from __future__ import annotations

from django import forms

from rencontres.enums import EXPECTED_STATES, RegistrationState

TO_ALL = "all"
LABELS = {
    RegistrationState.CONFIRMED: "Les personnes qui ont une place",
    RegistrationState.WAITING: "La liste d’attente",
}


class WordForm(forms.Form):
    to = forms.ChoiceField(
        label="À qui?",
        choices=[*LABELS.items(), (TO_ALL, "Tout le monde")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez à qui vous écrivez.",
            "invalid_choice": "Choisissez une réponse de la liste.",
        },
    )
    subject = forms.CharField(
        label="Objet",
        max_length=150,
        error_messages={"required": "Écrivez l’objet: c’est ce qu’on lit en premier."},
    )
    text = forms.CharField(
        label="Votre mot",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=(
            "La date, le lieu et le lien de chaque personne sont ajoutés au bas; qui a une place "
            "reçoit aussi la date pour son agenda."
        ),
        error_messages={"required": "Écrivez votre mot."},
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def states(self) -> tuple[str, ...]:
        to = self.cleaned_data["to"]
        return tuple(EXPECTED_STATES) if to == TO_ALL else (to,)
