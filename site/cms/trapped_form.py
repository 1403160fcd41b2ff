"""A form that anybody may send: its hour and key, and a trap that people do not see."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from cms.public_forms import HIDDEN_BOX, start_form
from reference.models import Place

TRAP, STARTED = "website", "started"


class TrappedForm(forms.Form):
    """`website` is a trap: people do not see it, machines fill it.

    `code` names the form to `cms.public_forms`; `said_as` is the dataclass that the rule takes:
    its fields are the form's. A `territory`, where the form asks for one, is among those in use.
    """

    code: ClassVar[str]
    said_as: ClassVar[type]

    website = forms.CharField(
        label="Laissez cette case vide",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    started = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in (TRAP, STARTED):  # after what is asked, as the screen shows them
            self.fields[name] = self.fields.pop(name)
        if "territory" in self.fields:
            territories = Place.objects.territories().filter(valid_to=None)
            self.fields["territory"].queryset = territories
        self.initial.setdefault(STARTED, start_form(self.code))

    def asked_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != TRAP]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get(TRAP):
            self._replace(TRAP, "")
            self.add_error(None, HIDDEN_BOX)
        return cleaned

    def start_again(self) -> None:
        """Another key and another hour, what was typed staying."""
        self._replace(STARTED, start_form(self.code))

    def said(self) -> Any:
        names = self.said_as.__dataclass_fields__
        return self.said_as(**{name: self.cleaned_data[name] for name in names})

    def _replace(self, name: str, value: str) -> None:
        self.data = self.data.copy()
        self.data[name] = value
