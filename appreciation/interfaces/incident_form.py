"""The form of the register of incidents."""

from __future__ import annotations

from django import forms

from appreciation.interfaces.appraisal_forms import DateInput
from appreciation.models import Incident


class IncidentForm(forms.ModelForm):
    class Meta:
        model = Incident
        fields = (
            "happened_on",
            "what",
            "who",
            "sensitivity",
            "likely_use",
            "consequences",
            "is_serious",
            "measures",
            "commission_told_on",
            "people_told_on",
        )
        widgets = {
            "happened_on": DateInput(),
            "commission_told_on": DateInput(),
            "people_told_on": DateInput(),
            "what": forms.Textarea(attrs={"rows": 4}),
            "measures": forms.Textarea(attrs={"rows": 4}),
        }
