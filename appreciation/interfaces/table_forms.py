"""How many tables, and what one table settled on, item by item."""

from __future__ import annotations

from django import forms

from appreciation.domain.questionnaire import QuestionnaireItem
from appreciation.domain.tables import MOST_TABLES
from appreciation.models import DiscussionTable


class TableCountForm(forms.Form):
    count = forms.IntegerField(
        label="Nombre de tables",
        min_value=0,
        max_value=MOST_TABLES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Écrivez combien il y a de tables."},
    )


class TableForm(forms.Form):
    """`niveau-<item>` and `mot-<item>` for each statement of the instrument."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    people = forms.IntegerField(
        label="Personnes à la table",
        required=False,
        min_value=1,
        max_value=200,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(
        self, *args, table: DiscussionTable, items: tuple[QuestionnaireItem, ...], **options
    ) -> None:
        super().__init__(*args, **options)
        self.items = items
        self.initial = {"version": table.version, "people": table.people}
        for item in items:
            choices = [("", "Pas de niveau")]
            choices += [(str(one.position), f"{one.position} · {one.label}") for one in item.levels]
            self.fields[f"niveau-{item.id}"] = forms.TypedChoiceField(
                label=item.text, required=False, coerce=int, empty_value=None, choices=choices
            )
            self.fields[f"mot-{item.id}"] = forms.CharField(
                label="Pourquoi, en une phrase", required=False, max_length=300
            )
        for row in table.ratings.all():
            self.initial |= {f"niveau-{row.item_id}": row.level, f"mot-{row.item_id}": row.note}

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"niveau-{item.id}"], self[f"mot-{item.id}"]) for item in self.items]

    @property
    def said(self) -> dict[int, tuple[int | None, str]]:
        data = self.cleaned_data
        return {item.id: (data[f"niveau-{item.id}"], data[f"mot-{item.id}"]) for item in self.items}
