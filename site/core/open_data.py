"""Open data: one table as CSV, JSON and XLSX, with the dictionary of its fields (O5).

    TABLE = OpenTable("registre-demarches", "Démarches", "demarches", (Field("place", …), …))
    open_data_response(TABLE, rows, "csv", source=address)

A row is a dictionary whose keys are those of the fields. A list is a list in JSON, and one cell in
spreadsheets. CSV and JSON leave row by row; a workbook is whole before its first byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from core.csv_export import csv_lines, csv_response
from core.workbook import Column, Sheet, write_workbook

CODEBOOK = "dictionnaire"
LICENCE, LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.fr"
JSON_TYPE = "application/json; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv; charset=utf-8", "json": JSON_TYPE, "xlsx": XLSX_TYPE}
FORMATS = tuple(TYPES)
NAMES = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))
BETWEEN = " | "
"""Stands between the values of a list, in a cell."""
DICTIONARY_HEADINGS = ("colonne", "clé", "ce que c’est")
DEMO = "DÉMONSTRATION: des données inventées."

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """`key` is the name in JSON, `heading` the one in spreadsheets; `width` in signs."""

    key: str
    heading: str
    meaning: str
    width: int = 16


@dataclass(frozen=True)
class OpenTable:
    """`name` names its files, `title` its sheet in a workbook, `key` its list in JSON."""

    name: str
    title: str
    key: str
    fields: tuple[Field, ...]

    def codebook(self) -> list[tuple[str, str, str]]:
        return [(field.heading, field.key, field.meaning) for field in self.fields]


def exports_of(list_address: str) -> list[tuple[str, str]]:
    """What a list can be taken along as, and where: all its pages at once, in its order."""
    start = f"{list_address}{'&' if '?' in list_address else '?'}format="
    return [(name, f"{start}{code}") for name, code in NAMES]


def is_export_format(name: str) -> bool:
    return name in FORMATS


def open_data_response(
    table: OpenTable, rows: Iterable[Row], format_name: str, *, source: str, is_demo: bool = False
) -> HttpResponseBase:
    """A download of the whole table. `source`: the address where it is found anew."""
    if format_name == "csv":
        return csv_response(f"{table.name}.csv", _cells(table, rows))
    headers = {"Content-Disposition": f'attachment; filename="{table.name}.{format_name}"'}
    if format_name == "json":
        lines = _json_lines(table, rows, source=source, is_demo=is_demo)
        encoded = (line.encode() for line in lines)
        return StreamingHttpResponse(encoded, content_type=JSON_TYPE, headers=headers)
    content = _workbook(table, rows, is_demo=is_demo)
    return HttpResponse(content, content_type=XLSX_TYPE, headers=headers)


def open_data_file(
    table: OpenTable, rows: Iterable[Row], format_name: str, *, source: str, is_demo: bool = False
) -> bytes:
    """The whole table as one file's content."""
    if format_name == "xlsx":
        return _workbook(table, rows, is_demo=is_demo)
    if format_name == "csv":
        return "".join(csv_lines(_cells(table, rows))).encode()
    return "".join(_json_lines(table, rows, source=source, is_demo=is_demo)).encode()


def codebook_response(table: OpenTable, filename: str) -> HttpResponseBase:
    return csv_response(filename, [DICTIONARY_HEADINGS, *table.codebook()])


def _cells(table: OpenTable, rows: Iterable[Row]) -> Iterator[list[Any]]:
    yield [field.heading for field in table.fields]
    yield from _values(table, rows)


def _values(table: OpenTable, rows: Iterable[Row]) -> Iterator[list[Any]]:
    for row in rows:
        yield [_cell(row[field.key]) for field in table.fields]


def _cell(value: Any) -> Any:
    return BETWEEN.join(value) if isinstance(value, list | tuple) else value


def _json_lines(
    table: OpenTable, rows: Iterable[Row], *, source: str, is_demo: bool
) -> Iterator[str]:
    """What the file is, then one row on each line."""
    head = {
        "titre": table.title,
        **({"avertissement": DEMO} if is_demo else {}),
        "source": source,
        "extrait_le": timezone.localdate().isoformat(),
        "licence": LICENCE,
        "licence_adresse": LICENCE_URL,
        "champs": {field.key: field.meaning for field in table.fields},
    }
    begun = json.dumps(head, ensure_ascii=False, indent=2)
    yield f'{begun.removesuffix("}").rstrip()},\n  "{table.key}": ['
    separator = "\n"
    for row in rows:
        yield separator + json.dumps(dict(row), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _workbook(table: OpenTable, rows: Iterable[Row], *, is_demo: bool) -> bytes:
    about = [
        *table.codebook(),
        ("licence", "", f"{LICENCE}, {LICENCE_URL}"),
    ]
    columns = [Column(field.heading, field.width) for field in table.fields]
    meanings = [Column(name, 26) for name in DICTIONARY_HEADINGS[:2]]
    meanings.append(Column(DICTIONARY_HEADINGS[2], 80))
    return write_workbook(
        [
            Sheet(table.title, columns, _values(table, rows), frozen=1),
            Sheet("Dictionnaire", meanings, about),
        ],
        title=table.title,
        banner=DEMO if is_demo else "",
    )
