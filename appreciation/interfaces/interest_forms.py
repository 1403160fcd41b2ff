"""The public form of a community that is interested, and the coordination's answer."""

from __future__ import annotations

from django import forms

from appreciation.domain.interests import SETTLED_BY_HAND, InterestWords
from cms.trapped_form import TrappedForm
from core.phones import check_phone
from reference.models import Place

FORM = "interest"
ONE_OF_TWO = "Un courriel ou un téléphone: un des deux suffit pour vous répondre."


class InterestForm(TrappedForm):
    code = FORM
    said_as = InterestWords

    community = forms.CharField(
        label="Votre communauté",
        max_length=150,
        help_text="Un village, un quartier, un secteur: le nom que les gens lui donnent.",
        error_messages={"required": "Écrivez le nom de votre communauté."},
    )
    territory = forms.ModelChoiceField(
        label="Son territoire",
        required=False,
        queryset=Place.objects.none(),
        empty_label="Je ne sais pas, ou un autre",
        error_messages={"invalid_choice": "Choisissez un territoire de la liste."},
    )
    territory_words = forms.CharField(
        label="Un autre? Dites lequel, ou la municipalité", required=False, max_length=150
    )
    name = forms.CharField(
        label="Votre nom",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Écrivez votre nom: nous saurons qui demander."},
    )
    email = forms.EmailField(
        label="Votre courriel",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Un courriel ou un téléphone: un des deux suffit.",
        error_messages={"invalid": "Écrivez un courriel comme prenom@exemple.org."},
    )
    phone = forms.CharField(
        label="Votre téléphone",
        required=False,
        max_length=40,
        validators=[check_phone],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    words = forms.CharField(
        label="Quelques mots",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ce qui vous y amène, quand vous joindre… Ne nommez personne d’autre que vous.",
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if not {"email", "phone"} & set(self.errors) and not (
            cleaned.get("email") or cleaned.get("phone")
        ):
            self.add_error("email", ONE_OF_TWO)
        return cleaned


class SettleForm(forms.Form):
    state = forms.ChoiceField(
        label="Où en est cette demande?",
        choices=[
            (state, {"answered": "Nous avons répondu"}.get(state, "Il n’y aura pas de suite"))
            for state in SETTLED_BY_HAND
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez ce qui s’est passé.",
            "invalid_choice": "Choisissez une réponse de la liste.",
        },
    )
    outcome = forms.CharField(
        label="Ce qui a été convenu, ou pourquoi",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Demandé seulement s’il n’y a pas de suite.",
    )
