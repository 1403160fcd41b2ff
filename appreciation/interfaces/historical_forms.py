"""« Inscrire une démarche d’avant »: five fields and a PDF, then what its report says."""

from __future__ import annotations

from django import forms
from django.forms import formset_factory

from appreciation.domain.historical import (
    FIRST_YEAR,
    MAX_SUMMARY,
    MAX_TITLE,
    HistoricalFacts,
)
from appreciation.domain.historical_words import (
    LONGEST_FINDING,
    LONGEST_LESSONS,
    MOST_FINDINGS,
    TypedFinding,
    TypedWords,
)
from appreciation.enums import FindingKind
from appreciation.interfaces.appraisal_forms import PlaceSelect
from reference.models import Dimension

BLANK_LINES = 6


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


class TypedFindingForm(forms.Form):
    """One finding; a line without words is none."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label="C’est", choices=FindingKind.choices)
    dimension = forms.ModelChoiceField(
        label="Dimension",
        queryset=Dimension.objects.none(),
        required=False,
        empty_label="Aucune en particulier",
    )
    text = forms.CharField(
        label="Dans les mots du rapport",
        max_length=LONGEST_FINDING,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, dimensions: list[tuple[int, str]], **options) -> None:
        super().__init__(*args, **options)
        field = self.fields["dimension"]
        field.queryset = Dimension.objects.all()
        field.choices = [("", field.empty_label), *dimensions]


class LessonsForm(forms.Form):
    lessons = forms.CharField(
        label="Ce qu’on en a appris",
        max_length=LONGEST_LESSONS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Les leçons que le rapport tire de la démarche elle-même, s’il y en a.",
    )
    replaces = forms.IntegerField(widget=forms.HiddenInput)


Findings = formset_factory(
    TypedFindingForm, extra=BLANK_LINES, max_num=MOST_FINDINGS, absolute_max=MOST_FINDINGS + 20
)


class WordsForms:
    """The lines and the lessons, sent together."""

    def __init__(self, data, *, words: TypedWords, replaces: int) -> None:
        lines = [
            {
                "pk": each.pk,
                "kind": each.kind,
                "dimension": each.dimension.pk if each.dimension else None,
                "text": each.text,
            }
            for each in words.findings
        ]
        choices = [(one.pk, one.name) for one in Dimension.objects.order_by("position", "pk")]
        self.findings = Findings(
            data, initial=lines, prefix="constat", form_kwargs={"dimensions": choices}
        )
        self.lessons = LessonsForm(data, initial={"lessons": words.lessons, "replaces": replaces})

    def is_valid(self) -> bool:
        return all([self.findings.is_valid(), self.lessons.is_valid()])

    @property
    def replaces(self) -> int:
        return self.lessons.cleaned_data["replaces"]

    @property
    def words(self) -> TypedWords:
        lines = [form.cleaned_data for form in self.findings if form.cleaned_data.get("text")]
        return TypedWords(
            tuple(TypedFinding(**line) for line in lines), self.lessons.cleaned_data["lessons"]
        )
