"""The admin's form of a tool: phases as boxes to tick, rules said beside the field."""

from __future__ import annotations

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from appreciation.domain.tools import check_address, check_replacement
from appreciation.enums import Phase
from appreciation.interfaces.documents.catalogue import DOCUMENT_TYPES
from core.errors import DomainError

PRIVATE = (
    "Ce document est privé: les visiteurs ne l’ouvriraient pas. "
    "Rendez-le public dans « Documents », ou choisissez-en un autre."
)


class ToolForm(WagtailAdminModelForm):
    phases = forms.MultipleChoiceField(
        label="Étapes",
        choices=Phase.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une étape."},
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        tool = self.instance
        try:
            check_address(tool=tool, slug=cleaned.get("slug", tool.slug))
            check_replacement(tool=tool, replaces=cleaned.get("replaces"))
        except DomainError as refusal:
            for name, words in refusal.fields.items():
                self.add_error(name, words)
        return cleaned


class ToolFormatForm(WagtailAdminModelForm):
    made = forms.ChoiceField(label="Document rempli par le logiciel", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = [(each.code, f"{each.title} ({each.format_words})") for each in DOCUMENT_TYPES]
        now = self.instance.made
        others = [] if not now or now in dict(known) else [(now, now)]
        self.fields["made"].choices = [("", "Aucun"), *known, *others]

    def clean_document(self):
        document = self.cleaned_data["document"]
        if document and document.is_private:
            raise forms.ValidationError(PRIVATE)
        return document
