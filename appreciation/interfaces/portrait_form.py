"""« Portrait »: text, document, figures and local facts on one page, with blank lines.

« Ajouter une ligne » sends the page back with more of them: nothing is saved, nothing is lost.
"""

from __future__ import annotations

from django import forms
from django.forms.utils import ErrorDict

from appreciation.domain.portraits import MOST_FACTS, MOST_FIGURES, FactLine, FigureLine
from appreciation.enums import LocalFactKind
from appreciation.interfaces.step_forms import StepForm
from appreciation.models import PhaseRecord
from appreciation.models.portraits import FIRST_YEAR, LAST_YEAR
from cms.fields import DocumentField

LARGEST_PDF = 10 * 1024 * 1024
ADD_FIGURE, ADD_FACT = "add_figure", "add_fact"
BLANK_LINES = 3
FIGURE_PARTS = ("label", "value", "unit", "year", "source")
FACT_PARTS = ("kind", "words")
LINES_MAX = {"figure": MOST_FIGURES + BLANK_LINES, "fact": MOST_FACTS + BLANK_LINES}
"""A thirteenth figure typed comes back with the sentence that refuses it."""


class PortraitForm(StepForm):
    """Fields `figure-<n>-<part>` and `fact-<n>-<part>`; how many is what was sent or stored."""

    figure_lines = forms.IntegerField(widget=forms.HiddenInput, required=False)
    fact_lines = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label="Le portrait en quelques phrases",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    source = forms.CharField(
        label="D’où cela vient-il?",
        required=False,
        max_length=300,
        help_text="Par exemple: Recensement de 2021, MRC, directrice de l’école.",
    )
    document = DocumentField(
        label="Joindre un document PDF",
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text="10 Mo au plus. Il reste privé: seule l’équipe le lit.",
    )

    def __init__(
        self,
        *args,
        record: PhaseRecord | None,
        figures: list[FigureLine],
        facts: list[FactLine],
        is_suggested: bool = False,
        **options,
    ) -> None:
        super().__init__(*args, **options)
        self.is_suggested = is_suggested and not self.is_bound
        self.initial = {
            "text": record.text if record else "",
            "source": record.source if record else "",
            "version": record.version if record else 0,
        }
        stored = {"figure": [vars(line) for line in figures], "fact": [vars(f) for f in facts]}
        self.counts = {kind: self._count(kind, len(lines)) for kind, lines in stored.items()}
        for kind, lines in stored.items():
            self.initial[f"{kind}_lines"] = self.counts[kind]
            for number in range(1, self.counts[kind] + 1):
                self._add_line(kind, number)
            for number, line in enumerate(lines, start=1):
                self.initial |= {f"{kind}-{number}-{part}": line[part] for part in line}
        if self.is_bound:
            self._tell_how_many()

    def _count(self, kind: str, stored: int) -> int:
        """What the page had, three more when a line is asked for; else what is stored and three."""
        most = LINES_MAX[kind]
        sent = self.data.get(f"{kind}_lines", "") if self.is_bound else ""
        if not sent.isdecimal():
            return min(stored + BLANK_LINES, most)
        wants_more = self.data.get("intent") == f"add_{kind}"
        return min(max(int(sent[:3]), stored) + BLANK_LINES * wants_more, most)

    def _tell_how_many(self) -> None:
        self.data = self.data.copy()
        for kind, count in self.counts.items():
            self.data[f"{kind}_lines"] = str(count)

    def _add_line(self, kind: str, number: int) -> None:
        make = _figure_fields if kind == "figure" else _fact_fields
        for part, field in make(number).items():
            self.fields[f"{kind}-{number}-{part}"] = field

    def may_be_empty(self) -> list[str]:
        """A line left wholly empty is none; a line begun is asked to be complete."""
        empty = super().may_be_empty()
        for kind, parts in (("figure", FIGURE_PARTS), ("fact", FACT_PARTS)):
            for number in range(1, self.counts[kind] + 1):
                names = [f"{kind}-{number}-{part}" for part in parts]
                if not any(self.data.get(name, "").strip() for name in names):
                    empty += names
        return empty

    def clean_document(self):
        upload = self.cleaned_data["document"]
        if not upload:
            return None
        if upload.size > LARGEST_PDF:
            raise forms.ValidationError("Ce fichier dépasse 10 Mo: allégez-le, puis réessayez.")
        if not upload.name.lower().endswith(".pdf"):
            raise forms.ValidationError("Choisissez un fichier PDF.")
        return upload

    @property
    def wants_lines(self) -> bool:
        """« Ajouter une ligne » was pressed: show the page again, keep nothing yet."""
        return self.is_bound and self.data.get("intent") in (ADD_FIGURE, ADD_FACT)

    def full_clean(self) -> None:
        """More lines asked: nothing is checked before they are filled."""
        if not self.wants_lines:
            super().full_clean()
            return
        self._errors, self.cleaned_data = ErrorDict(), {}

    @property
    def more_lines(self) -> list[tuple[str, str]]:
        asked = ((ADD_FIGURE, "Ajouter des lignes de chiffres"), (ADD_FACT, "Ajouter des repères"))
        return [
            (intent, words)
            for intent, words in asked
            if self.counts[intent.removeprefix("add_")] < LINES_MAX[intent.removeprefix("add_")]
        ]

    def figure_rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        return self._rows("figure", FIGURE_PARTS)

    def fact_rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        return self._rows("fact", FACT_PARTS)

    def figures(self) -> list[FigureLine]:
        return [FigureLine(**line) for line in self._lines("figure", FIGURE_PARTS) if line["label"]]

    def facts(self) -> list[FactLine]:
        return [FactLine(**line) for line in self._lines("fact", FACT_PARTS) if line["words"]]

    def _rows(self, kind: str, parts: tuple[str, ...]):
        return [
            (number, [self[f"{kind}-{number}-{part}"] for part in parts])
            for number in range(1, self.counts[kind] + 1)
        ]

    def _lines(self, kind: str, parts: tuple[str, ...]) -> list[dict]:
        return [
            {part: self.cleaned_data[f"{kind}-{number}-{part}"] for part in parts}
            for number in range(1, self.counts[kind] + 1)
        ]


def _figure_fields(number: int) -> dict[str, forms.Field]:
    said = f" (chiffre {number})"
    return {
        "label": forms.CharField(
            label="Ce que dit le chiffre",
            max_length=120,
            error_messages={"required": f"Dites de quoi il s’agit{said}."},
        ),
        "value": forms.CharField(
            label="Valeur",
            max_length=30,
            error_messages={"required": f"Écrivez la valeur{said}, comme la source la donne."},
        ),
        "unit": forms.CharField(label="Unité", max_length=40, required=False),
        "year": forms.IntegerField(
            label="Année",
            min_value=FIRST_YEAR,
            max_value=LAST_YEAR,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={
                "required": f"Écrivez l’année{said}.",
                "invalid": "Écrivez une année comme 2021.",
                "min_value": "Écrivez une année comme 2021.",
                "max_value": "Écrivez une année comme 2021.",
            },
        ),
        "source": forms.CharField(
            label="Source",
            max_length=200,
            error_messages={
                "required": f"Dites d’où il vient{said}: sans source, il ne convainc personne."
            },
        ),
    }


def _fact_fields(number: int) -> dict[str, forms.Field]:
    return {
        "kind": forms.ChoiceField(
            label="De quoi s’agit-il?",
            choices=[("", "Choisissez…"), *LocalFactKind.choices],
            error_messages={
                "required": f"Choisissez de quoi il s’agit (repère {number}).",
                "invalid_choice": "Choisissez de quoi il s’agit dans la liste.",
            },
        ),
        "words": forms.CharField(
            label="En quelques mots",
            max_length=300,
            error_messages={"required": f"Dites-le en quelques mots (repère {number})."},
        ),
    }
