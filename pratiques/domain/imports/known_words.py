"""The words that a file may use for what the site already knows: issues, dimensions, places…"""

from __future__ import annotations

from core.errors import DomainError
from core.tabular import fold
from reference.models import Dimension, Issue, Place, PlaceCode, Sector

WHAT = {"issues": "enjeu", "dimensions": "dimension", "sectors": "secteur", "places": "lieu"}


class KnownWords:
    """Read once. A place is named by « nomenclature:code » or by its address, never by its name."""

    def __init__(self) -> None:
        self.codes: dict[str, dict[str, str]] = {}
        for name, model in (("issues", Issue), ("dimensions", Dimension), ("sectors", Sector)):
            rows = list(model.objects.filter(is_active=True))
            by_name = {fold(row.name): row.code for row in rows}
            self.codes[name] = by_name | {row.code: row.code for row in rows}
        places = {slug: slug for slug in Place.objects.values_list("slug", flat=True)}
        coded = PlaceCode.objects.values_list("scheme", "code", "place__slug")
        self.codes["places"] = places | {f"{scheme}:{code}": slug for scheme, code, slug in coded}

    def find(self, name: str, word: str) -> str:
        """The code (a place's address) that this word stands for."""
        known = self.codes[name]
        found = known.get(word) or (known.get(fold(word)) if name != "places" else None)
        if found is None:
            raise DomainError(f"{WHAT[name]} inconnu « {word[:60]} ».")
        return found
