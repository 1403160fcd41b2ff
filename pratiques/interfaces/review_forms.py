"""What a reader fills in: a comment, or the short grid of a « reconnue »."""

from __future__ import annotations

from typing import Any

from django import forms

from pratiques.enums import GridLevel, GridLine

LONGEST = 2000


class ApprovalForm(forms.Form):
    comment = forms.CharField(
        label="Commentaire",
        required=False,
        max_length=LONGEST,
        help_text="Facultatif. La personne qui a écrit la fiche le lira.",
        widget=forms.Textarea({"rows": 3}),
    )


class SendBackForm(forms.Form):
    comment = forms.CharField(
        label="Ce qu’il faut revoir",
        max_length=LONGEST,
        help_text="La personne qui a écrit la fiche le reçoit par courriel.",
        error_messages={"required": "Dites ce qu’il faut revoir: la personne le lira."},
        widget=forms.Textarea({"rows": 4}),
    )


class GridForm(ApprovalForm):
    """The six lines of DOMAIN.md §6.2, then a comment."""

    field_order = [line.value for line in GridLine]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in GridLine:
            self.fields[line.value] = forms.TypedChoiceField(
                label=line.label,
                choices=[("", "Choisissez…"), *GridLevel.choices],
                coerce=int,
                error_messages={"required": "Choisissez un niveau de 0 à 3."},
            )
        self.order_fields(self.field_order)
