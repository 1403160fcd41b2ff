"""A file of places (CSV, XLSX or GeoJSON) read into records. The database is not asked here."""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.errors import DomainError
from core.imports import ImportRefusedError, missing_columns
from core.tabular import MAX_ROWS, Line, Table, fold, parse_whole, read_table
from reference.domain.imports.mapping import Area, PlaceMapping, mapping_for
from reference.enums import CodeScheme

GEOMETRIES = {"Point": 0, "LineString": 1, "Polygon": 2, "MultiPolygon": 3}
"""Accepted outlines, with how deep their positions lie."""
RING_POSITIONS = 4
MOST_POSITIONS = 20_000
"""Drawn on a page, an outline of more would weigh more than the page."""
LONGITUDE_LIMIT, LATITUDE_LIMIT = 180, 90
YEARS = range(1600, 2200)
Code = tuple[str, str]


@dataclass(frozen=True)
class Population:
    year: int
    basis: str
    count: int
    source: str


@dataclass(frozen=True)
class PlaceRecord:
    """One line of a file. An empty field says nothing: it never erases what is known."""

    where: str
    key: Code
    name: str = ""
    kind: str = ""
    designation: str = ""
    slug: str = ""
    source: str = ""
    parent: Code | None = None
    other_codes: tuple[Code, ...] = ()
    valid_from: datetime.date | None = None
    populations: tuple[Population, ...] = ()
    geometry: dict[str, Any] | None = None


def read_places(
    content: bytes, mapping: PlaceMapping | None = None
) -> tuple[list[PlaceRecord], PlaceMapping]:
    """The records of a file, and the mapping that read it (a shipped one when none is given)."""
    table, outlines = _table_and_outlines(content)
    mapping = mapping or mapping_for(table.headings)
    if problems := missing_columns(table, mapping.headings):
        raise ImportRefusedError(problems)
    records, problems = [], []
    word = "Entité" if outlines else "Ligne"
    for line in table.lines:
        if mapping.only_column and table.value(line, mapping.only_column) not in (
            mapping.only_values
        ):
            continue
        where = f"{word} {line.number}"
        try:
            outline = _geometry(outlines[line.number], mapping.area) if outlines else None
            records.append(_record(table, line, mapping, where, outline))
        except DomainError as error:
            problems.append(f"{where}: {error}")
    problems += _repeated(records, mapping)
    if problems:
        raise ImportRefusedError(problems)
    if not records:
        raise DomainError("Aucune ligne de ce fichier ne concerne la région.")
    return records, mapping


def code_from(text: str) -> Code:
    """« mrc:350 », the way our own files write a code."""
    scheme, _, code = text.partition(":")
    if scheme not in CodeScheme.values or not code:
        schemes = ", ".join(CodeScheme.values)
        raise DomainError(
            f"code ambigu « {text} »: écrivez la nomenclature devant, comme « mrc:350 »"
            f" ({schemes})."
        )
    return scheme, code


def _record(
    table: Table, line: Line, mapping: PlaceMapping, where: str, outline: dict[str, Any] | None
) -> PlaceRecord:
    def text(field: str) -> str:
        return table.value(line, mapping.columns[field]) if field in mapping.columns else ""

    designation = text("designation")
    return PlaceRecord(
        where=where,
        key=_key(table, line, mapping),
        name=text("name") or _name(table, line, mapping),
        kind=_kind(text("kind"), mapping) or mapping.constant_kind,
        designation=mapping.designations.get(designation, designation),
        slug=text("slug"),
        source=text("source"),
        parent=_parent(text("parent"), mapping),
        other_codes=tuple(code_from(code) for code in text("other_codes").split()),
        valid_from=_date(text("valid_from")),
        populations=_populations(table, line, mapping),
        geometry=outline,
    )


def _key(table: Table, line: Line, mapping: PlaceMapping) -> Code:
    code = table.value(line, mapping.code_column)
    if not code:
        raise DomainError("il manque le code.")
    scheme = mapping.scheme or table.value(line, mapping.scheme_column)
    if scheme not in CodeScheme.values:
        schemes = ", ".join(CodeScheme.values)
        raise DomainError(
            f"code ambigu « {code} »: donnez sa nomenclature ({schemes}), car deux nomenclatures"
            " peuvent avoir le même code."
        )
    return scheme, f"{mapping.prefix}{code}".zfill(mapping.width)


def _name(table: Table, line: Line, mapping: PlaceMapping) -> str:
    """Around the code, when the mapping says how."""
    template = mapping.name_template
    return template.format(table.value(line, mapping.code_column)) if template else ""


def _kind(text: str, mapping: PlaceMapping) -> str:
    if not text:
        return ""
    kind = mapping.kinds.get(fold(text))
    if kind is None:
        raise DomainError(f"genre de lieu inconnu « {text} ».")
    return kind


def _parent(text: str, mapping: PlaceMapping) -> Code | None:
    if not text:
        return None
    if not mapping.parent_pattern:
        return code_from(text)
    found = re.search(mapping.parent_pattern, text)
    if not found:
        raise DomainError(f"territoire illisible « {text} ».")
    return mapping.parent_scheme, found.group(1)


def _date(text: str) -> datetime.date | None:
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise DomainError(f"date illisible « {text} »: écrivez-la AAAA-MM-JJ.") from error


def _populations(table: Table, line: Line, mapping: PlaceMapping) -> tuple[Population, ...]:
    found = []
    for wanted in mapping.populations:
        text = table.value(line, wanted.column)
        if not text:
            continue
        count = parse_whole(text)
        if count < 0:
            raise DomainError(f"une population ne peut pas être négative ({text}).")
        year = wanted.year or parse_whole(table.value(line, wanted.year_column))
        if year not in YEARS:
            raise DomainError(f"année impossible ({year}).")
        found.append(Population(year, wanted.basis, count, wanted.source))
    return tuple(found)


def _repeated(records: list[PlaceRecord], mapping: PlaceMapping) -> list[str]:
    """The same place twice; a file with one line per year may repeat its code, not its year."""
    seen: dict[object, str] = {}
    problems = []
    for record in records:
        years = tuple(population.year for population in record.populations)
        key = (record.key, years) if mapping.several_lines_per_place else record.key
        if key in seen:
            scheme, code = record.key
            problems.append(
                f"{record.where}: le code {scheme} {code} a déjà servi ({seen[key].lower()})."
            )
        seen.setdefault(key, record.where)
    return problems


def _table_and_outlines(content: bytes) -> tuple[Table, dict[int, object]]:
    """A table; a GeoJSON gives one too, its properties being the columns."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_table(content), {}
    features = _features(content)
    headings = tuple(dict.fromkeys(key for feature in features for key in feature["properties"]))
    lines = tuple(
        Line(number, tuple(_cell(feature["properties"].get(key)) for key in headings))
        for number, feature in enumerate(features, start=1)
    )
    outlines = {number: feature.get("geometry") for number, feature in enumerate(features, start=1)}
    return Table(headings, lines), outlines


def _features(content: bytes) -> list[dict[str, Any]]:
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise DomainError("Ce GeoJSON ne se lit pas: il est tronqué ou mal encodé.") from error
    features = data.get("features")
    if data.get("type") != "FeatureCollection" or not isinstance(features, list) or not features:
        raise DomainError("Ce fichier JSON n’est pas une collection GeoJSON.")
    if len(features) > MAX_ROWS:
        raise DomainError(f"Plus de {MAX_ROWS} entités: coupez ce fichier en plusieurs.")
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            raise DomainError(f"Entité {number}: elle n’a pas de propriétés.")
    return features


def _refuse_constant(name: str) -> float:
    raise DomainError(f"Ce GeoJSON contient « {name} », qui n’est pas un nombre.")


def _cell(value: object) -> str:
    return "" if value is None else str(value).strip()


def _geometry(value: object, area: Area | None = None) -> dict[str, Any]:
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(value, dict) or kind not in GEOMETRIES:
        raise DomainError(f"contour inconnu; formes acceptées: {', '.join(GEOMETRIES)}.")
    coordinates = value.get("coordinates")
    _check_positions(coordinates, GEOMETRIES[kind])
    positions = list(_positions(coordinates, GEOMETRIES[kind]))
    if len(positions) > MOST_POSITIONS:
        raise DomainError(f"contour de plus de {MOST_POSITIONS} positions: simplifiez-le.")
    if area is not None and not all(area.holds(*position[:2]) for position in positions):
        turned = all(area.holds(*position[1::-1]) for position in positions)
        raise DomainError(
            "ses coordonnées sont inversées: la longitude vient d’abord."
            if turned
            else "ce contour est en dehors du territoire que la correspondance annonce."
        )
    return {"type": kind, "coordinates": coordinates}


def _check_positions(value: object, depth: int) -> None:
    if depth == 0:
        _check_position(value)
        return
    if not isinstance(value, list) or not value:
        raise DomainError("contour vide ou mal formé.")
    for part in value:
        _check_positions(part, depth - 1)
    is_ring = depth == 1 and len(value) > 1
    if is_ring and value[0] == value[-1] and len(value) < RING_POSITIONS:
        raise DomainError("un contour fermé a au moins quatre positions.")


def _positions(value: Any, depth: int) -> Iterator[list[float]]:
    if depth == 0:
        yield value
        return
    for part in value:
        yield from _positions(part, depth - 1)


def _check_position(value: object) -> None:
    numbers = value if isinstance(value, list) else []
    ok = len(numbers) in {2, 3} and all(
        isinstance(x, int | float) and not isinstance(x, bool) and math.isfinite(x) for x in numbers
    )
    if not ok or abs(numbers[0]) > LONGITUDE_LIMIT or abs(numbers[1]) > LATITUDE_LIMIT:
        raise DomainError(
            "une position du contour n’est pas une longitude et une latitude (WGS 84)."
        )
