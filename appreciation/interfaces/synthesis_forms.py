"""The workshop's forms: start, choose, classify, write, publish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from appreciation.domain.synthesis.selection import Candidate
from appreciation.enums import SourceShown
from core.search_words import fold
from reference.models import Issue

LONGEST_TITLE = 200
LONGEST_HEADLINE = 250
LONGEST_TEXT = 6000
LONGEST_STORY = 3000
FIRST_YEAR = 2000
NOT_CHOSEN = ""
CHOICES = [(NOT_CHOSEN, "pas retenue"), *SourceShown.choices]
CLOSED_CHOICES = [
    (NOT_CHOSEN, "pas retenue"),
    (SourceShown.OPTED_OUT, SourceShown.OPTED_OUT.label),
]
APPRAISAL_FIELD = "demarche-{pk}"


class SynthesisForm(forms.Form):
    title = forms.CharField(
        label="Titre",
        max_length=LONGEST_TITLE,
        help_text="Ce que liront les gens: « Ce que neuf communautés disent d’elles-mêmes ».",
        error_messages={"required": "Donnez un titre."},
    )
    year = forms.IntegerField(
        label="Année",
        min_value=FIRST_YEAR,
        help_text="Celle de la rencontre régionale.",
        error_messages={
            "required": "Indiquez l’année.",
            "invalid": "Écrivez une année comme 2026.",
            "min_value": f"L’année est {FIRST_YEAR} ou après.",
        },
    )

    def clean_year(self) -> int:
        year, last = self.cleaned_data["year"], timezone.localdate().year + 2
        if year > last:
            raise forms.ValidationError(f"L’année est {last} au plus.")
        return year


class NewSynthesisForm(SynthesisForm):
    region = forms.ModelChoiceField(
        label="Région",
        queryset=None,
        empty_label=None,
        error_messages={
            "required": "Choisissez la région.",
            "invalid_choice": "Choisissez une région de la liste.",
        },
    )

    def __init__(self, *args, regions, **options) -> None:
        super().__init__(*args, **options)
        self.fields["region"].queryset = regions
        self.fields["year"].initial = timezone.localdate().year


class EditSynthesisForm(SynthesisForm):
    headline = forms.CharField(
        label="En une phrase",
        max_length=LONGEST_HEADLINE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce qu’on en retient, sans moyenne et sans palmarès.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ChoiceForm(forms.Form):
    """One choice per démarche of the region: `values` gives `{appraisal id: shown}`.

    What can no longer be chosen is only left as it is, or taken out. A démarche that was chosen
    and is not published any more stays out, with its story.
    """

    is_filter = True  # each list has its « pas retenue »: nothing is optional

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self, *args, candidates: Iterable[Candidate], shown: Mapping[int, str], **options
    ) -> None:
        super().__init__(*args, **options)
        self.candidates = tuple(candidates)
        self.gone = set(shown) - {candidate.appraisal_id for candidate in self.candidates}
        for candidate in self.candidates:
            pk = candidate.appraisal_id
            if candidate.can_be_chosen or pk in shown:
                self.fields[APPRAISAL_FIELD.format(pk=pk)] = forms.ChoiceField(
                    label=f"{candidate.name}, {candidate.year}",
                    choices=CHOICES if candidate.can_be_chosen else CLOSED_CHOICES,
                    required=False,
                    initial=shown.get(pk, NOT_CHOSEN),
                    error_messages={"invalid_choice": "Choisissez une des réponses de la liste."},
                )

    @property
    def rows(self) -> list[tuple[Candidate, forms.BoundField | None]]:
        names = [APPRAISAL_FIELD.format(pk=candidate.appraisal_id) for candidate in self.candidates]
        fields = [self[name] if name in self.fields else None for name in names]
        return list(zip(self.candidates, fields, strict=True))

    @property
    def values(self) -> dict[int, str]:
        sent = {
            candidate.appraisal_id: self.cleaned_data.get(
                APPRAISAL_FIELD.format(pk=candidate.appraisal_id)
            )
            for candidate in self.candidates
        }
        kept = dict.fromkeys(self.gone, SourceShown.OPTED_OUT)
        return {pk: shown for pk, shown in sent.items() if shown} | kept


class ThemeForm(forms.Form):
    """An entry of the codebook. `version` is the one the form was opened with."""

    label = forms.CharField(
        label="Nom du thème",
        max_length=120,
        error_messages={"required": "Nommez le thème."},
    )
    definition = forms.CharField(
        label="Ce qu’on y range",
        max_length=300,
        required=False,
        help_text="Pour que deux personnes classent de la même façon.",
    )
    issue = forms.ModelChoiceField(
        label="Enjeu", queryset=Issue.objects.all(), required=False, empty_label="aucun"
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class MergeForm(forms.Form):
    """Another theme of the same kind, whose findings come under this one."""

    merged = forms.ModelChoiceField(
        label="Y réunir le thème",
        queryset=None,
        empty_label="choisir un thème…",
        error_messages={
            "required": "Choisissez le thème à réunir.",
            "invalid_choice": "Ce thème n’existe plus: choisissez-en un autre.",
        },
    )

    def __init__(self, *args, themes, **options) -> None:
        super().__init__(*args, **options)
        self.fields["merged"].queryset = themes


ONE_OR_THE_OTHER = (
    "Faites l’un ou l’autre: effacez ce nom pour classer sous « {} », ou choisissez "
    "« un nouveau thème… » pour garder ce nom."
)


class CodingForm(forms.Form):
    """Findings put under a theme: one that exists, or a new one named here.

    `group`: the first finding of the suggestion that was answered; `offered`: the name it had.
    """

    theme = forms.ModelChoiceField(
        label="Thème",
        queryset=None,
        required=False,
        empty_label="un nouveau thème…",
        error_messages={"invalid_choice": "Ce thème n’existe plus: choisissez-en un autre."},
    )
    label = forms.CharField(label="Nom du nouveau thème", max_length=120, required=False)
    keys = forms.MultipleChoiceField(
        label="Constats",
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez au moins un constat.",
            "invalid_choice": "Un de ces constats n’est plus publié: rechargez la page.",
        },
    )
    group = forms.CharField(widget=forms.HiddenInput, required=False)
    offered = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, themes, keys: Iterable[tuple[str, str]], **options) -> None:
        super().__init__(*args, **options)
        self.fields["theme"].queryset = themes
        self.fields["keys"].choices = list(keys)

    def clean(self) -> dict[str, Any]:
        """A name that was only offered, and left there, was not typed."""
        values = super().clean() or {}
        theme, label = values.get("theme"), values.get("label") or ""
        if theme is None:
            if not label and "theme" not in self.errors:
                self.add_error("label", "Choisissez un thème, ou nommez-en un nouveau.")
        elif label and fold(label) not in (fold(theme.label), fold(values.get("offered") or "")):
            self.add_error("label", ONE_OR_THE_OTHER.format(theme.label))
        return values


class TextForm(forms.Form):
    text = forms.CharField(
        label="Texte",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Laissez une ligne vide entre deux paragraphes. Sans texte, il ne paraît pas.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class StoryForm(TextForm):
    text = forms.CharField(
        label="Son histoire",
        required=False,
        max_length=LONGEST_STORY,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=(
            "Une page, pour le partage d’expériences: le point de départ, la rencontre, ce qui a "
            "bougé. Faites-la lire à la communauté avant de la publier."
        ),
    )


class PublishForm(forms.Form):
    """`acknowledged` is asked only when a démarche has a newer edition than the frozen one."""

    has_been_read = forms.BooleanField(
        label="J’ai relu la page publique, et les communautés savent comment elles y paraissent.",
        error_messages={"required": "Relisez la page publique, puis cochez."},
    )
    acknowledged = forms.BooleanField(
        label="Des démarches ont une édition plus récente: je publie ces figures-ci en le sachant.",
        error_messages={"required": "Dites que vous le savez, ou figez une nouvelle édition."},
    )

    def __init__(self, *args, asks_to_know: bool, **options) -> None:
        super().__init__(*args, **options)
        if not asks_to_know:
            del self.fields["acknowledged"]


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi la retirer",
        max_length=300,
        help_text="Une phrase, gardée à la coordination.",
        error_messages={"required": "Dites pourquoi en une phrase."},
    )


class AdoptedSynthesisForm(forms.Form):
    file = forms.FileField(
        label="Version adoptée (Word ou PDF)",
        help_text="Celle que le comité a corrigée et adoptée. Elle paraît avec la synthèse.",
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf"}),
        error_messages={
            "required": "Joignez le fichier.",
            "empty": "Ce fichier est vide: choisissez-en un autre.",
        },
    )
