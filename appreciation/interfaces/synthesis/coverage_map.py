"""Where the démarches that were read come from: a map, and the table that says the same."""

from __future__ import annotations

from appreciation.interfaces.synthesis.presented import Presented
from core.charts.territory_map import Region, TerritoryMap, territory_map
from reference.domain.territories import region_map

REGISTER = "/demarches/"


def coverage_map(presented: Presented, *, version: str) -> TerritoryMap | None:
    """None without territories. A mark leads to the register of its territory.

    `version`: of the public content; outlines are drawn once for each.
    """
    regions = [
        Region(
            code=line.code,
            name=line.short_name,
            shape=line.shape or 1,
            count=line.appraised,
            url=f"{REGISTER}?territoire={line.code}",
        )
        for line in presented.coverage
    ]
    if not regions:
        return None
    known = region_map(version)
    return territory_map(regions, known.drawing if known else None, known.sources if known else ())
