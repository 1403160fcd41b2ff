"""Forms of the corrections: sent by a reader, answered by the team."""

from __future__ import annotations

from django import forms

from appreciation.domain.corrections import LONGEST, LONGEST_REASON, SECTION_CHOICES
from appreciation.enums import CorrectionState
from appreciation.models import Correction
from appreciation.models.meetings import random_token
from core.typography import NBSP

DECISIONS = (
    (CorrectionState.ACCEPTED, f"Accepter{NBSP}: nous corrigeons le rapport"),
    (CorrectionState.REFUSED, f"Refuser{NBSP}: nous disons pourquoi"),
)


class CorrectionForm(forms.Form):
    """`site_web` is a trap: nobody sees it, machines fill it."""

    section = forms.ChoiceField(label="À propos de quoi?", required=False, choices=SECTION_CHOICES)
    text = forms.CharField(
        label="Qu’est-ce qui est à corriger?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="En quelques phrases. Ne nommez personne.",
        error_messages={
            "required": "Écrivez ce qui est à corriger.",
            "max_length": f"C’est un peu long: gardez {LONGEST} caractères au plus.",
        },
    )
    name = forms.CharField(label="Votre nom", required=False, max_length=100)
    reach = forms.CharField(
        label="Votre téléphone ou votre courriel", required=False, max_length=150
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    site_web = forms.CharField(required=False)

    def __init__(self, *args, section: str = "", **options) -> None:
        super().__init__(*args, **options)
        self.initial = {"section": section, "key": random_token()}

    def clean_key(self) -> str:
        return self.cleaned_data["key"] or random_token()

    def correction(self) -> dict[str, str]:
        return {
            name: self.cleaned_data[name] for name in ("section", "text", "name", "reach", "key")
        }

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("site_web"))


class DecisionForm(forms.Form):
    """One per correction on the page: its names are told apart by the prefix."""

    state = forms.ChoiceField(
        label="Votre réponse",
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Acceptez la correction, ou refusez-la."},
    )
    reason = forms.CharField(
        label="Pourquoi",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Demandé pour refuser. La raison se lira avec le rapport: ne nommez personne.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data, *, stored: Correction) -> None:
        prefix = f"c{stored.pk}"
        is_sent = bool(data) and f"{prefix}-version" in data
        super().__init__(data if is_sent else None, prefix=prefix)
        self.initial = {"reason": stored.reason, "version": stored.version}
        if stored.state != CorrectionState.RECEIVED:
            self.initial["state"] = stored.state
