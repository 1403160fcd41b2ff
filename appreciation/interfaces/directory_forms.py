"""Forms of the directory: one's own entry, and the filter of the list."""

from __future__ import annotations

from django import forms

from core.phones import check_phone
from reference.models import Place


class DirectoryEntryForm(forms.Form):
    organisation = forms.CharField(
        label="Votre organisme",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": "Écrivez le nom de votre organisme."},
    )
    territory = forms.ModelChoiceField(
        label="Votre territoire",
        required=False,
        queryset=Place.objects.none(),
        empty_label="Toute la région",
        error_messages={"invalid_choice": "Choisissez un territoire de la liste."},
    )
    helps_with = forms.CharField(
        label="Ce que vous pouvez apporter, en une ligne",
        max_length=200,
        help_text="Par exemple: inviter les jeunes, animer une salle divisée.",
        error_messages={"required": "Écrivez une ligne: sur quoi vous appelle-t-on?"},
    )
    shows_email = forms.BooleanField(label="Montrer mon courriel", required=False, initial=True)
    phone = forms.CharField(
        label="Votre téléphone",
        required=False,
        max_length=40,
        validators=[check_phone],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        help_text="Courriel ou téléphone: un des deux suffit.",
    )
    agrees_to_be_called = forms.BooleanField(
        label="J’accepte d’être appelée ou appelé par quelqu’un qui vit ce que j’ai vécu",
        required=False,
        help_text="Le jumelage vous propose alors à qui mène une démarche dans une communauté "
        "semblable à celles que vous avez accompagnées. Une communauté dont rien n’est public n’y "
        "est jamais nommée.",
    )

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["territory"].queryset = Place.objects.territories().filter(valid_to=None)


class DirectoryFilterForm(forms.Form):
    is_filter = True

    territoire = forms.ModelChoiceField(
        label="Territoire", required=False, queryset=Place.objects.none(), empty_label="Tous"
    )

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["territoire"].queryset = Place.objects.territories().filter(valid_to=None)
