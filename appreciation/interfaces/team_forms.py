"""Forms of the team page."""

from __future__ import annotations

from django import forms

from accounts.models import User
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
