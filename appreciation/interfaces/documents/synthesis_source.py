"""What every file of a synthesis is made from: one `SynthesisRead`, and how it names itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from appreciation.domain.synthesis.nouns import SynthesisRead
from appreciation.interfaces.documents.report_source import DEMONSTRATION, Identity
from appreciation.interfaces.synthesis.coverage_map import coverage_map
from appreciation.interfaces.synthesis.plain_sheet import PlainSheet, plain_sheet
from appreciation.interfaces.synthesis.presented import Presented, present_synthesis
from cms.search.models import ContentVersion
from core.charts.territory_map import TerritoryMap
from core.typography import NBSP

REGION_COPY = (
    "Copie de la coordination de la région. Elle montre des résultats que leur communauté a "
    "choisi de garder dans la région: ne la transmettez pas plus loin."
)


@dataclass(frozen=True)
class SynthesisFile:
    """`address`: where everybody reads it; empty while nothing is out."""

    read: SynthesisRead
    identity: Identity
    address: str = ""

    @cached_property
    def shown(self) -> Presented:
        return present_synthesis(self.read, is_whole=True)

    @cached_property
    def map(self) -> TerritoryMap | None:
        return coverage_map(self.shown, version=ContentVersion.current())

    @property
    def map_words(self) -> str:
        """The alternative of the map."""
        told = self.map.spoken if self.map else ""
        return f"Carte des communautés lues, par territoire{NBSP}: {told}."

    @property
    def map_source(self) -> str:
        outlines = "; ".join(self.map.sources) if self.map else ""
        return f"Contours{NBSP}: {outlines}." if outlines else ""

    @property
    def banner(self) -> str:
        return DEMONSTRATION if self.read.is_demo else ""

    @property
    def copy_words(self) -> str:
        """Said on the cover, and on each page: the copy tells more than what everybody reads."""
        return REGION_COPY if self.read.scope == "region" else ""

    @property
    def footer(self) -> str:
        inside = " · réservé à la région" if self.copy_words else ""
        return f"{self.read.title} · {self.shown.edition_words}{inside}"

    @property
    def sheet(self) -> PlainSheet:
        return plain_sheet(
            self.shown,
            organisation=self.identity.organisation,
            adviser=self.identity.adviser,
            address=self.address,
            banner=self.banner,
        )
