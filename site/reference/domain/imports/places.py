"""Places from a file into the database: all or nothing, matched on (scheme, code), never a name."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from core.errors import DomainError
from core.imports import ImportRefusedError, Outcome
from reference.domain.imports.mapping import PlaceMapping, load_mapping
from reference.domain.imports.outlines import load_outlines
from reference.domain.imports.place_records import Code, PlaceRecord, read_places
from reference.domain.new_places import tell_places
from reference.enums import PlaceKind, PopulationBasis
from reference.models import Place, PlaceCode, PlacePopulation

SEED = Path(__file__).resolve().parents[2] / "seeds" / "mauricie_places.csv"
UPDATED_FIELDS = ("designation", "valid_from", "geometry")
"""A name is taken at creation only: a council chooses its own, and homonyms are legion."""
PARENTLESS_KINDS = (PlaceKind.REGION, PlaceKind.EXTERNAL)


def load_seed() -> Outcome:
    """The region, its territories and municipalities, as shipped; what exists is left alone."""
    mapping = load_mapping(SEED.parents[1] / "mappings" / "maison.toml")
    outcome = import_places(
        SEED.read_bytes(), file_name=SEED.name, mapping=mapping, create_only=True
    )
    load_outlines()
    return outcome


@transaction.atomic
def import_places(
    content: bytes,
    *,
    file_name: str,
    mapping: PlaceMapping | None = None,
    dry_run: bool = False,
    create_only: bool = False,
) -> Outcome:
    """Create and complete places. One refused line refuses the whole file.

    An empty cell says nothing. The source is kept with what it told. The same file again changes
    nothing; `create_only` leaves existing places as they are.
    """
    records, mapping = read_places(content, mapping)
    source = f"{mapping.source} [{file_name}]" if mapping.source else file_name
    register = _Register(source[:300], create_only=create_only)
    problems = []
    for record in records:
        try:
            register.write(record)
        except (DomainError, ValidationError) as error:
            problems.append(f"{record.where}: {_sentence(error)}")
    if problems:
        raise ImportRefusedError(problems)
    if dry_run:
        transaction.set_rollback(True)
    elif not create_only:
        tell_places(Place.objects.filter(pk__in=register.created))
    return register.outcome()


def headline_population(rows: list[PlacePopulation]) -> PlacePopulation | None:
    """The figure shown with a name: the latest census, else the latest decree."""
    census = [row for row in rows if row.basis == PopulationBasis.CENSUS]
    return max(census or rows, key=lambda row: row.year, default=None)


class _Register:
    """Known places by code while a file is being read, and what became of each."""

    def __init__(self, source: str, *, create_only: bool) -> None:
        self.source = source
        self.create_only = create_only
        codes = PlaceCode.objects.select_related("place").prefetch_related("place__populations")
        self.by_code: dict[Code, Place] = {(code.scheme, code.code): code.place for code in codes}
        self.populations = {
            code.place_id: {(row.year, row.basis): row for row in code.place.populations.all()}
            for code in codes
        }
        self.slugs = set(Place.objects.values_list("slug", flat=True))
        self.fate: dict[int, str] = {}

    def write(self, record: PlaceRecord) -> None:
        place = self.by_code.get(record.key)
        if place is None:
            self._create(record)
        elif self.create_only or not self._update(place, record):
            self.fate.setdefault(place.pk, "same")
        elif self.fate.get(place.pk) != "created":
            self.fate[place.pk] = "updated"

    @property
    def created(self) -> list[int]:
        return [place for place, fate in self.fate.items() if fate == "created"]

    def outcome(self) -> Outcome:
        fates = list(self.fate.values())
        return Outcome(fates.count("created"), fates.count("updated"), fates.count("same"))

    def _create(self, record: PlaceRecord) -> None:
        scheme, code = record.key
        if not record.name or not record.kind:
            raise DomainError(
                f"lieu inconnu ({scheme} {code}), et la ligne ne donne ni nom ni genre pour le"
                " créer."
            )
        parent = self._parent(record)
        if parent is None and record.kind not in PARENTLESS_KINDS:
            raise DomainError(f"« {record.name} » est nouveau: dites dans quel territoire il est.")
        place = Place(
            kind=record.kind,
            name=record.name,
            slug=self._free_slug(record),
            designation=record.designation,
            parent=parent,
            source=(record.source or self.source)[:300],
            valid_from=record.valid_from,
            geometry=record.geometry,
            geometry_source=self.source if record.geometry else "",
        )
        place.full_clean()
        place.save()
        self.slugs.add(place.slug)
        self.populations[place.pk] = {}
        for known in (record.key, *record.other_codes):
            self._add_code(place, known)
        self._write_populations(place, record)
        self.fate[place.pk] = "created"

    def _update(self, place: Place, record: PlaceRecord) -> bool:
        changes = {
            name: value
            for name in UPDATED_FIELDS
            if (value := getattr(record, name)) and value != getattr(place, name)
        }
        parent = self._parent(record)
        if parent is not None and parent.pk != place.parent_id:
            changes["parent"] = parent
        if changes:
            changes["geometry_source" if set(changes) == {"geometry"} else "source"] = self.source
            for name, value in changes.items():
                setattr(place, name, value)
            place.full_clean()
            place.save()
        new_codes = [code for code in record.other_codes if self.by_code.get(code) != place]
        for known in new_codes:
            self._add_code(place, known)
        return self._write_populations(place, record) or bool(changes) or bool(new_codes)

    def _parent(self, record: PlaceRecord) -> Place | None:
        if record.parent is None:
            return None
        parent = self.by_code.get(record.parent)
        if parent is None:
            scheme, code = record.parent
            raise DomainError(
                f"territoire inconnu ({scheme} {code}): chargez d’abord la région (load_reference)."
            )
        return parent

    def _add_code(self, place: Place, known: Code) -> None:
        scheme, code = known
        owner = self.by_code.get(known)
        if owner is not None:
            raise DomainError(f"le code {scheme} {code} est déjà celui de « {owner} ».")
        row = PlaceCode(place=place, scheme=scheme, code=code)
        row.full_clean()
        row.save()
        self.by_code[known] = place

    def _write_populations(self, place: Place, record: PlaceRecord) -> bool:
        known = self.populations[place.pk]
        changed = False
        for told in record.populations:
            row = known.get((told.year, told.basis))
            if row is not None and row.count == told.count:
                continue
            row = row or PlacePopulation(place=place, year=told.year, basis=told.basis)
            row.count, row.source = told.count, (told.source or self.source)[:300]
            row.save()
            known[told.year, told.basis] = row
            changed = True
        headline = headline_population(list(known.values()))
        if changed and headline:
            place.population, place.population_year = headline.count, headline.year
            place.save(update_fields=["population", "population_year"])
        return changed

    def _free_slug(self, record: PlaceRecord) -> str:
        slug = record.slug or Place.slug_for(record.name)
        return slug if slug not in self.slugs else Place.slug_for(record.name, record.key[1])


def _sentence(error: DomainError | ValidationError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
