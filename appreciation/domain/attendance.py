"""Who came, counted at the door by sector, by age and by gender: numbers only, invited or not."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin, record
from appreciation.enums import RoomGroup
from appreciation.models import GroupTally, Meeting, SectorTally
from core.errors import ConcurrentEditError

Counted = int | RoomGroup
"""A sector by its id, or a group."""


def tallies(meeting: Meeting) -> dict[int, int]:
    """`{sector id: people}` counted so far."""
    return dict(meeting.sector_tallies.values_list("sector_id", "count"))


def group_tallies(meeting: Meeting) -> dict[str, int]:
    """`{group: people}` who raised a hand for it."""
    return dict(meeting.group_tallies.values_list("group", "count"))


def all_tallies(meeting: Meeting) -> dict[Counted, int]:
    lines: list[tuple[Counted, int]] = list(tallies(meeting).items())
    lines += [(RoomGroup(group), people) for group, people in group_tallies(meeting).items()]
    return dict(lines)


@transaction.atomic
def save_tallies(
    *, meeting: Meeting, actor: Actor, seen: Mapping[Counted, int], wanted: Mapping[Counted, int]
) -> None:
    """Write what was counted; `seen` is what the screen showed, line by line.

    Two people at two doors may count different lines. The same line changed meanwhile is refused,
    unless both wrote the same number.
    """
    locked = begin(meeting, actor)
    stored = all_tallies(locked)
    changed = {
        line: people
        for line, people in wanted.items()
        if people != seen.get(line, 0) and people != stored.get(line, 0)
    }
    if any(stored.get(line, 0) != seen.get(line, 0) for line in changed):
        raise ConcurrentEditError(
            "Quelqu’un a compté la même ligne pendant que vous écriviez.", theirs=""
        )
    for line, people in changed.items():
        _write(locked, line, people)
    if changed:
        counted = stored | changed
        total = sum(people for line, people in counted.items() if not isinstance(line, RoomGroup))
        record(locked, actor, "Présences comptées", f"{total} en tout", ())


def _write(meeting: Meeting, line: Counted, people: int) -> None:
    if isinstance(line, RoomGroup):
        GroupTally.objects.update_or_create(
            meeting=meeting, group=line.value, defaults={"count": people}
        )
    else:
        SectorTally.objects.update_or_create(
            meeting=meeting, sector_id=line, defaults={"count": people}
        )
