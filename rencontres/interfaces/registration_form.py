"""Registering for an event, and changing what one said: nothing but text boxes and choices."""

from __future__ import annotations

from typing import Any

from django import forms

from cms.trapped_form import TrappedForm
from core.typography import NBSP
from rencontres.domain.registrations import CONSENT, RegistrationWords
from rencontres.domain.seats import full_workshops
from rencontres.interfaces.event_screen import periods_of
from rencontres.models import EventPage, Registration, Workshop

FORM = "registration"
NO_WORKSHOP = ""
WORDS = ("name", "email", "organisation", "needs")


class WhoForm(forms.Form):
    """What is asked of everyone. `workshop_…` boxes follow, one per period."""

    name = forms.CharField(
        label="Votre nom",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Écrivez votre nom: il sera à l’accueil."},
    )
    organisation = forms.CharField(
        label="Votre organisme ou votre communauté", required=False, max_length=150
    )
    needs = forms.CharField(
        label="Ce qu’il vous faut pour bien participer",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Accès, place réservée, interprète, allergies, repas… Lu par la coordination "
            "seulement, effacé sept jours après."
        ),
    )

    def add_workshops(self, event: EventPage, mine: Registration | None = None) -> None:
        """One choice per period; those that are full are named, and cannot be chosen."""
        held = set(mine.choices.values_list("workshop_key", flat=True)) if mine else set()
        workshops = list(event.workshops.all())
        full = full_workshops(event, but=mine, among=workshops) - held
        groups = [
            group
            for period in periods_of(workshops)
            for group in ([period.workshops] if period.name else [[w] for w in period.workshops])
        ]
        for number, offered in enumerate(groups, start=1):
            chosen = next((one.key for one in offered if one.key in held), NO_WORKSHOP)
            self.fields[f"workshop_{number}"] = _workshop_field(offered, full)
            self.initial[f"workshop_{number}"] = chosen

    def chosen(self) -> tuple[str, ...]:
        names = [name for name in self.fields if name.startswith("workshop_")]
        return tuple(key for name in names if (key := self.cleaned_data[name]))

    def said(self) -> RegistrationWords:
        """Without an address where the form asks for none."""
        told = {name: self.cleaned_data[name] for name in WORDS if name in self.fields}
        return RegistrationWords(**told, workshops=self.chosen())


class RegistrationForm(WhoForm, TrappedForm):
    code = FORM
    said_as = RegistrationWords

    email = forms.EmailField(
        label="Votre courriel",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Il vous apporte la confirmation, et un lien pour changer ou annuler.",
        error_messages={
            "required": "Écrivez votre courriel: la confirmation y arrive.",
            "invalid": "Écrivez un courriel comme prenom@exemple.org.",
        },
    )
    consent = forms.BooleanField(
        label=CONSENT,
        error_messages={"required": "Cochez la case: sans accord, nous ne gardons rien."},
    )

    field_order = ("name", "email", "organisation")

    def __init__(self, event: EventPage, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_workshops(event)
        for name in ("needs", "consent", "website", "started"):
            self.fields[name] = self.fields.pop(name)


NEVER_KEPT = {"data-never-kept": ""}
"""What somebody says of her needs stays on no other device, nor in any draft."""


class ChangeForm(WhoForm):
    """Her own, by her link: her address and her place stay."""

    def __init__(self, mine: Registration, *args: Any, **options: Any) -> None:
        said = {name: getattr(mine, name) for name in ("name", "organisation", "needs")}
        super().__init__(*args, initial=said, **options)
        self.fields["needs"].widget.attrs.update(NEVER_KEPT)
        self.add_workshops(mine.event, mine)
        self.fields["needs"] = self.fields.pop("needs")


def speak_of_another(form: WhoForm) -> None:
    """The same boxes, for whoever writes for somebody else."""
    name = form.fields["name"]
    name.label = "Son nom"
    name.error_messages["required"] = "Écrivez son nom: il sera à l’accueil."
    name.widget.attrs["autocomplete"] = "off"
    form.fields["organisation"].label = "Son organisme ou sa communauté"
    form.fields["needs"].label = "Ce qu’il lui faut pour bien participer"


class ChangeForAnotherForm(ChangeForm):
    """The organiser changes what somebody said, on her behalf."""

    def __init__(self, theirs: Registration, *args: Any, **options: Any) -> None:
        super().__init__(theirs, *args, **options)
        speak_of_another(self)


class ByHandForm(WhoForm):
    """The organiser enters somebody who telephoned."""

    email = forms.EmailField(
        label="Son courriel",
        required=False,
        help_text="Sans courriel, rien ne lui est écrit: dites-lui de vive voix.",
        error_messages={"invalid": "Écrivez un courriel comme prenom@exemple.org."},
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    field_order = ("name", "email", "organisation")

    def __init__(self, event: EventPage, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        speak_of_another(self)
        self.fields["needs"].widget.attrs.update(NEVER_KEPT)
        self.add_workshops(event)
        self.fields["needs"] = self.fields.pop("needs")


def _workshop_field(workshops: list[Workshop], full: set[str]) -> forms.ChoiceField:
    period = workshops[0].period
    names = ", ".join(f"« {one.title} »" for one in workshops if one.key in full)
    return forms.ChoiceField(
        label=f"Atelier{NBSP}: {period.lower()}" if period else "Atelier",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            *((one.key, one.title) for one in workshops if one.key not in full),
            (NO_WORKSHOP, "Aucun"),
        ],
        help_text=f"Complet: {names}." if names else "",
        error_messages={
            "invalid_choice": "Cet atelier vient de se remplir: choisissez-en un autre."
        },
    )
