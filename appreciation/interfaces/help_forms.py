"""Forms of « Demander de l’aide »."""

from __future__ import annotations

import uuid

from django import forms

LONGEST = 4000


class HelpMessageForm(forms.Form):
    text = forms.CharField(
        label="Votre message",
        max_length=LONGEST,
        error_messages={"required": "Écrivez votre message."},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("form_key", uuid.uuid4().hex)


class HelpRequestForm(HelpMessageForm):
    depuis = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = "Votre question"
        self.fields["text"].help_text = "Ne nommez personne qui a participé à la rencontre."
        self.fields["text"].error_messages["required"] = (
            "Écrivez votre question, en une phrase ou plus."
        )


class FrequentQuestionForm(forms.Form):
    question = forms.CharField(
        label="La question",
        max_length=200,
        error_messages={"required": "Écrivez la question."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    answer = forms.CharField(
        label="La réponse",
        max_length=LONGEST,
        error_messages={"required": "Écrivez la réponse."},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    is_published = forms.BooleanField(
        label="La publier",
        required=False,
        help_text="Dans l’aide de l’espace et au bas de la page publique qui dit la démarche.",
    )
