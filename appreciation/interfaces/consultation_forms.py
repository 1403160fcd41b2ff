"""One more consultation that people of the territory lived lately."""

from __future__ import annotations

import datetime as dt

from django import forms


class MonthField(forms.CharField):
    """A month: « 2026-05 » as browsers send it, or typed so where they know no months."""

    widget = forms.TextInput(attrs={"type": "month"})

    def to_python(self, value):
        text = super().to_python(value).strip()
        if not text:
            return None
        try:
            return dt.datetime.strptime(text[:7], "%Y-%m").replace(tzinfo=dt.UTC).date()
        except ValueError as problem:
            raise forms.ValidationError("Écrivez un mois comme 2026-05.") from problem


class ConsultationForm(forms.Form):
    title = forms.CharField(
        label="Quelle consultation?",
        max_length=200,
        error_messages={"required": "Nommez la consultation."},
    )
    organizer = forms.CharField(
        label="Menée par qui?",
        max_length=150,
        help_text="Un organisme, une municipalité, une table.",
        error_messages={"required": "Dites quel organisme l’a menée."},
    )
    month = MonthField(label="Quel mois?", error_messages={"required": "Choisissez un mois."})
    asked = forms.CharField(
        label="Qui a été consulté?",
        required=False,
        max_length=200,
        help_text="Des groupes, pas des noms: les parents, les personnes aînées, tout le monde.",
    )
