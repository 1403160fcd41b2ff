"""« Proposer une pratique »: three questions, a photo, and traps that people do not see."""

from __future__ import annotations

from typing import Any

from django import forms

from cms.trapped_form import TrappedForm
from core.errors import DomainError
from pratiques.domain.proposals import ProposalWords, clean_proposed_photo
from reference.models import Place

FORM = "proposal"
CHOOSE_AGAIN = (
    "Choisissez de nouveau votre photo: un navigateur ne la garde pas. Vos mots, eux, sont restés."
)


class ProposalForm(TrappedForm):
    code = FORM
    said_as = ProposalWords

    story = forms.CharField(
        label="Qu’est-ce qui a été fait, et où?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Quelques phrases, comme vous le raconteriez au téléphone.",
        error_messages={"required": "Racontez en quelques mots ce qui a été fait, et où."},
    )
    territory = forms.ModelChoiceField(
        label="Dans quel territoire?",
        required=False,
        queryset=Place.objects.none(),
        empty_label="Je ne sais pas, ou plusieurs",
        error_messages={"invalid_choice": "Choisissez un territoire de la liste."},
    )
    outcome = forms.CharField(
        label="Qu’est-ce que ça a donné?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ce qui a changé, même petit; ce qui n’a pas marché aide aussi.",
        error_messages={"required": "Dites en quelques mots ce que ça a donné."},
    )
    holder = forms.CharField(
        label="Qui appeler? Le nom de l’organisme",
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": "Écrivez le nom de l’organisme ou du groupe."},
    )
    contact = forms.CharField(
        label="Son téléphone ou son courriel",
        max_length=160,
        help_text="De l’organisme, pas d’une personne: c’est ce qui paraîtra sur la fiche.",
        error_messages={"required": "Écrivez un téléphone ou un courriel de l’organisme."},
    )
    photo = forms.FileField(
        label="Une photo",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="JPEG, PNG ou WebP. Le lieu et l’appareil en sont effacés. "
        "Les gens que l’on reconnaît doivent être d’accord.",
        error_messages={"empty": "Ce fichier est vide: choisissez-en un autre."},
    )
    photo_words = forms.CharField(label="Ce qu’on y voit", required=False, max_length=250)
    email = forms.EmailField(
        label="Votre courriel",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Pour confirmer et vous répondre. Il ne paraît jamais.",
        error_messages={
            "required": "Écrivez votre courriel: un lien à ouvrir y sera envoyé.",
            "invalid": "Écrivez un courriel comme prenom@exemple.org.",
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cleaned_photo: bytes | None = None

    def clean_photo(self) -> None:
        """Read now: a photo that cannot be kept is said beside its box, the words staying."""
        upload = self.cleaned_data["photo"]
        if upload:
            try:
                self.cleaned_photo = clean_proposed_photo(upload)
            except DomainError as refusal:
                raise forms.ValidationError(str(refusal)) from refusal

    def ask_photo_again(self) -> None:
        """No browser fills a file box again: say so rather than lose the photo in silence."""
        if self.cleaned_photo and "photo" not in self.errors:
            self.add_error("photo", CHOOSE_AGAIN)
