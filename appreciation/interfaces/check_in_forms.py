"""Answering a check-in: one choice per action, words, and who answers."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms

from appreciation.domain.check_in_answers import ReplyDraft
from appreciation.enums import CheckInReply, CheckInVia
from appreciation.models import Action, CheckIn
from core.typography import NBSP


class CheckInForm(forms.Form):
    """Fields `reply-<pk>` and `words-<pk>` per action. `preset` only ticks: nothing is stored."""

    words = forms.CharField(
        label="Autre chose à dire?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Un petit pas, un obstacle, une bonne nouvelle.",
    )
    label = forms.CharField(
        label="Qui répond?",
        required=False,
        max_length=80,
        help_text="Un prénom ou un rôle. L’équipe et la coordination le voient pendant un an, "
        "puis il est effacé.",
    )

    def __init__(self, *args, check_in: CheckIn, preset: str = "", **options) -> None:
        super().__init__(*args, **options)
        self.actions = list(check_in.appraisal.actions.all())
        kept = {answer.action_id: answer for answer in check_in.answers.all()}
        preset = preset if preset in CheckInReply.values else ""
        for action in self.actions:
            answer = kept.get(action.pk)
            self._add_action(action)
            self.initial[f"reply-{action.pk}"] = preset or (answer.reply if answer else "")
            self.initial[f"words-{action.pk}"] = answer.words if answer else ""
        self.initial |= {"words": check_in.words, "label": check_in.answered_by_label}
        if not self.actions:
            self.fields["words"].label = "Où en êtes-vous?"
        self.order_fields([name for name in self.fields if "-" in name])

    def _add_action(self, action: Action) -> None:
        self.fields[f"reply-{action.pk}"] = forms.ChoiceField(
            label=action.title,
            choices=CheckInReply.choices,
            widget=forms.RadioSelect,
            help_text=f"{action.carrier}{NBSP}: {action.first_step}",
            error_messages={"required": "Choisissez une réponse."},
        )
        self.fields[f"words-{action.pk}"] = forms.CharField(
            label="En quelques mots",
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text="Demandé si l’action est abandonnée: pourquoi?",
        )

    def lines(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        for action in self.actions:
            yield self[f"reply-{action.pk}"], self[f"words-{action.pk}"]

    def replies(self) -> list[ReplyDraft]:
        return [
            ReplyDraft(
                action=action,
                reply=self.cleaned_data[f"reply-{action.pk}"],
                words=self.cleaned_data[f"words-{action.pk}"],
            )
            for action in self.actions
        ]


class TeamCheckInForm(CheckInForm):
    """The same, written down by the team or the coordination."""

    via = forms.ChoiceField(
        label="Comment l’avez-vous su?",
        choices=[
            (CheckInVia.PHONE, "Au téléphone"),
            (CheckInVia.SPACE, "Par moi-même"),
        ],
        initial=CheckInVia.PHONE,
        widget=forms.RadioSelect,
    )
