"""« Refaire une appréciation »: when, and nothing else: the rest is copied."""

from __future__ import annotations

import uuid

from django import forms

from appreciation.interfaces.appraisal_forms import DateInput
from appreciation.interfaces.day_field import DayField


class RepeatForm(forms.Form):
    expected_on = DayField(
        label="Date approximative de la nouvelle rencontre",
        widget=DateInput(),
        help_text="Elle pourra changer.",
        error_messages={
            "required": "Indiquez une date approximative.",
            "invalid": "Écrivez une date comme 2027-10-22.",
        },
    )
    creation_key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.initial = {"creation_key": uuid.uuid4().hex}
