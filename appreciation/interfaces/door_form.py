"""One number per sector, with the number that the screen showed beside it."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from reference.models import Sector

LARGEST = 2000


class DoorForm(forms.Form):
    def __init__(self, *args, stored: Mapping[int, int], **options) -> None:
        super().__init__(*args, **options)
        self.sectors = list(Sector.objects.filter(is_active=True))
        for sector in self.sectors:
            self.fields[f"people-{sector.pk}"] = forms.IntegerField(
                label=sector.name,
                required=False,
                min_value=0,
                max_value=LARGEST,
                error_messages={"invalid": "Écrivez un nombre entier."},
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )
            self.fields[f"seen-{sector.pk}"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False
            )
            count = stored.get(sector.pk, 0)
            self.initial[f"people-{sector.pk}"] = count or None
            self.initial[f"seen-{sector.pk}"] = count

    def numbers(self, part: str) -> dict[int, int]:
        return {s.pk: self.cleaned_data[f"{part}-{s.pk}"] or 0 for s in self.sectors}

    def see_again(self, stored: Mapping[int, int]) -> None:
        """Sending again wins: what is stored now is on screen."""
        self.data = self.data.copy()
        for sector in self.sectors:
            self.data[f"seen-{sector.pk}"] = stored.get(sector.pk, 0)
