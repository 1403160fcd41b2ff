"""« On l’a adaptée ici »: where, who, what was changed; and a trap that people do not see."""

from __future__ import annotations

from django import forms

from cms.trapped_form import TrappedForm
from pratiques.domain.adaptations import AdaptationWords
from reference.models import Place

FORM = "adaptation"


class AdaptationForm(TrappedForm):
    code = FORM
    said_as = AdaptationWords

    territory = forms.ModelChoiceField(
        label="Dans quel territoire?",
        queryset=Place.objects.none(),
        empty_label="Choisissez",
        error_messages={
            "required": "Choisissez le territoire où vous l’avez adaptée.",
            "invalid_choice": "Choisissez un territoire de la liste.",
        },
    )
    group = forms.CharField(
        label="Votre groupe ou organisme",
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": "Écrivez le nom de votre groupe: il paraîtra sur la fiche."},
    )
    words = forms.CharField(
        label="Ce que vous avez changé, et ce que ça a donné",
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Quelques phrases. Ne nommez personne.",
        error_messages={"required": "Racontez en quelques mots ce que vous avez changé."},
    )
    email = forms.EmailField(
        label="Votre courriel",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Il ne paraît jamais; effacé après douze mois.",
        error_messages={"invalid": "Écrivez un courriel comme prenom@exemple.org."},
    )
