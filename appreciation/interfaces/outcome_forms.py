"""Writing an outcome down: what happened, when, with what evidence."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from appreciation.domain.outcomes import OutcomeDraft
from appreciation.enums import OutcomeKind
from appreciation.interfaces.appraisal_forms import DateInput
from appreciation.interfaces.day_field import DayField
from appreciation.models import Appraisal, Outcome


class OutcomeForm(forms.Form):
    """No field is named `action`: in a browser it would hide the address of the form."""

    kind = forms.ChoiceField(
        label="Qu’est-ce que c’est?",
        choices=OutcomeKind.choices,
        widget=forms.RadioSelect,
        initial=OutcomeKind.SMALL_STEP,
        help_text="Un petit pas se fait; une retombée reste.",
    )
    words = forms.CharField(
        label="Ce qui est arrivé",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Deux ou trois phrases, sans nom de personne.",
        error_messages={"required": "Écrivez ce qui est arrivé."},
    )
    happened_on = DayField(
        label="Quand?",
        widget=DateInput(),
        initial=timezone.localdate,
        error_messages={
            "invalid": "Écrivez une date comme 2026-10-22.",
            "required": "Indiquez la date.",
        },
    )
    born_of = forms.ModelChoiceField(
        label="Née de l’action", required=False, queryset=None, empty_label="Aucune"
    )
    evidence_link = forms.CharField(
        label="Un lien qui le montre",
        required=False,
        max_length=500,
        help_text="Article, page d’un organisme. Il paraît au registre avec le texte.",
    )
    evidence = forms.FileField(
        label="Une photo ou un document",
        required=False,
        help_text="PDF, JPEG ou PNG, 15 Mo au plus. Il reste privé: l’équipe et la coordination.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    is_public = forms.BooleanField(
        label="Montrer au registre, tant que la démarche y est publiée", required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(self, *args, appraisal: Appraisal, outcome: Outcome | None, **options) -> None:
        super().__init__(*args, **options)
        self.fields["born_of"].queryset = appraisal.actions.all()
        if outcome is not None:
            names = ("kind", "words", "happened_on", "evidence_link", "is_public", "version")
            self.initial = {name: getattr(outcome, name) for name in names}
            self.initial["born_of"] = outcome.action_id

    @property
    def draft(self) -> OutcomeDraft:
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return OutcomeDraft(action=values.pop("born_of"), **values)
