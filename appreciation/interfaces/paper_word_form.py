"""One word copied from a sheet: the question it speaks of, and what is written."""

from __future__ import annotations

from django import forms
from django.utils.crypto import get_random_string

from appreciation.domain.questionnaire import QuestionnaireItem
from core.typography import fr_typo


def new_sending() -> str:
    return get_random_string(22)


class PaperWordForm(forms.Form):
    item = forms.TypedChoiceField(
        label="Question dont parle le mot",
        coerce=int,
        help_text="Tapez son numéro. Si la feuille ne le dit pas, choisissez la plus proche.",
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choisissez une question de la feuille."
        ),
    )
    text = forms.CharField(
        label="Le mot, tel qu’il est écrit",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Copiez ici le mot écrit sur la feuille."},
        help_text="Ni nom, ni numéro de feuille, ni rien qui ferait reconnaître la personne.",
    )
    sending = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=new_sending)

    def __init__(self, *args, items: tuple[QuestionnaireItem, ...], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [
            ("", "Choisir…"),
            *(
                (item.id, f"{rank}. {fr_typo(item.text)}")
                for rank, item in enumerate(items, start=1)
            ),
        ]
