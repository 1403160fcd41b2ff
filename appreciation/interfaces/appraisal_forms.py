"""Forms about a démarche as a whole: the list's filters, its opening, its state."""

from __future__ import annotations

import datetime as dt
import uuid
from itertools import groupby

from django import forms
from django.utils import timezone

from appreciation.domain.transitions import STOPS
from appreciation.enums import AppraisalState, Phase
from appreciation.interfaces.day_field import DayField
from core.typography import NBSP
from reference.models import Place


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **options) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class PlaceSelect(forms.ModelChoiceField):
    """Communities grouped by territory, so that the list reads like the region."""

    def __init__(self, **options) -> None:
        super().__init__(queryset=Place.objects.none(), empty_label="Choisissez…", **options)

    def offer(self, places) -> None:
        """Set the places that may be chosen; read once, grouped by territory."""
        self.queryset = places
        rows = sorted(
            places.select_related("parent__parent"),
            key=lambda place: (_territory_name(place), place.name.casefold()),
        )
        groups = [
            (name, [(place.pk, place_label(place)) for place in members])
            for name, members in groupby(rows, key=_territory_name)
        ]
        self.choices = [("", self.empty_label), *groups]


def place_label(place: Place) -> str:
    return f"{place.name} ({place.designation})" if place.designation else place.name


def _territory_name(place: Place) -> str:
    return place.territory.name if place.territory else "Autres communautés"


class AppraisalFilterForm(forms.Form):
    is_filter = True
    """No box has to be filled: `field.html` does not say « facultatif » four times."""

    q = forms.CharField(label="Lieu ou référence", required=False, max_length=100)
    phase = forms.ChoiceField(
        label="Phase", required=False, choices=[("", "Toutes"), *Phase.choices]
    )
    state = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous"), *AppraisalState.choices]
    )
    territory = forms.ModelChoiceField(
        label="Territoire", required=False, queryset=Place.objects.none(), empty_label="Tous"
    )


LONG_AGO = (
    "Cette date remonte à plus d’un an: vérifiez l’année. Une démarche d’avant ce site s’inscrit au"
    " registre, par la coordination."
)


class AppraisalCreateForm(forms.Form):
    """Only place, who asks and a rough date: all else comes later."""

    place = PlaceSelect(
        label="Communauté",
        error_messages={
            "required": "Choisissez la communauté.",
            "invalid_choice": "Choisissez une communauté de la liste.",
        },
    )
    requested_by = forms.CharField(
        label="Qui la demande?",
        max_length=200,
        help_text="Un organisme, un comité, un groupe de citoyennes et de citoyens.",
        error_messages={"required": "Dites qui demande la démarche."},
    )
    expected_on = DayField(
        label="Date approximative de la rencontre",
        required=False,
        widget=DateInput(),
        help_text="Elle pourra changer.",
        error_messages={"invalid": "Écrivez une date comme 2026-10-22."},
    )
    creation_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args, places, **options) -> None:
        super().__init__(*args, **options)
        self.fields["place"].offer(places)
        self.initial.setdefault("creation_key", uuid.uuid4().hex)

    def clean_expected_on(self) -> dt.date | None:
        """An evening held last month may be entered from its paper; 2020 is a slip, or history."""
        day: dt.date | None = self.cleaned_data["expected_on"]
        if day is not None and day < timezone.localdate() - dt.timedelta(days=365):
            raise forms.ValidationError(LONG_AGO)
        return day


class GestureForm(forms.Form):
    """One gesture beside the ordinary way, and its sentence."""

    gesture = forms.ChoiceField(
        label="Que voulez-vous faire?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez ce que vous voulez faire.",
            "invalid_choice": "Ce geste n’est pas possible maintenant.",
        },
    )
    comment = forms.CharField(
        label="Pourquoi, en une phrase",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Demandée, sauf pour reprendre. Elle sera au journal: l’équipe et la "
        "coordination la liront.",
    )

    lessons = forms.CharField(
        label="Ce que vous avez appris, si vous la mettez en veilleuse ou l’annulez",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Les leçons restent à la page de la démarche et au rapport{NBSP}: "
        "le registre les montre au niveau complet, les gens de la région au niveau région.",
    )
    new_date = DayField(
        label="La nouvelle date de la rencontre, si vous la connaissez",
        required=False,
        widget=DateInput(),
        error_messages={"invalid": "Écrivez une date comme 2026-10-22."},
        help_text="Pour reporter ou reprendre. L’heure, le lieu, le code et les feuilles imprimées "
        "restent; les dates du calendrier suivent, les personnes invitées le sauront.",
    )

    def __init__(self, *args, gestures: list[tuple[str, str]], asks_date: bool, **options) -> None:
        super().__init__(*args, **options)
        self.fields["gesture"].choices = gestures
        if not set(STOPS) & {name for name, _ in gestures}:
            del self.fields["lessons"]
        if not asks_date:
            del self.fields["new_date"]
