"""The register as CSV, JSON and XLSX, with the dictionary of its fields (O5)."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone

from appreciation.domain.editions import Entry
from appreciation.enums import Phase, PublicationLevel
from appreciation.models import Publication
from core.csv_export import NUMBER, csv_lines, csv_response

FORMATS = ("csv", "json", "xlsx")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """`key` is the name in JSON, `heading` the one in spreadsheets."""

    key: str
    heading: str
    meaning: str


COLUMNS = (
    Column("slug", "adresse", "Fin de l’adresse de la page: /demarches/<adresse>/"),
    Column("place", "communauté", "Nom de la communauté, tel qu’il était à la publication"),
    Column("territory", "territoire", "Territoire de développement social"),
    Column("year", "année", "Année de la rencontre"),
    Column("title", "titre", "Titre de la démarche, s’il y en a un"),
    Column("summary", "résumé", "Ce que la communauté en dit, en quelques phrases"),
    Column("phase", "phase", "Phase où en était la démarche à la publication"),
    Column("meeting_on", "date de la rencontre", "Année, mois, jour; vide si inconnue"),
    Column("people", "personnes", "Personnes présentes à la rencontre; vide si inconnu"),
    Column("instrument", "instrument", "Grille utilisée; vide pour une démarche historique"),
    Column("level", "niveau de publication", "sommaire public ou complet public"),
    Column("adopted_by", "adopté par", "Qui a adopté le rapport avant sa publication"),
    Column("adopted_on", "adopté le", "Année, mois, jour"),
    Column("published_on", "publié le", "Année, mois, jour de cette édition"),
    Column("edition", "édition", "Une nouvelle édition remplace la précédente"),
    Column("is_historical", "historique", "oui: entrée après coup, non comparable aux autres"),
    Column("fingerprint", "empreinte", "SHA-256 du contenu publié"),
)


def is_export_format(name: str) -> bool:
    return name in FORMATS


def register_rows(editions: Iterable[Publication]) -> list[dict[str, Any]]:
    """One dictionary per published entry, keys as in `COLUMNS`."""
    return [_row(edition) for edition in editions]


def codebook_rows() -> list[tuple[str, str, str]]:
    return [(column.heading, column.key, column.meaning) for column in COLUMNS]


def register_csv(rows: list[dict[str, Any]]) -> str:
    return "".join(csv_lines(_table(rows)))


def register_json(rows: list[dict[str, Any]]) -> str:
    document = {
        "champs": {column.key: column.meaning for column in COLUMNS},
        "demarches": rows,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def register_xlsx(rows: list[dict[str, Any]]) -> bytes:
    """Two sheets: the entries and the dictionary. Every text is typed as text, never a formula."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    for title, table in (
        ("Démarches", _table(rows)),
        ("Dictionnaire", [("colonne", "clé", "ce que c’est"), *codebook_rows()]),
    ):
        sheet = workbook.create_sheet(title)
        for line in table:
            sheet.append([_cell(sheet, value) for value in line])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def export_response(editions: Iterable[Publication], format_name: str) -> HttpResponseBase:
    rows = register_rows(editions)
    if format_name == "csv":
        return csv_response("registre-demarches.csv", _table(rows))
    if format_name == "json":
        return HttpResponse(
            register_json(rows),
            content_type="application/json; charset=utf-8",
            headers=_named("json"),
        )
    return HttpResponse(register_xlsx(rows), content_type=XLSX_TYPE, headers=_named("xlsx"))


def register_file(editions: Iterable[Publication], format_name: str) -> bytes:
    """The whole export as one file's content."""
    rows = register_rows(editions)
    if format_name == "xlsx":
        return register_xlsx(rows)
    return (register_csv(rows) if format_name == "csv" else register_json(rows)).encode()


def codebook_response() -> HttpResponseBase:
    return csv_response(
        "registre-dictionnaire.csv", [("colonne", "clé", "ce que c’est"), *codebook_rows()]
    )


def _named(extension: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="registre-demarches.{extension}"'}


def _row(edition: Publication) -> dict[str, Any]:
    entry = Entry.from_json(edition.entry)
    return {
        "slug": edition.slug,
        "place": entry.place,
        "territory": entry.territory,
        "year": entry.year,
        "title": entry.subtitle,
        "summary": entry.summary,
        "phase": Phase(entry.phase).label,
        "meeting_on": entry.meeting_on,
        "people": entry.people,
        "instrument": entry.instrument,
        "level": PublicationLevel(edition.level).label,
        "adopted_by": entry.adopted_by,
        "adopted_on": entry.adopted_on,
        "published_on": timezone.localdate(edition.published_at).isoformat(),
        "edition": edition.number,
        "is_historical": entry.is_historical,
        "fingerprint": edition.fingerprint,
    }


def _table(rows: list[dict[str, Any]]) -> list[list[Any]]:
    keys = [column.key for column in COLUMNS]
    return [[column.heading for column in COLUMNS], *([row[key] for key in keys] for row in rows)]


def _cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, bool):
        return "oui" if value else "non"
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(
        sheet, value="".join(sign for sign in value if sign >= " " or sign in "\n\t")
    )
    if value.startswith("=") and not NUMBER.fullmatch(value):
        cell.data_type = "s"
    return cell
