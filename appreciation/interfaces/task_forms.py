"""Forms of the calendar: one task, and one more task."""

from __future__ import annotations

from django import forms

from accounts.models import User
from appreciation.domain.queries.tasks import new_code
from appreciation.domain.tasks import TaskWish
from appreciation.enums import Phase
from appreciation.interfaces.appraisal_forms import DateInput
from appreciation.interfaces.day_field import DayField
from appreciation.models import Appraisal, PhaseTask

DATE_WORDS = {"invalid": "Écrivez une date comme 2026-10-22."}
TO_DO, DONE, DROPPED = "to_do", "done", "dropped"


class TaskForm(forms.Form):
    """Whose, for when, where it stands. `version` is the one the form was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    owner = forms.ModelChoiceField(
        label="Qui s’en occupe?",
        queryset=User.objects.none(),
        required=False,
        empty_label="Personne encore",
    )
    owner_words = forms.CharField(
        label="Ou quelqu’un hors de l’équipe",
        required=False,
        max_length=100,
        help_text="Un nom ou un groupe. L’équipe et la coordination le lisent; il s’efface "
        "90 jours après la fin de la démarche.",
    )
    due_on = DayField(
        label="Pour quand?",
        required=False,
        widget=DateInput(),
        error_messages=DATE_WORDS,
    )
    standing = forms.ChoiceField(
        label="Où en est-elle?",
        choices=[(TO_DO, "À faire"), (DONE, "Faite"), (DROPPED, "Sans objet chez nous")],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites où en est la tâche."},
    )

    def __init__(self, *args, task: PhaseTask, appraisal: Appraisal, **options) -> None:
        super().__init__(*args, **options)
        team = User.objects.filter(memberships__appraisal=appraisal)
        self.fields["owner"].queryset = team.order_by("first_name", "last_name", "pk")
        self.initial = {
            "version": task.version,
            "owner": task.owner_id,
            "owner_words": task.owner_words,
            "due_on": task.due_on,
            "standing": DROPPED if task.is_dropped else DONE if task.done_at else TO_DO,
        }

    def wish(self) -> TaskWish:
        values = self.cleaned_data
        return TaskWish(
            owner=values["owner"],
            owner_words=" ".join(values["owner_words"].split()),
            due_on=values["due_on"],
            is_done=values["standing"] == DONE,
            is_dropped=values["standing"] == DROPPED,
        )


class AddTaskForm(forms.Form):
    label = forms.CharField(
        label="Quoi?",
        max_length=200,
        error_messages={"required": "Écrivez ce qu’il y a à faire."},
    )
    phase = forms.ChoiceField(label="À quelle étape?", choices=Phase.choices)
    due_on = DayField(
        label="Pour quand?", required=False, widget=DateInput(), error_messages=DATE_WORDS
    )
    code = forms.SlugField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, phase: str, **options) -> None:
        super().__init__(*args, **options)
        self.initial = {"phase": phase, "code": new_code()}


class TickForm(forms.Form):
    done = forms.TypedChoiceField(
        choices=[("1", "oui"), ("0", "non")], coerce=lambda value: value == "1"
    )
