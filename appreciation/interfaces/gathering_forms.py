"""When and where an evening without rating takes place."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils import timezone

from appreciation.interfaces.appraisal_forms import DateInput
from appreciation.interfaces.day_field import DayField
from appreciation.models import Meeting

USUAL_HOUR = dt.time(19)


class GatheringForm(forms.Form):
    """`version` is the meeting's revision; 0 for a new one."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    date = DayField(
        label="Date",
        widget=DateInput(),
        error_messages={
            "required": "Choisissez une date.",
            "invalid": "Écrivez une date comme 2026-10-22.",
        },
    )
    time = forms.TimeField(
        label="Heure",
        initial=USUAL_HOUR,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": "Choisissez une heure.",
            "invalid": "Écrivez une heure comme 18:30.",
        },
    )
    venue = forms.CharField(
        label="Lieu", max_length=200, error_messages={"required": "Écrivez où l’on se rencontre."}
    )

    def __init__(self, *args, meeting: Meeting | None = None, **options) -> None:
        super().__init__(*args, **options)
        if meeting is None:
            return
        self.initial = {"venue": meeting.venue, "version": meeting.revision}
        if meeting.starts_at:
            local = timezone.localtime(meeting.starts_at)
            self.initial |= {"date": local.date(), "time": local.time()}

    @property
    def values(self) -> dict[str, object]:
        day, hour = self.cleaned_data["date"], self.cleaned_data["time"]
        return {
            "starts_at": timezone.make_aware(dt.datetime.combine(day, hour)),
            "venue": self.cleaned_data["venue"],
        }
