"""Declining a proposal: a reason, and words that go into the letter."""

from django import forms

from pratiques.enums import DeclineReason


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label="Pourquoi elle ne devient pas une fiche",
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une raison: la lettre la dira."},
    )
    words = forms.CharField(
        label="Quelques mots pour la personne",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ils entrent dans la lettre, tels quels.",
    )
