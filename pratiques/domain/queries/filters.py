"""What a visitor of the catalogue asks: the one reading of its addresses.

The list, its exports, its feed and the API all start from
`CatalogueFilters.from_query(request.GET)`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.http import urlencode

from cms.search.question import cleaned
from pratiques.enums import CostBand, EffortBand, EvidenceStatus, MilieuSize

FACETS = ("enjeu", "dimension", "territoire", "taille", "cout", "effort", "statut", "annee")
"""Parameters that may be repeated: « or » inside one, « and » between two."""
CLOSED: dict[str, type[TextChoices]] = {
    "taille": MilieuSize,
    "cout": CostBand,
    "effort": EffortBand,
    "statut": EvidenceStatus,
}
RELEVANCE, RECENT, TITLE = "pertinence", "recentes", "titre"
VIEWS = ("liste", "carte")
MOST_VALUES = 30
CODE = re.compile(r"[\w-]{1,60}")
YEAR = re.compile(r"[0-9]{4}", re.ASCII)


@dataclass(frozen=True)
class CatalogueFilters:
    """Nonsense is left out, never refused: old links keep working.

    `chosen`: parameter → values, for those of `FACETS` where something is chosen.
    """

    text: str = ""
    exactly: bool = False
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    view: str = "liste"

    @classmethod
    def from_query(cls, query: QueryDict) -> CatalogueFilters:
        chosen = {name: _values(name, query.getlist(name)) for name in FACETS}
        text = cleaned(query.get("q", ""))
        sort, view = query.get("tri", ""), query.get("vue", "")
        return cls(
            text=text,
            exactly=bool(text) and query.get("mot") == "exact",
            chosen={name: values for name, values in chosen.items() if values},
            sort=sort if sort in (RECENT, TITLE) else "",
            view=view if view in VIEWS else "liste",
        )

    @property
    def is_empty(self) -> bool:
        """Everything is asked for, whatever the order and the view."""
        return not self.text and not self.chosen

    @property
    def order(self) -> str:
        return self.sort or (RELEVANCE if self.text else RECENT)

    def keeping(self, known: Mapping[str, Container[str]]) -> CatalogueFilters:
        """Without the values that do not exist (any more)."""
        chosen = {
            name: tuple(value for value in values if value in known[name])
            for name, values in self.chosen.items()
        }
        return replace(self, chosen={name: values for name, values in chosen.items() if values})

    def without(self, name: str, value: str) -> CatalogueFilters:
        left = tuple(other for other in self.chosen.get(name, ()) if other != value)
        chosen = {**self.chosen, name: left}
        return replace(self, chosen={key: values for key, values in chosen.items() if values})

    def only(self, name: str, value: str) -> CatalogueFilters:
        """With one value for this facet, as a list."""
        return replace(self, chosen={**self.chosen, name: (value,)}, view="liste")

    def as_pairs(self) -> list[tuple[str, str]]:
        """The parameters that give these filters back, always in the same order."""
        pairs = [("q", self.text), ("mot", "exact" if self.exactly else "")]
        pairs += [(name, value) for name in FACETS for value in self.chosen.get(name, ())]
        pairs += [("tri", self.sort), ("vue", "" if self.view == "liste" else self.view)]
        return [(name, value) for name, value in pairs if value]

    def as_query(self, **changes: Any) -> str:
        """`?…`, or nothing. `changes`: other fields of these filters."""
        pairs = replace(self, **changes).as_pairs()
        return f"?{urlencode(pairs)}" if pairs else ""


def _values(name: str, asked: list[str]) -> tuple[str, ...]:
    values = dict.fromkeys(value.strip() for value in asked)
    allowed = [value for value in values if _could_be(name, value)]
    return tuple(allowed[:MOST_VALUES])


def _could_be(name: str, value: str) -> bool:
    if name in CLOSED:
        return value in CLOSED[name].values
    return bool((YEAR if name == "annee" else CODE).fullmatch(value))
