"""Types and quintiles from a file: kept as their author gives them, with scheme and version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.errors import DomainError
from core.imports import (
    ImportRefusedError,
    Outcome,
    missing_columns,
    parse_mapping,
    refusing_mapping,
)
from core.tabular import read_table
from reference.domain.imports.indicator_mapping import PlaceRule, SourceFacts, place_rule
from reference.domain.indicators import ensure_source
from reference.models import (
    Place,
    PlaceCode,
    TypeAssignment,
    Typology,
    TypologyType,
)


@dataclass(frozen=True)
class TypologyMapping:
    """`types` gives each code of the file its label; a code that is not there is refused."""

    source: SourceFacts
    place: PlaceRule
    scheme: str
    version: str
    name: str
    description: str
    column: str
    types: Mapping[str, str]


def is_typology(content: bytes, *, name: str) -> bool:
    return "typology" in parse_mapping(content, name=name)


def load_typology_mapping(content: bytes, *, name: str) -> TypologyMapping:
    """Read a mapping; what it does not say for certain is refused."""
    data = parse_mapping(content, name=name)
    with refusing_mapping(name):
        return _mapping(data)


def _mapping(data: dict[str, Any]) -> TypologyMapping:
    facts = data["typology"]
    return TypologyMapping(
        source=SourceFacts(**data["source"]),
        place=place_rule(data["place"]),
        scheme=facts["scheme"],
        version=str(facts["version"]),
        name=facts["name"],
        description=facts.get("description", ""),
        column=facts["column"],
        types={str(code): label for code, label in data["types"].items()},
    )


@transaction.atomic
def import_typology(
    content: bytes, *, file_name: str, mapping: TypologyMapping, dry_run: bool = False
) -> Outcome:
    """Give each place its type. All or nothing; the same file again changes nothing.

    A type that changes is hidden again: the community agreed to show the former.
    """
    table = read_table(content)
    if problems := missing_columns(table, [mapping.place.column, mapping.column]):
        raise ImportRefusedError(problems)
    typology = _typology(mapping)
    types = _types(typology, mapping)
    codes = PlaceCode.objects.filter(scheme=mapping.place.scheme).select_related("place")
    places = {row.code: row.place for row in codes}
    known = {row.place_id: row for row in typology.assignments.all()}
    seen: dict[int, int] = {}
    fates: list[str] = []
    for line in table.lines:
        try:
            place = _place(table.value(line, mapping.place.column), mapping.place, places)
            kind = _type(table.value(line, mapping.column), types)
            _check_once(seen, place, line.number)
            fates.append(_give(place, typology, kind, known.get(place.pk), file_name))
        except DomainError as error:
            problems.append(f"Ligne {line.number}: {error}")
    if problems:
        raise ImportRefusedError(problems)
    if dry_run:
        transaction.set_rollback(True)
    return Outcome(fates.count("created"), fates.count("updated"), fates.count("same"))


def _place(text: str, rule: PlaceRule, places: Mapping[str, Place]) -> Place:
    code = f"{rule.prefix}{text}".zfill(rule.width)
    if not text:
        raise DomainError("il manque le code du lieu.")
    if code not in places:
        raise DomainError(f"code de lieu inconnu ({rule.scheme} {code}).")
    return places[code]


def _type(text: str, types: Mapping[str, TypologyType]) -> TypologyType:
    if text not in types:
        raise DomainError(f"type inconnu « {text} »: la correspondance ne le nomme pas.")
    return types[text]


def _check_once(seen: dict[int, int], place: Place, line: int) -> None:
    if place.pk in seen:
        raise DomainError(f"« {place} » a déjà son type (ligne {seen[place.pk]}).")
    seen[place.pk] = line


def _typology(mapping: TypologyMapping) -> Typology:
    typology, _made = Typology.objects.get_or_create(
        scheme=mapping.scheme,
        version=mapping.version,
        defaults={
            "name": mapping.name,
            "description": mapping.description,
            "source": ensure_source(mapping.source),
        },
    )
    return typology


def _types(typology: Typology, mapping: TypologyMapping) -> dict[str, TypologyType]:
    known = {row.code: row for row in typology.types.all()}
    for position, (code, label) in enumerate(mapping.types.items(), start=1):
        if code not in known:
            known[code] = typology.types.create(code=code, label=label, position=position)
    return known


def _give(
    place: Place,
    typology: Typology,
    kind: TypologyType,
    row: TypeAssignment | None,
    file_name: str,
) -> str:
    if row is not None and row.type_id == kind.pk:
        return "same"
    fate = "updated" if row else "created"
    row = row or TypeAssignment(place=place, typology=typology)
    row.type, row.file_name, row.community_agreed_on = kind, file_name[-150:], None
    row.save()
    return fate
