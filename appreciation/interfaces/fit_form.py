"""The six questions of « Est-ce pour nous? », as a form that keeps nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from appreciation.domain.fit import QUESTIONS, advise
from core.typography import fr_typo


class FitForm(forms.Form):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(QUESTIONS, start=1):
            self.fields[question.code] = forms.ChoiceField(
                label=f"{number}. {fr_typo(question.label)}",
                choices=[(choice.code, fr_typo(choice.label)) for choice in question.choices],
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Choisissez une réponse à la question {number}.",
                    "invalid_choice": f"Choisissez une réponse à la question {number}.",
                },
            )


def fit_context(typed: QueryDict) -> dict[str, Any]:
    """The form, and the advice once its six questions are answered. All is in the address."""
    is_sent = any(question.code in typed for question in QUESTIONS) or "voir" in typed
    form = FitForm(typed if is_sent else None)
    advice = advise(form.cleaned_data) if is_sent and form.is_valid() else None
    return {"form": form, "advice": advice}
