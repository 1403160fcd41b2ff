"""What the team writes down while the group talks. Forms clean; `domain/findings.py` decides."""

from __future__ import annotations

from django import forms

from appreciation.domain.questionnaire import QuestionnaireItem
from appreciation.enums import FindingKind
from core.typography import fr_typo
from reference.models import Dimension

LONGEST_FINDING = 600
LONGEST_STATEMENT = 2_000


class FindingForm(forms.Form):
    """A strength, a challenge or a lead. `quotes_announced` decides whether it may be a quote."""

    kind = forms.ChoiceField(
        label="C’est", choices=FindingKind.choices, widget=forms.RadioSelect, initial="strength"
    )
    text = forms.CharField(
        label="En une phrase, dans les mots du groupe",
        max_length=LONGEST_FINDING,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Sans nom de personne: le constat peut être publié.",
    )
    dimension = forms.ModelChoiceField(
        label="Dimension", queryset=Dimension.objects.none(), required=False
    )
    quotable = forms.BooleanField(label="À citer tel quel, entre guillemets", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def __init__(self, *args, dimensions, quotes_announced: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dimension"].queryset = dimensions
        self.fields["dimension"].empty_label = "Aucune en particulier"
        if not quotes_announced:
            del self.fields["quotable"]

    @property
    def values(self) -> dict[str, object]:
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "text": data["text"],
            "dimension": data["dimension"],
            "quotable": data.get("quotable", False),
        }


class AgreedRatingForm(forms.Form):
    """The level the group settles on, or none, and why."""

    level = forms.TypedChoiceField(
        label="Niveau convenu",
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Pourquoi ce niveau",
        max_length=LONGEST_STATEMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    dissent = forms.CharField(
        label="Ce que certains voient autrement",
        max_length=LONGEST_STATEMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def __init__(self, *args, item: QuestionnaireItem, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [
            *((str(level.position), f"{level.position} · {level.label}") for level in item.levels),
            ("", fr_typo("Pas de niveau: on garde les deux lectures")),
        ]

    @property
    def values(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in ("level", "reason", "dissent")}
