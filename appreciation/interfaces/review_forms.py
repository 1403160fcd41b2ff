"""The facilitator's look back: five lines, and hours that may be told by phase."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from appreciation.domain.facilitator_review import ReviewDraft
from appreciation.enums import Phase
from appreciation.models import FacilitatorReview

LINES = {
    "worked": ("Ce qui a marché", ""),
    "difficult": ("Ce qui a été difficile", ""),
    "differently": ("Ce que vous feriez autrement", ""),
    "community_says": ("Ce que la communauté en dit", "Sans nom de personne."),
    "advice": ("Un conseil pour la prochaine personne", ""),
}
HOURS_WORDS = {
    "invalid": "Écrivez un nombre d’heures, comme 12 ou 12,5.",
    "min_value": "Écrivez un nombre d’heures, comme 12 ou 12,5.",
    "max_value": "C’est plus d’heures qu’il n’y en a: vérifiez le nombre.",
    "max_decimal_places": "Un chiffre après la virgule suffit.",
}
MOST_HOURS = 5000


class HoursField(forms.DecimalField):
    """Hours, with a comma as people write them."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=MOST_HOURS,
            decimal_places=1,
            help_text=help_text,
            error_messages=HOURS_WORDS,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class ReviewForm(forms.Form):
    hours = HoursField(
        "Heures passées en tout", "À peu près. Vide: la somme des étapes, si vous les dites."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(self, *args, review: FacilitatorReview | None, **options) -> None:
        super().__init__(*args, **options)
        for name, (label, help_text) in LINES.items():
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=600,
                help_text=help_text,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.initial[name] = getattr(review, name, "")
        for phase in Phase:
            self.fields[f"hours-{phase}"] = HoursField(phase.label)
        if review is not None:
            self.initial |= {"hours": _shown(review.hours), "version": review.version}
            for phase, hours in review.hours_by_phase.items():
                self.initial[f"hours-{phase}"] = _shown(hours)

    def lines(self) -> list[forms.BoundField]:
        return [self[name] for name in LINES]

    def phases(self) -> list[forms.BoundField]:
        return [self[f"hours-{phase}"] for phase in Phase]

    @property
    def draft(self) -> ReviewDraft:
        by_phase = {str(phase): self.cleaned_data[f"hours-{phase}"] for phase in Phase}
        return ReviewDraft(
            **{name: self.cleaned_data[name] for name in (*LINES, "hours")},
            hours_by_phase={
                phase: str(hours) for phase, hours in by_phase.items() if hours is not None
            },
        )


def _shown(hours: Decimal | str | None) -> str:
    """12,5 and 12, never 12.0."""
    return "" if hours is None else f"{Decimal(hours):g}".replace(".", ",")
