"""Forms of the team page."""

from __future__ import annotations

from django import forms

from accounts.models import User
from appreciation.domain.handover import ASKED, HandoverWords
from appreciation.enums import MembershipRole


class AddMemberForm(forms.Form):
    email = forms.EmailField(
        label="Courriel de son compte",
        error_messages={
            "required": "Écrivez le courriel de la personne.",
            "invalid": "Écrivez un courriel comme prenom@exemple.org.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label="Son rôle",
        choices=MembershipRole.choices,
        initial=MembershipRole.CO_FACILITATOR,
    )


class MemberForm(forms.Form):
    member = forms.IntegerField()
    role = forms.ChoiceField(choices=MembershipRole.choices, required=False)


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(
        label="À qui?",
        queryset=User.objects.none(),
        empty_label="Choisissez…",
        error_messages={"required": "Choisissez une personne."},
    )
    note = forms.CharField(
        label="Un mot pour elle",
        max_length=500,
        error_messages={
            "required": "Écrivez un mot pour la personne qui reprend: où en est la démarche?"
        },
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Où en est la démarche? Qui appeler d’abord?",
    )

    def __init__(self, *args, coordinators: list[User], **options) -> None:
        super().__init__(*args, **options)
        people = [person.pk for person in coordinators]
        self.fields["to"].queryset = User.objects.filter(pk__in=people)


class SuccessionForm(forms.Form):
    """Who takes over, and three answers for her. Whoever may not name somebody is not asked."""

    to = forms.ModelChoiceField(
        label="Qui prend la suite?",
        queryset=User.objects.none(),
        empty_label="Choisissez…",
        error_messages={"required": "Choisissez une personne."},
        help_text="Quelqu’un de l’équipe ou de la coordination. Cette personne reçoit vos mots par "
        "courriel.",
    )
    done = forms.CharField(
        label="Ce qui est fait",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": ASKED["done"]},
    )
    waiting = forms.CharField(
        label="Ce qui attend",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": ASKED["waiting"]},
    )
    to_call = forms.CharField(
        label="Qui appeler d’abord",
        max_length=300,
        error_messages={"required": ASKED["to_call"]},
        help_text="Un nom et pourquoi. L’équipe et la coordination le liront au journal.",
    )

    def __init__(
        self, *args, successors, needs_successor: bool = True, may_name: bool = True, **options
    ) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = successors
        self.fields["to"].required = needs_successor
        if not may_name:
            del self.fields["to"]

    def words(self) -> HandoverWords:
        values = self.cleaned_data
        return HandoverWords(values["done"], values["waiting"], values["to_call"])


class ReplaceLeadForm(SuccessionForm):
    former = forms.ModelChoiceField(
        label="Qui part?",
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"required": "Choisissez la personne qui part."},
    )
    field_order = ("former", "to", "done", "waiting", "to_call")

    def __init__(self, *args, leads, **options) -> None:
        super().__init__(*args, **options)
        self.fields["former"].queryset = leads
