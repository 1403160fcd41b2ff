"""The form that takes a spreadsheet, and the sheets carried from preview to confirmation."""

from __future__ import annotations

from django import forms
from django.core import signing

from appreciation.domain.imports.ratings import ReadSheets
from appreciation.domain.paper import Sheet
from appreciation.models import Meeting
from core.errors import DomainError

SALT = "ratings-import"
PREVIEW_SECONDS = 3600
STALE = "L’aperçu a plus d’une heure, ou il n’est pas de cette rencontre. Renvoyez le fichier."


class RatingsUploadForm(forms.Form):
    file = forms.FileField(
        label="Votre tableur",
        allow_empty_file=True,
        help_text="Un fichier .xlsx ou .csv fait à partir du gabarit, 5 Mo au plus.",
    )
    mapping = forms.FileField(
        label="Correspondance des colonnes (facultatif)",
        required=False,
        help_text="Seulement si votre tableur a d’autres titres que le gabarit: un fichier .toml.",
    )
    round_number = forms.TypedChoiceField(label="Pour quel tour?", coerce=int)

    def __init__(self, *args, rounds: list[tuple[int, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round_number"].choices = rounds


def carry(meeting: Meeting, read: ReadSheets, provenance: str, round_number: int) -> str:
    """The sheets of a preview, signed for this meeting, so that the file is sent once."""
    return signing.dumps(
        {
            "meeting": meeting.pk,
            "provenance": provenance,
            "round": round_number,
            "missing": read.missing,
            "sheets": [
                [
                    sheet.number,
                    sheet.sector_id,
                    list(sheet.answers.items()),
                    read.lines[sheet.number],
                ]
                for sheet in read.sheets
            ],
        },
        salt=SALT,
        compress=True,
    )


def uncarry(meeting: Meeting, text: str) -> tuple[ReadSheets, str, int]:
    """What `carry` wrote. DomainError if it is too old, changed, or of another meeting."""
    try:
        content = signing.loads(text, salt=SALT, max_age=PREVIEW_SECONDS)
    except signing.BadSignature as error:
        raise DomainError(STALE) from error
    if content["meeting"] != meeting.pk:
        raise DomainError(STALE)
    sheets = tuple(
        Sheet(number=number, sector_id=sector_id, answers=dict(answers))
        for number, sector_id, answers, _ in content["sheets"]
    )
    lines = {number: line for number, _, _, line in content["sheets"]}
    return (
        ReadSheets(sheets, lines, tuple(content["missing"])),
        content["provenance"],
        content["round"],
    )
