"""« Inscrire une démarche d’avant »: five fields and a PDF."""

from __future__ import annotations

from django import forms

from appreciation.domain.historical import (
    FIRST_YEAR,
    MAX_SUMMARY,
    MAX_TITLE,
    HistoricalFacts,
)
from appreciation.interfaces.appraisal_forms import PlaceSelect


class HistoricalForm(forms.Form):
    place = PlaceSelect(
        label="Communauté",
        error_messages={
            "required": "Choisissez la communauté.",
            "invalid_choice": "Choisissez une communauté de la liste.",
        },
    )
    year = forms.IntegerField(
        label="Année",
        min_value=FIRST_YEAR,
        help_text="Celle de la rencontre.",
        error_messages={
            "required": "Indiquez l’année.",
            "invalid": "Écrivez une année comme 2014.",
            "min_value": f"L’année est {FIRST_YEAR} ou après.",
        },
    )
    title = forms.CharField(
        label="Titre",
        max_length=MAX_TITLE,
        help_text="Le nom que portait la démarche, ou le titre de son rapport.",
        error_messages={"required": "Donnez un titre."},
    )
    requested_by = forms.CharField(label="Demandée par", max_length=MAX_TITLE, required=False)
    summary = forms.CharField(
        label="Ce qu’on en retient",
        max_length=MAX_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Quelques phrases que tout le monde pourra lire.",
        error_messages={"required": "Dites ce qu’on en retient, en quelques phrases."},
    )
    report = forms.FileField(
        label="Rapport (PDF)",
        help_text="20 Mo au plus. Tout le monde pourra le lire.",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        error_messages={
            "required": "Joignez le rapport en PDF.",
            "empty": "Ce fichier est vide: joignez le rapport en PDF.",
        },
    )

    def __init__(self, *args, places, **options) -> None:
        super().__init__(*args, **options)
        self.fields["place"].offer(places)

    @property
    def facts(self) -> HistoricalFacts:
        values = {name: value for name, value in self.cleaned_data.items() if name != "report"}
        return HistoricalFacts(**values)
