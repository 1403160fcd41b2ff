"""A file to import, and how to read it."""

from __future__ import annotations

from typing import Any

from django import forms

from cms.imports.kinds import ImportKind
from core.errors import DomainError
from core.imports import read_limited
from core.typography import fr_typo

RECOGNISED, OWN = "", "own"


class ImportForm(forms.Form):
    file = forms.FileField(label="Fichier")
    reading = forms.ChoiceField(
        label="Correspondance des colonnes",
        required=False,
        help_text="D’ordinaire, le fichier est reconnu à ses titres.",
    )
    mapping = forms.FileField(
        label="Votre correspondance",
        required=False,
        help_text="Un fichier .toml, si celui-ci n’est pas dans la liste.",
    )

    def __init__(self, kind: ImportKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["file"].help_text = fr_typo(kind.words.file_help)
        shipped = sorted(path.stem for path in kind.mappings.glob("*.toml"))
        reading: Any = self.fields["reading"]
        reading.choices = [
            (RECOGNISED, "reconnaître le fichier"),
            *((name, kind.mapping_names.get(name, name)) for name in shipped),
            (OWN, "ma correspondance, ci-dessous"),
        ]

    def clean_file(self) -> bytes:
        return _bytes_of(self.cleaned_data["file"])

    def clean_mapping(self) -> bytes:
        given = self.cleaned_data["mapping"]
        return _bytes_of(given) if given else b""

    def clean(self) -> dict[str, Any]:
        """`mapping` becomes the text of the mapping that was chosen; empty when none was."""
        cleaned = super().clean() or {}
        reading = cleaned.get("reading", RECOGNISED)
        if reading == OWN and not cleaned.get("mapping") and "mapping" not in self.errors:
            self.add_error("mapping", "Choisissez le fichier de votre correspondance.")
        elif reading not in (RECOGNISED, OWN):
            cleaned["mapping"] = (self.kind.mappings / f"{reading}.toml").read_bytes()
        return cleaned


def _bytes_of(given: Any) -> bytes:
    try:
        return read_limited(given)
    except DomainError as refusal:
        raise forms.ValidationError(fr_typo(str(refusal))) from refusal
