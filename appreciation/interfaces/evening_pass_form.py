from django import forms

from appreciation.domain.evening_passes import USUAL_HOURS

DURATIONS = ((3, "3 heures"), (6, "6 heures"), (12, "12 heures"), (24, "24 heures"))


class EveningPassForm(forms.Form):
    label = forms.CharField(
        label="Pour qui?", max_length=60, help_text="Un prénom ou un rôle. Le journal le montrera."
    )
    hours = forms.TypedChoiceField(
        label="Valable",
        choices=DURATIONS,
        coerce=int,
        initial=USUAL_HOURS,
        help_text="À partir du début de la rencontre (ou de maintenant, si elle est commencée).",
    )
