"""What a visitor of the catalogue asks: the one reading of its addresses.

The list, its exports, its feed and the API all start from
`CatalogueFilters.from_query(request.GET)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import TextChoices
from django.http import QueryDict

from cms.search.question import cleaned
from core.facets import FacetFilters
from pratiques.enums import CostBand, EffortBand, EvidenceStatus, MilieuSize

FACETS = ("enjeu", "dimension", "territoire", "taille", "cout", "effort", "statut", "annee")
CLOSED: dict[str, type[TextChoices]] = {
    "taille": MilieuSize,
    "cout": CostBand,
    "effort": EffortBand,
    "statut": EvidenceStatus,
}
RELEVANCE, RECENT, TITLE = "pertinence", "recentes", "titre"


@dataclass(frozen=True)
class CatalogueFilters(FacetFilters):
    FACETS: ClassVar[tuple[str, ...]] = FACETS
    CLOSED: ClassVar[Mapping[str, type[TextChoices]]] = CLOSED

    exactly: bool = False
    sort: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> CatalogueFilters:
        text, sort = cleaned(query.get("q", "")), query.get("tri", "")
        return cls(
            text=text,
            chosen=cls.chosen_in(query),
            view=cls.view_in(query),
            exactly=bool(text) and query.get("mot") == "exact",
            sort=sort if sort in (RECENT, TITLE) else "",
        )

    @property
    def order(self) -> str:
        return self.sort or (RELEVANCE if self.text else RECENT)

    def beside_text(self) -> list[tuple[str, str]]:
        return [("mot", "exact" if self.exactly else "")]

    def beside_view(self) -> list[tuple[str, str]]:
        return [("tri", self.sort)]
