"""The rendez-vous of people invited: date, place, and what is offered to whoever comes."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core import signing
from django.utils import timezone

from appreciation.domain.practicals import InvitationPlan, Practical
from appreciation.enums import PracticalKind
from appreciation.interfaces.appraisal_forms import DateInput
from appreciation.interfaces.day_field import DayField
from appreciation.interfaces.step_forms import DATE_WORDS

LARGEST_HALL = 2000


class InvitationPlanForm(forms.Form):
    """`seen` carries what the screen showed, signed: a colleague's change is met by its values."""

    seen = forms.CharField(widget=forms.HiddenInput)
    date = DayField(label="Date", required=False, widget=DateInput(), error_messages=DATE_WORDS)
    time = forms.TimeField(
        label="Heure",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Écrivez une heure comme 18:30."},
    )
    venue = forms.CharField(label="Lieu", required=False, max_length=200)
    capacity = forms.IntegerField(
        label="Combien de places dans la salle?",
        required=False,
        min_value=1,
        max_value=LARGEST_HALL,
        error_messages={"invalid": "Écrivez un nombre entier."},
        help_text="Une fois pleine, l’invitation le dit. Vide: sans limite.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    is_open_to_all = forms.BooleanField(
        label="Toute la population est invitée",
        required=False,
        help_text="Une page publique dit quand et où; une affiche y mène. Elle ne nomme personne.",
    )

    def __init__(self, *args, plan: InvitationPlan, default_day: dt.date | None, **options) -> None:
        super().__init__(*args, **options)
        starts_at = timezone.localtime(plan.starts_at) if plan.starts_at else None
        self.initial = {
            "seen": signing.dumps(_as_data(plan)),
            "date": starts_at.date() if starts_at else default_day,
            "time": starts_at.time() if starts_at else dt.time(18, 30),
            "venue": plan.venue,
            "capacity": plan.capacity,
            "is_open_to_all": plan.is_open_to_all,
        }
        stored = {row.kind: row for row in plan.practicals}
        for kind in PracticalKind:
            self._add_practical(kind, stored.get(kind))

    def _add_practical(self, kind: PracticalKind, row: Practical | None) -> None:
        self.fields[f"{kind}-on"] = forms.BooleanField(
            label=kind.label.capitalize(), required=False
        )
        self.fields[f"{kind}-detail"] = forms.CharField(
            label=f"Précision ({kind.label})", required=False, max_length=200
        )
        self.fields[f"{kind}-carrier"] = forms.CharField(
            label=f"Qui s’en occupe ({kind.label})", required=False, max_length=120
        )
        self.initial[f"{kind}-on"] = row is not None
        if row is not None:
            self.initial[f"{kind}-detail"] = row.detail
            self.initial[f"{kind}-carrier"] = row.carrier

    def clean_seen(self) -> InvitationPlan:
        try:
            return _from_data(signing.loads(self.cleaned_data["seen"]))
        except (signing.BadSignature, KeyError, TypeError, ValueError) as error:
            raise forms.ValidationError("Rouvrez la page, puis recommencez.") from error

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        wants_meeting = any(cleaned.get(name) for name in ("venue", "capacity", "is_open_to_all"))
        if wants_meeting:
            for name, words in (
                ("date", "Choisissez une date."),
                ("time", "Choisissez une heure."),
                ("venue", "Écrivez où l’on se rencontre."),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return cleaned

    def practical_rows(self) -> list[tuple[forms.BoundField, ...]]:
        return [
            tuple(self[f"{kind}-{part}"] for part in ("on", "detail", "carrier"))
            for kind in PracticalKind
        ]

    def wanted(self) -> InvitationPlan:
        data = self.cleaned_data
        starts_at = None
        if data["venue"]:
            starts_at = timezone.make_aware(dt.datetime.combine(data["date"], data["time"]))
        return InvitationPlan(
            starts_at=starts_at,
            venue=data["venue"],
            capacity=data["capacity"],
            is_open_to_all=data["is_open_to_all"],
            practicals=tuple(
                Practical(kind.value, data[f"{kind}-detail"], data[f"{kind}-carrier"])
                for kind in PracticalKind
                if data[f"{kind}-on"] or data[f"{kind}-detail"] or data[f"{kind}-carrier"]
            ),
        )


def _as_data(plan: InvitationPlan) -> dict[str, object]:
    return {
        "starts_at": plan.starts_at.isoformat() if plan.starts_at else "",
        "venue": plan.venue,
        "capacity": plan.capacity,
        "is_open_to_all": plan.is_open_to_all,
        "practicals": [[row.kind, row.detail, row.carrier] for row in plan.practicals],
    }


def _from_data(data: dict) -> InvitationPlan:
    return InvitationPlan(
        starts_at=dt.datetime.fromisoformat(data["starts_at"]) if data["starts_at"] else None,
        venue=data["venue"],
        capacity=data["capacity"],
        is_open_to_all=data["is_open_to_all"],
        practicals=tuple(Practical(*row) for row in data["practicals"]),
    )
