"""The three exit questions as a form: « Plus ou moins » is an answer, silence is not."""

from django import forms

from appreciation.enums import ExitLevel, ExitQuestion


def _question(question: ExitQuestion) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=question.label, choices=ExitLevel.choices, widget=forms.RadioSelect, required=False
    )


class ExitForm(forms.Form):
    heard = _question(ExitQuestion.HEARD)
    useful = _question(ExitQuestion.USEFUL)
    again = _question(ExitQuestion.AGAIN)

    def clean(self) -> dict[str, str]:
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError("Choisissez au moins une réponse, ou passez.")
        return self.cleaned_data

    @property
    def chosen(self) -> dict[str, str]:
        """`{question: answer}` for those that were answered."""
        return {question: answer for question, answer in self.cleaned_data.items() if answer}
