"""How somebody else's file of places is read: which column is what. Written in TOML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import DomainError
from core.imports import read_mapping
from core.tabular import fold
from reference.enums import CodeScheme, PlaceKind, PopulationBasis

MAPPINGS = Path(__file__).resolve().parents[2] / "mappings"
SHIPPED_ORDER = (
    *("maison", "mamh", "statcan_population", "geo_municipalites", "geo_mrc", "geo_rta"),
    *("geo_lieux_habites", "geo_communes_france"),
)
FIELDS = {
    *("name", "designation", "kind", "parent", "other_codes", "slug", "valid_from", "source"),
}


@dataclass(frozen=True)
class PopulationColumn:
    column: str
    basis: str
    source: str
    year: int | None = None
    year_column: str = ""


@dataclass(frozen=True)
class Area:
    """Where the outlines of a file must lie, in degrees: anywhere else, they are turned round."""

    west: float
    east: float
    south: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True)
class PlaceMapping:
    """`columns` gives our field → their heading. A scheme is fixed, or read from a column."""

    code_column: str
    scheme: str
    scheme_column: str
    width: int
    columns: dict[str, str]
    required: tuple[str, ...]
    only_column: str
    only_values: frozenset[str]
    kinds: dict[str, str]
    designations: dict[str, str]
    parent_scheme: str
    parent_pattern: str
    populations: tuple[PopulationColumn, ...]
    source: str
    prefix: str = ""
    constant_kind: str = ""
    name_template: str = ""
    """« Secteur postal {} », around the code, for a file that names nothing."""
    area: Area | None = None

    @property
    def several_lines_per_place(self) -> bool:
        return any(population.year_column for population in self.populations)

    @property
    def headings(self) -> list[str]:
        """Headings without which the file cannot be read this way."""
        return [*self.required, *([self.only_column] if self.only_column else [])]


def load_mapping(path: Path) -> PlaceMapping:
    """Read a mapping; what it does not say for certain is refused."""
    data = read_mapping(path)
    try:
        return _mapping(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise DomainError(f"Correspondance {path.name}: il manque {error}.") from error
    except ValueError as error:
        raise DomainError(f"Correspondance {path.name}: {error}.") from error


def mapping_for(headings: Iterable[str]) -> PlaceMapping:
    """The shipped mapping whose columns are all there."""
    known = {fold(heading) for heading in headings}
    for name in SHIPPED_ORDER:
        mapping = load_mapping(MAPPINGS / f"{name}.toml")
        if all(fold(heading) in known for heading in mapping.headings):
            return mapping
    raise DomainError(
        "Aucune correspondance fournie ne reconnaît ces colonnes: écrivez-en une et donnez-la"
        f" avec --mapping (modèles: {MAPPINGS})."
    )


def _mapping(data: dict[str, Any]) -> PlaceMapping:
    match, only, parent = data["match"], data.get("only", {}), data.get("parent", {})
    columns, constants = data.get("columns", {}), data.get("constants", {})
    if unknown := sorted(set(columns) - FIELDS):
        raise ValueError(f"champ inconnu: {', '.join(unknown)}")
    scheme = match.get("scheme", "")
    if not scheme and not match.get("scheme_column"):
        raise ValueError("un code seul ne dit rien; donnez match.scheme ou match.scheme_column")
    for value in filter(None, (scheme, parent.get("scheme", ""))):
        CodeScheme(value)
    kinds = {fold(word): PlaceKind(kind).value for word, kind in data.get("kinds", {}).items()}
    source = data.get("source", {}).get("label", "")
    return PlaceMapping(
        code_column=match["column"],
        scheme=scheme,
        scheme_column=match.get("scheme_column", ""),
        width=int(match.get("width", 0)),
        columns=columns,
        required=tuple(data.get("required", {}).get("columns", [match["column"]])),
        only_column=only.get("column", ""),
        only_values=frozenset(only.get("values", [])),
        kinds=kinds,
        designations=data.get("designations", {}),
        parent_scheme=parent.get("scheme", ""),
        parent_pattern=parent.get("pattern", ""),
        populations=tuple(_population(entry, source) for entry in data.get("populations", [])),
        source=source,
        prefix=match.get("prefix", ""),
        constant_kind=PlaceKind(constants["kind"]).value if constants.get("kind") else "",
        name_template=constants.get("name", ""),
        area=Area(**data["area"]) if data.get("area") else None,
    )


def _population(entry: dict[str, Any], source: str) -> PopulationColumn:
    if not entry.get("year") and not entry.get("year_column"):
        raise ValueError("une population a besoin de son année (year ou year_column)")
    return PopulationColumn(
        column=entry["column"],
        basis=PopulationBasis(entry["basis"]).value,
        source=entry.get("source", source),
        year=entry.get("year"),
        year_column=entry.get("year_column", ""),
    )
