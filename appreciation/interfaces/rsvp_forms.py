"""What somebody invited sends from her telephone: her answer, or how many come."""

from __future__ import annotations

import secrets

from django import forms

from appreciation.domain.invitations import MOST_PEOPLE
from appreciation.enums import InviteeAnswer
from appreciation.interfaces.invitee_forms import EMAIL_WORDS, ReplyFields
from appreciation.models import Invitee


class RsvpForm(ReplyFields):
    answer = forms.ChoiceField(
        label="Votre réponse",
        choices=[
            (InviteeAnswer.YES, "Je viens"),
            (InviteeAnswer.NO, "Je ne viens pas"),
            (InviteeAnswer.MAYBE, "Je ne sais pas encore"),
        ],
        error_messages={"required": "Choisissez une réponse."},
        widget=forms.RadioSelect,
    )

    field_order = ("answer",)

    def __init__(self, *args, invitee: Invitee, **options) -> None:
        super().__init__(*args, **options)
        self.fields["companions"].label = "Combien de personnes vous accompagnent?"
        self.fields["needs_transport"].label = "J’ai besoin de transport"
        self.fields["needs_childcare"].label = "J’ai besoin d’une garde d’enfants"
        self.fields["needs_other"].label = "Autre chose à prévoir pour vous"
        self.initial = {name: getattr(invitee, name) for name in self.fields}


class OpenReplyForm(forms.Form):
    """`key` makes a form count once, however often it is sent."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    people = forms.IntegerField(
        label="Combien serez-vous?",
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=1,
        error_messages={
            "required": "Écrivez combien vous serez.",
            "invalid": "Écrivez un nombre entier.",
            "max_value": f"{MOST_PEOPLE} au plus: au-delà, appelez la personne qui invite.",
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="Votre courriel, pour un rappel une semaine avant",
        required=False,
        error_messages=EMAIL_WORDS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("key", secrets.token_urlsafe(24))
