"""Which of our places a file of figures speaks of: by code alone, its names only warn."""

from __future__ import annotations

from collections import Counter, defaultdict

from core.errors import DomainError
from core.tabular import fold
from reference.domain.imports.indicator_mapping import EXTERNAL, IGNORE, PlaceRule
from reference.domain.imports.indicator_records import FigureRecord
from reference.enums import PlaceKind
from reference.models import Place, PlaceCode

SHOWN = 5


class FigurePlaces:
    """Known places by code while a file is being read, and what there is to know of them."""

    def __init__(self, rule: PlaceRule, records: list[FigureRecord]) -> None:
        self.rule, self.records = rule, records
        codes = PlaceCode.objects.select_related("place")
        self.by_code = {row.code: row.place for row in codes.filter(scheme=rule.scheme)}
        self.named: dict[str, set[int]] = defaultdict(set)
        for place in self.by_code.values():
            self.named[fold(place.name)].add(place.pk)
        self.unknown: Counter[str] = Counter()
        self.made: list[Place] = []
        self.checked: set[tuple[int, str]] = set()
        self.other_names: dict[int, str] = {}

    def refuse_another_region(self) -> None:
        """Not one known code: the file is somebody else's."""
        if self.rule.unknown == EXTERNAL:
            return
        if not any(record.code in self.by_code for record in self.records):
            raise DomainError(
                f"Aucun code de lieu de ce fichier n’est connu ici (nomenclature {self.rule.scheme}"
                "): c’est sans doute le fichier d’une autre région."
            )

    def of(self, record: FigureRecord) -> Place | None:
        """The place of a line; None when the mapping leaves unknown codes out."""
        place = self.by_code.get(record.code)
        if place is not None:
            self._check_name(place, record)
            return place
        if self.rule.unknown == IGNORE:
            self.unknown[record.code] += 1
            return None
        if self.rule.unknown == EXTERNAL:
            return self._make(record)
        raise DomainError(f"code de lieu inconnu ({self.rule.scheme} {record.code}).")

    def remarks(self) -> list[str]:
        said = []
        if self.unknown:
            said.append(f"Lieux inconnus ici, laissés de côté: {len(self.unknown)}.")
        if self.made:
            names = ", ".join(place.name for place in self.made[:SHOWN])
            more = f" et {len(self.made) - SHOWN} autres" if len(self.made) > SHOWN else ""
            said.append(f"Nouveaux lieux hors région: {names}{more}.")
        by_pk = {place.pk: place for place in self.by_code.values()}
        said += [
            f"Le fichier écrit « {name} » pour « {by_pk[pk]} »."
            for pk, name in self.other_names.items()
        ]
        return said

    def _check_name(self, place: Place, record: FigureRecord) -> None:
        """A code beside another place's name: lines were shifted, and every figure is wrong."""
        if (place.pk, record.place_name) in self.checked:
            return
        self.checked.add((place.pk, record.place_name))
        name, ours = fold(record.place_name), fold(place.name)
        if not name or name in ours or ours in name:
            return
        if self.named.get(name):
            raise DomainError(
                f"le code {record.code} est celui de « {place} », mais la ligne écrit"
                f" « {record.place_name} »: les codes et les noms ont été décalés."
            )
        self.other_names.setdefault(place.pk, record.place_name)

    def _make(self, record: FigureRecord) -> Place:
        name = record.place_name or self.rule.external_name.format(record.code) or record.code
        if self.rule.external_name:
            name = self.rule.external_name.format(record.code.removeprefix(self.rule.prefix))
        place = Place(
            kind=PlaceKind.EXTERNAL,
            name=name[:150],
            slug=Place.slug_for(name, f"{self.rule.scheme}-{record.code}"),
        )
        place.full_clean()
        place.save()
        PlaceCode.objects.create(place=place, scheme=self.rule.scheme, code=record.code)
        self.by_code[record.code] = place
        self.made.append(place)
        return place
