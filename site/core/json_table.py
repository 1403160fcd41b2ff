"""A JSON list of objects read as a table: one line each, one column per key."""

from __future__ import annotations

import json
from typing import Any

from core.errors import DomainError
from core.tabular import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Line, Table, read_table

SPACES = b"\xef\xbb\xbf \t\r\n"


def read_any_table(content: bytes) -> Table:
    """CSV, XLSX or JSON: the content decides. Lines of a JSON count its objects, from 1."""
    if content.lstrip(SPACES)[:1] in (b"[", b"{"):
        return read_json_table(content)
    return read_table(content)


def read_json_table(content: bytes) -> Table:
    """The objects of a list, or of the only list that an object holds.

    A list of texts becomes one cell, a line each; what is deeper stays JSON.
    """
    if len(content) > MAX_BYTES:
        raise DomainError("Ce fichier dépasse 5 Mo: coupez-le en plusieurs.")
    objects = _objects(_loaded(content))
    headings = tuple(dict.fromkeys(key for each in objects for key in each))
    if len(headings) > MAX_COLUMNS:
        raise DomainError(f"Plus de {MAX_COLUMNS} colonnes: gardez celles qui servent.")
    return Table(
        headings,
        tuple(
            Line(number, tuple(_cell(each.get(heading)) for heading in headings))
            for number, each in enumerate(objects, start=1)
        ),
    )


def _loaded(content: bytes) -> Any:
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise DomainError("Ce JSON est mal encodé: enregistrez-le en UTF-8.") from error
    except json.JSONDecodeError as error:
        raise DomainError(
            f"Ce JSON ne se lit pas à partir de la ligne {error.lineno}: il est coupé ou abîmé."
        ) from error
    except (RecursionError, ValueError) as error:
        raise DomainError("Ce JSON ne se lit pas: il est trop profond ou abîmé.") from error
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise DomainError(
            "Ce JSON contient la moitié d’un signe: enregistrez-le en UTF-8."
        ) from error
    return data


def _objects(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        lists = [value for value in data.values() if isinstance(value, list)]
        data = lists[0] if len(lists) == 1 else data
    if not isinstance(data, list) or not data:
        raise DomainError("Ce JSON n’est pas une liste de fiches.")
    if len(data) > MAX_ROWS:
        raise DomainError(f"Plus de {MAX_ROWS} fiches: coupez ce fichier en plusieurs.")
    for number, each in enumerate(data, start=1):
        if not isinstance(each, dict):
            raise DomainError(f"Fiche {number}: ce n’est pas un objet JSON.")
    return data


def _refuse_constant(name: str) -> float:
    raise DomainError(f"Ce JSON contient « {name} », qui n’est pas un nombre.")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list) and all(isinstance(each, str | int | float) for each in value):
        return "\n".join(_cell(each) for each in value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value).strip()
