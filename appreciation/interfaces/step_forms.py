"""One form per step. Each carries the version it was opened with, and the sentence that passes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from appreciation.domain.appraisals import FRAME_FIELDS, FROZEN_FIELDS
from appreciation.enums import (
    ActionState,
    EvaluationPurpose,
    FillMode,
    Pace,
    PublicationLevel,
    Purpose,
)
from appreciation.interfaces.appraisal_forms import DateInput
from appreciation.interfaces.day_field import DayField
from appreciation.models import Action, Appraisal, Instrument, Meeting, PhaseRecord, PhaseTask
from core.typography import NBSP

DATE_WORDS = {"invalid": "Écrivez une date comme 2026-10-22."}


class StepForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    comment = forms.CharField(
        label="Pourquoi, en une phrase",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    needed: tuple[str, ...] = ("comment",)
    """Asked without « facultatif », yet a half-filled step may be saved: the rules ask later."""

    wants_lines = False
    """Whether the page is only sent back with more blank lines: nothing is saved yet."""
    more_lines: tuple[tuple[str, str], ...] = ()
    """Buttons that ask for lines: what they send, what they say."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        for name in self.needed:
            self.fields[name].required = True

    def _clean_fields(self) -> None:
        """Let the needed boxes be empty while cleaning, and only then."""
        empty = self.may_be_empty()
        for name in empty:
            self.fields[name].required = False
        super()._clean_fields()
        for name in empty:
            self.fields[name].required = True

    def may_be_empty(self) -> list[str]:
        return list(self.needed)

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def content_fields(self) -> list[forms.BoundField]:
        """What the step itself asks, without the version and the sentence."""
        return [field for field in self.visible_fields() if field.name != "comment"]


class FrameForm(StepForm):
    """« Décider »: what participants will read, and whom to call."""

    needed = ("comment", "expected_on", "consent_text")

    requested_by = forms.CharField(label="Qui la demande?", max_length=200)
    purposes = forms.MultipleChoiceField(
        label="À quoi servira-t-elle?",
        required=False,
        choices=Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    evaluation_purposes = forms.MultipleChoiceField(
        label="À quoi servira son évaluation?",
        required=False,
        choices=EvaluationPurpose.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Chaque partenaire peut avoir la sienne: dites-les toutes dès maintenant.",
    )
    expected_on = DayField(
        label="Date approximative de la rencontre",
        required=False,
        widget=DateInput(),
        error_messages=DATE_WORDS,
    )
    expected_attendance = forms.IntegerField(
        label="Combien de personnes attendez-vous?",
        required=False,
        min_value=1,
        max_value=2000,
        error_messages={"invalid": "Écrivez un nombre entier."},
    )
    contact_name = forms.CharField(
        label="Répondante ou répondant local",
        required=False,
        max_length=150,
        help_text="La personne du milieu qui suivra la démarche après vous. Son nom et son "
        "téléphone sont sur la feuille remise aux gens de la rencontre.",
    )
    contact_email = forms.EmailField(label="Son courriel", required=False)
    contact_phone = forms.CharField(label="Son téléphone", required=False, max_length=40)
    instrument = forms.ModelChoiceField(
        label="Instrument", queryset=Instrument.objects.none(), empty_label=None
    )
    fill_mode = forms.ChoiceField(
        label="Façon de répondre", choices=FillMode.choices, widget=forms.RadioSelect
    )
    announced_level = forms.ChoiceField(
        label="Jusqu’où iront les résultats?",
        choices=[
            (PublicationLevel.PRIVATE, f"Privé{NBSP}: rien ne sort de l’équipe"),
            (PublicationLevel.REGION, f"Région{NBSP}: les personnes qui coordonnent et animent"),
            (
                PublicationLevel.SUMMARY,
                f"Sommaire public{NBSP}: forces, défis, niveaux convenus, actions",
            ),
            (PublicationLevel.FULL, f"Complet public{NBSP}: le sommaire et les répartitions"),
        ],
        widget=forms.RadioSelect,
        help_text="Dit à tout le monde avant les réponses; jamais dépassé ensuite.",
    )
    quotes_announced = forms.BooleanField(
        label="Des citations sans nom pourront paraître dans le rapport", required=False
    )
    consent_text = forms.CharField(
        label="Texte de consentement",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Lu à l’écran du téléphone et à voix haute dans la salle.",
    )

    def __init__(self, *args, appraisal: Appraisal, is_frozen: bool, **options) -> None:
        super().__init__(*args, **options)
        self.initial = {name: getattr(appraisal, name) for name in FRAME_FIELDS}
        self.initial |= {"version": appraisal.version, "instrument": appraisal.instrument_id}
        ready = Instrument.objects.ready() | Instrument.objects.filter(pk=appraisal.instrument_id)
        self.fields["instrument"].queryset = ready
        for name in FROZEN_FIELDS:
            self.fields[name].disabled = is_frozen

    def frame(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in FRAME_FIELDS}


class ConveningForm(StepForm):
    tasks = forms.MultipleChoiceField(
        label="Ce qui est fait",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    added_task = forms.CharField(label="Ajouter une chose à faire", required=False, max_length=200)

    def __init__(
        self, *args, record: PhaseRecord | None, tasks: list[PhaseTask], **options
    ) -> None:
        super().__init__(*args, **options)
        self.fields["tasks"].choices = [(task.label, task.label) for task in tasks]
        self.initial = {
            "version": record.version if record else 0,
            "tasks": [task.label for task in tasks if task.done_at],
        }


class MeetingForm(StepForm):
    """When to meet. After a meeting, another one is planned only if its venue is written."""

    date = DayField(
        label="Date",
        widget=DateInput(),
        error_messages=DATE_WORDS | {"required": "Choisissez une date."},
    )
    time = forms.TimeField(
        label="Heure",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": "Choisissez une heure.",
            "invalid": "Écrivez une heure comme 18:30.",
        },
    )
    venue = forms.CharField(
        label="Lieu", max_length=200, error_messages={"required": "Écrivez où l’on se rencontre."}
    )
    pace = forms.ChoiceField(label="Rythme", choices=Pace.choices, widget=forms.RadioSelect)
    asks_sector = forms.BooleanField(
        label="Demander le secteur de chaque personne",
        required=False,
        help_text="Seulement si 25 personnes ou plus sont attendues: en petit groupe, le secteur "
        "trahirait quelqu’un.",
    )

    def __init__(
        self, *args, meeting: Meeting | None, appraisal: Appraisal, was_held: bool, **options
    ) -> None:
        super().__init__(*args, **options)
        self.is_another = was_held and meeting is None
        if self.is_another:
            self.initial = {"time": dt.time(18, 30), "pace": Pace.GUIDED, "version": 0}
            for name in ("date", "time", "venue", "pace"):
                self.fields[name].required = False
            return
        if meeting is None:
            self.initial = {
                "date": appraisal.expected_on,
                "time": dt.time(18, 30),
                "pace": Pace.GUIDED,
                "version": 0,
            }
            return
        starts_at = timezone.localtime(meeting.starts_at) if meeting.starts_at else None
        self.initial = {
            "date": starts_at.date() if starts_at else appraisal.expected_on,
            "time": starts_at.time() if starts_at else dt.time(18, 30),
            "venue": meeting.venue,
            "pace": meeting.pace,
            "asks_sector": meeting.asks_sector,
            "version": meeting.revision,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_another and (cleaned.get("date") or cleaned.get("venue")):
            for name in ("date", "time", "venue"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    @property
    def plans_a_meeting(self) -> bool:
        return not self.is_another or bool(self.cleaned_data["venue"])

    def starts_at(self) -> dt.datetime:
        return timezone.make_aware(
            dt.datetime.combine(self.cleaned_data["date"], self.cleaned_data["time"])
        )


class FollowUpForm(StepForm):
    """One state per action: `etat-<pk>`."""

    def __init__(self, *args, actions: list[Action], version: int, **options) -> None:
        super().__init__(*args, **options)
        self.fields["comment"] = forms.CharField(
            label="Ce que vous avez appris, en quelques lignes",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text="Demandé seulement pour clore la démarche: ce qui a bien été, ce que vous "
            "feriez autrement. Ces leçons entrent au rapport; le registre les montre au niveau "
            "complet, les gens de la région au niveau région.",
        )
        self.initial = {"version": version}
        self.actions = actions
        for action in actions:
            name = f"etat-{action.pk}"
            self.fields[name] = forms.ChoiceField(
                label=action.title,
                choices=ActionState.choices,
                widget=forms.RadioSelect,
                help_text=f"{action.carrier}{NBSP}: {action.first_step}",
            )
            self.initial[name] = action.state

    def states(self) -> dict[int, str]:
        return {action.pk: self.cleaned_data[f"etat-{action.pk}"] for action in self.actions}
