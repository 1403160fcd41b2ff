"""Who came, counted at the door by sector: numbers only, whoever was invited or not."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin, record
from appreciation.models import Meeting, SectorTally
from core.errors import ConcurrentEditError


def tallies(meeting: Meeting) -> dict[int, int]:
    """`{sector id: people}` counted so far."""
    return dict(meeting.sector_tallies.values_list("sector_id", "count"))


@transaction.atomic
def save_tallies(
    *, meeting: Meeting, actor: Actor, seen: Mapping[int, int], wanted: Mapping[int, int]
) -> None:
    """Write what was counted; `seen` is what the screen showed, sector by sector.

    Two people at two doors may count different sectors. The same sector changed meanwhile is
    refused, unless both wrote the same number.
    """
    locked = begin(meeting, actor)
    stored = tallies(locked)
    changed = {
        sector: people
        for sector, people in wanted.items()
        if people != seen.get(sector, 0) and people != stored.get(sector, 0)
    }
    if any(stored.get(sector, 0) != seen.get(sector, 0) for sector in changed):
        raise ConcurrentEditError(
            "Quelqu’un a compté le même secteur pendant que vous écriviez.", theirs=""
        )
    for sector, people in changed.items():
        SectorTally.objects.update_or_create(
            meeting=locked, sector_id=sector, defaults={"count": people}
        )
    if changed:
        total = sum((stored | changed).values())
        record(locked, actor, "Présences par secteur", f"{total} en tout", ())
