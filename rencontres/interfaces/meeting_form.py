"""The editor's form of a regional meeting: which syntheses she may send out with it."""

from __future__ import annotations

from typing import Any

from django import forms

from appreciation.domain.synthesis.rights import NOT_YOURS, coordinates_region
from appreciation.models import Synthesis
from rencontres.interfaces.event_form import EventForm


class MeetingForm(EventForm):
    """A synthesis is its region's coordination's to choose; the one chosen stays in sight."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "synthesis" in self.fields and self.for_user is not None:
            hers = Synthesis.objects.visible_to(self.for_user)
            chosen = Synthesis.objects.filter(pk=self.instance.synthesis_id)
            self.fields["synthesis"].queryset = (hers | chosen).distinct()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        synthesis = cleaned.get("synthesis")
        if synthesis is None or self.is_deferred_validation or self.for_user is None:
            return cleaned
        is_out = synthesis.editions.out().exists()
        if not is_out and not coordinates_region(synthesis.region, self.for_user):
            self.add_error("synthesis", forms.ValidationError(NOT_YOURS))
        return cleaned
