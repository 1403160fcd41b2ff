"""One number per sector and group, with the number that the screen showed beside it."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from appreciation.domain.attendance import Counted
from appreciation.enums import RoomGroup
from reference.models import Sector

LARGEST = 2000


class DoorForm(forms.Form):
    def __init__(self, *args, stored: Mapping[Counted, int], **options) -> None:
        super().__init__(*args, **options)
        sectors = Sector.objects.filter(is_active=True)
        self.lines: dict[Counted, str] = {sector.pk: sector.name for sector in sectors}
        self.lines |= {group: str(group.label).capitalize() for group in RoomGroup}
        for line, label in self.lines.items():
            self.fields[f"people-{line}"] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=LARGEST,
                error_messages={"invalid": "Écrivez un nombre entier."},
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )
            self.fields[f"seen-{line}"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False
            )
            count = stored.get(line, 0)
            self.initial[f"people-{line}"] = count or None
            self.initial[f"seen-{line}"] = count

    @property
    def sector_fields(self) -> list[forms.BoundField]:
        return [self[f"people-{line}"] for line in self.lines if not isinstance(line, RoomGroup)]

    @property
    def group_fields(self) -> list[forms.BoundField]:
        return [self[f"people-{group}"] for group in RoomGroup]

    def numbers(self, part: str) -> dict[Counted, int]:
        return {line: self.cleaned_data[f"{part}-{line}"] or 0 for line in self.lines}

    def see_again(self, stored: Mapping[Counted, int]) -> None:
        """Sending again wins: what is stored now is on screen."""
        self.data = self.data.copy()
        for line in self.lines:
            self.data[f"seen-{line}"] = stored.get(line, 0)
