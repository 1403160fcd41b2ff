"""« Être avertie des suites »: an address and nothing else."""

from django import forms


class FollowForm(forms.Form):
    email = forms.EmailField(
        label="Votre courriel",
        error_messages={
            "required": "Écrivez votre courriel.",
            "invalid": "Écrivez un courriel comme nom@exemple.org.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
