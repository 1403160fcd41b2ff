"""« Choisir »: up to three actions on one page, complete or empty."""

from __future__ import annotations

from django import forms

from appreciation.domain.action_plan import MOST_ACTIONS, ActionDraft
from appreciation.interfaces.appraisal_forms import DateInput
from appreciation.interfaces.day_field import DayField
from appreciation.interfaces.step_forms import StepForm
from appreciation.models import Action

PARTS = ("title", "carrier", "first_step", "due_on")
ASK = {
    "title": "Nommez l’action.",
    "carrier": "Dites qui la porte.",
    "first_step": "Écrivez le premier petit pas.",
    "due_on": "Choisissez une date.",
}


class ActionPlanForm(StepForm):
    """Fields `<n>-title`, `<n>-carrier`, `<n>-first_step`, `<n>-due_on`, for n = 1 to 3."""

    def __init__(self, *args, actions: list[Action], leads, version: int, **options) -> None:
        super().__init__(*args, **options)
        self.initial = {"version": version}
        self.actions = actions
        for number in range(1, MOST_ACTIONS + 1):
            self._add_line(number, leads)
        for number, action in enumerate(actions[:MOST_ACTIONS], start=1):
            self.initial |= {f"{number}-{part}": getattr(action, part) for part in PARTS}
            self.initial[f"{number}-finding"] = action.finding_id

    def _add_line(self, number: int, leads) -> None:
        texts = {"title": ("Action", 200), "carrier": ("Qui la porte?", 200)}
        texts["first_step"] = ("Premier petit pas", 300)
        for part, (label, longest) in texts.items():
            self.fields[f"{number}-{part}"] = forms.CharField(
                label=label, max_length=longest, error_messages={"required": ASK[part]}
            )
        self.fields[f"{number}-due_on"] = DayField(
            label="D’ici le",
            widget=DateInput(),
            error_messages={
                "required": ASK["due_on"],
                "invalid": "Écrivez une date comme 2027-01-15.",
            },
        )
        self.fields[f"{number}-finding"] = forms.ModelChoiceField(
            label="Née de la piste", required=False, queryset=leads, empty_label="Aucune"
        )

    def may_be_empty(self) -> list[str]:
        """A line left wholly empty is no action; a line begun is asked to be complete."""
        empty = super().may_be_empty()
        for number in range(1, MOST_ACTIONS + 1):
            names = [f"{number}-{part}" for part in PARTS]
            if not any(self.data.get(name, "").strip() for name in names):
                empty += names
        return empty

    def lines(self) -> list[tuple[int, list[forms.BoundField]]]:
        """What the template shows: the number of each line and its fields."""
        return [
            (number, [self[f"{number}-{part}"] for part in (*PARTS, "finding")])
            for number in range(1, MOST_ACTIONS + 1)
        ]

    def drafts(self) -> list[ActionDraft]:
        return [
            ActionDraft(
                **{part: self.cleaned_data[f"{number}-{part}"] for part in PARTS},
                finding=self.cleaned_data[f"{number}-finding"],
                pk=self.actions[number - 1].pk if number <= len(self.actions) else None,
            )
            for number in range(1, MOST_ACTIONS + 1)
            if self.cleaned_data[f"{number}-title"]
        ]
