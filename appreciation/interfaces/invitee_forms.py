"""Forms of the list of people invited: one person, a pasted list, an answer received."""

from __future__ import annotations

from django import forms

from appreciation.domain.invitees import MOST_COMPANIONS, Contact, Reply
from appreciation.enums import INVITING_WAYS, ContactWay, InviteeAnswer
from appreciation.interfaces.invitee_lines import read_lines
from appreciation.models import Invitee
from core.errors import DomainError
from reference.models import Sector

EMAIL_WORDS = {"invalid": "Écrivez un courriel comme prenom@exemple.org."}
ANSWERED_BY = (ContactWay.PHONE, ContactWay.WORD_OF_MOUTH, ContactWay.EMAIL, ContactWay.LETTER)


class InviteeForm(forms.Form):
    name = forms.CharField(
        label="Nom de la personne ou du groupe",
        max_length=150,
        error_messages={"required": "Écrivez un nom."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sector = forms.ModelChoiceField(
        label="Secteur",
        queryset=Sector.objects.none(),
        empty_label="Choisissez…",
        error_messages={"required": "Choisissez un secteur."},
    )
    email = forms.EmailField(
        label="Courriel",
        required=False,
        error_messages=EMAIL_WORDS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label="Téléphone",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    invited_by_way = forms.ChoiceField(
        label="Comment l’inviter?",
        choices=[(way.value, way.label) for way in INVITING_WAYS],
        initial=ContactWay.EMAIL,
    )
    is_group = forms.BooleanField(label="C’est un groupe ou un organisme", required=False)

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["sector"].queryset = Sector.objects.filter(is_active=True)

    def contact(self) -> Contact:
        names = ("name", "sector", "email", "phone", "is_group", "invited_by_way")
        return Contact(**{name: self.cleaned_data[name] for name in names})


class PastedListForm(forms.Form):
    lines = forms.CharField(
        label="Une personne ou un groupe par ligne",
        max_length=40_000,
        strip=False,
        error_messages={"required": "Collez au moins une ligne."},
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="Nom; secteur; courriel; téléphone. Le courriel et le téléphone peuvent manquer. "
        "Les colonnes copiées d’un tableur conviennent aussi.",
    )

    def clean_lines(self) -> str:
        """What cannot be read is refused with its line number; nothing is added then."""
        try:
            self.contacts = read_lines(self.cleaned_data["lines"])
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal).splitlines()) from refusal
        return self.cleaned_data["lines"]


class ReplyFields(forms.Form):
    """What comes with an answer, the same for the team and on the invitation's own page."""

    companions = forms.IntegerField(
        label="Combien de personnes l’accompagnent?",
        required=False,
        min_value=0,
        max_value=MOST_COMPANIONS,
        error_messages={
            "invalid": "Écrivez un nombre entier.",
            "max_value": f"{MOST_COMPANIONS} au plus: au-delà, appelez l’équipe.",
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    needs_transport = forms.BooleanField(label="Besoin de transport", required=False)
    needs_childcare = forms.BooleanField(label="Besoin de garde d’enfants", required=False)
    needs_other = forms.CharField(
        label="Autre besoin, en quelques mots", required=False, max_length=200
    )

    def reply(self) -> Reply:
        return Reply(
            answer=self.cleaned_data["answer"],
            companions=self.cleaned_data["companions"] or 0,
            needs_transport=self.cleaned_data["needs_transport"],
            needs_childcare=self.cleaned_data["needs_childcare"],
            needs_other=self.cleaned_data["needs_other"],
        )


class ChangeInviteeForm(InviteeForm, ReplyFields):
    """Somebody already on the list, and the answer she gave by telephone or in passing."""

    field_order = (*InviteeForm.base_fields, "answer", "answered_via")

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(label="Sa réponse", choices=InviteeAnswer.choices)
    answered_via = forms.ChoiceField(
        label="Reçue par",
        required=False,
        choices=[("", "—"), *((way.value, way.label) for way in ANSWERED_BY)],
    )

    def __init__(self, *args, invitee: Invitee, **options) -> None:
        super().__init__(*args, **options)
        self.initial = {name: getattr(invitee, name) for name in self.fields}
        self.initial["sector"] = invitee.sector_id
        if invitee.answered_via == ContactWay.LINK:
            self.fields["answered_via"].choices.append((ContactWay.LINK, ContactWay.LINK.label))
        self.fields["sector"].queryset |= Sector.objects.filter(pk=invitee.sector_id)
