from __future__ import annotations

from django import forms

from appreciation.domain.dots import MOST_DOTS, MOST_TYPED, leads_to_choose
from appreciation.models import DotOption, DotPoll, Finding, Meeting


class PrepareForm(forms.Form):
    findings = forms.ModelMultipleChoiceField(
        label="Pistes de la rencontre",
        queryset=Finding.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    texts = forms.CharField(
        label="Autres pistes, une par ligne",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=6000,
    )
    per_person = forms.IntegerField(
        label="Points par personne", initial=3, min_value=1, max_value=MOST_DOTS
    )
    may_stack = forms.BooleanField(
        label="On peut mettre plusieurs points sur la même piste", required=False
    )

    def __init__(self, data, *, meeting: Meeting, poll: DotPoll | None) -> None:
        super().__init__(data)
        leads = leads_to_choose(meeting)
        found = self.fields["findings"]
        found.queryset = Finding.objects.filter(pk__in=[lead.pk for lead in leads])
        found.label_from_instance = lambda lead: lead.text
        self.initial["findings"] = [lead.pk for lead in leads]
        if poll is not None:
            options = list(poll.options.all())
            self.initial = {
                "findings": [option.finding_id for option in options if option.finding_id],
                "texts": "\n".join(o.text for o in options if o.finding_id is None),
                "per_person": poll.per_person,
                "may_stack": poll.may_stack,
            }

    def clean_texts(self) -> list[str]:
        return self.cleaned_data["texts"].splitlines()

    def clean_findings(self) -> list[Finding]:
        return list(self.cleaned_data["findings"])


class DotsForm(forms.Form):
    """One number per option: what a person puts there, or what the poster holds."""

    def __init__(
        self, data, *, options: list[DotOption], stored: dict[int, int], most: int = MOST_TYPED
    ) -> None:
        super().__init__(data)
        for option in options:
            self.fields[f"piste-{option.pk}"] = forms.IntegerField(
                label=option.text,
                required=False,
                min_value=0,
                max_value=most,
                initial=stored.get(option.pk),
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    @property
    def counts(self) -> dict[int, int]:
        return {
            int(name.removeprefix("piste-")): value or 0
            for name, value in self.cleaned_data.items()
        }


class OneDotForm(forms.Form):
    """At most one dot per option: boxes to tick."""

    def __init__(self, data, *, options: list[DotOption], stored: dict[int, int]) -> None:
        super().__init__(data)
        for option in options:
            self.fields[f"piste-{option.pk}"] = forms.BooleanField(
                label=option.text, required=False, initial=bool(stored.get(option.pk))
            )

    @property
    def counts(self) -> dict[int, int]:
        return {
            int(name.removeprefix("piste-")): int(ticked)
            for name, ticked in self.cleaned_data.items()
        }
