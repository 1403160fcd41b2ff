"""What the holder of a sheet answers to « encore vrai? »."""

from django import forms

from pratiques.enums import FreshnessReply


class FreshnessForm(forms.Form):
    reply = forms.ChoiceField(
        label="Votre réponse", choices=FreshnessReply.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="Ce qui a changé",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Un contact, un résultat, une façon de faire. Laissez vide si tout est vrai.",
    )
