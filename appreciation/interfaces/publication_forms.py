"""Forms of the adoption, the publication and the withdrawal."""

from __future__ import annotations

import datetime as dt

from django import forms

from appreciation.enums import PublicationLevel
from appreciation.interfaces.appraisal_forms import DateInput
from appreciation.interfaces.day_field import DayField
from core.dates import start_of_day
from core.typography import NBSP
from reference.models import Issue

DATE_WORDS = {"invalid": "Écrivez une date comme 2026-10-22.", "required": "Indiquez la date."}
LEVEL_WORDS = {
    PublicationLevel.REGION: (
        f"Région{NBSP}: tout le rapport, pour les personnes qui animent ou coordonnent dans la "
        "région, une fois leur session ouverte. Rien n’est public."
    ),
    PublicationLevel.SUMMARY: (
        f"Sommaire public{NBSP}: les faits, les constats, les niveaux convenus et les actions. "
        "Aucun détail des réponses."
    ),
    PublicationLevel.FULL: (
        f"Complet public{NBSP}: le sommaire, les réponses regroupées et leurs nombres à "
        "télécharger."
    ),
}


class AdoptionForm(forms.Form):
    adopted_by = forms.CharField(
        label="Qui a adopté le rapport?",
        max_length=200,
        help_text="Le comité local, le conseil municipal, l’assemblée des citoyennes et citoyens…",
        error_messages={"required": "Dites qui a adopté le rapport."},
    )
    adopted_on = DayField(label="Quand?", widget=DateInput(), error_messages=DATE_WORDS)
    council_agreed_on = DayField(
        label="Le conseil a donné son accord à la publication le",
        required=False,
        widget=DateInput(),
        error_messages=DATE_WORDS,
        help_text="Rien ne sort de l’équipe sans l’accord du conseil de la communauté.",
    )
    evidence = forms.FileField(
        label="Procès-verbal ou photo",
        required=False,
        help_text="PDF, JPEG ou PNG, 15 Mo au plus. Le document reste privé.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def without_council(self) -> None:
        """Only a First Nations community has a council to ask."""
        del self.fields["council_agreed_on"]


class PublicationForm(forms.Form):
    replaces = forms.IntegerField(widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label="Jusqu’où?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un niveau."},
    )
    embargo_on = DayField(
        label="Pas avant le",
        required=False,
        widget=DateInput(),
        error_messages=DATE_WORDS,
        help_text="Vide: tout de suite. Sinon la page s’ouvre d’elle-même ce jour-là, à minuit.",
    )
    issues = forms.ModelMultipleChoiceField(
        label="Enjeux touchés",
        required=False,
        queryset=Issue.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Ils aident à retrouver la démarche au registre.",
    )

    def offer(self, levels: tuple[PublicationLevel, ...]) -> None:
        """Set the levels and issues that may be chosen."""
        self.fields["level"].choices = [(level, LEVEL_WORDS[level]) for level in levels]
        self.fields["issues"].queryset = Issue.objects.filter(is_active=True)

    @property
    def embargo_until(self) -> dt.datetime | None:
        """The first instant of that day, here."""
        day = self.cleaned_data["embargo_on"]
        return start_of_day(day) if day else None


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi la retirer?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une phrase pour le journal de l’équipe. Elle ne paraît pas au registre.",
        error_messages={"required": "Dites pourquoi en une phrase."},
    )
