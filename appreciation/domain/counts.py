"""The kept counts: moved in the transaction of each answer, rebuilt and proved equal on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.db import connection, transaction

from appreciation.domain.locks import lock_counts, lock_meeting
from appreciation.models import Meeting, Rating, RatingCount, Seat

MOVE = """
UPDATE appreciation_ratingcount SET count = count + %(people)s
WHERE round_id = %(round_id)s AND item_id = %(item_id)s AND answer = %(answer)s
    AND medium = %(medium)s
    AND (sector_id = %(sector_id)s OR (sector_id IS NULL AND %(sector_id)s IS NULL))
"""

Cell = tuple[int, int, int, str, int | None]
"""(round, item, answer, medium, sector)."""


def move_count(
    *, seat: Seat, round_id: int, item_id: int, old: int | None, new: int | None
) -> None:
    """One answer of `seat` went from `old` to `new` (None: no answer). Call inside the transaction.

    The caller holds the meeting or shares it. A first answer touches one count and waits for nobody
    else; what touches two, or makes a count, takes its turn, so that nobody waits in a circle and
    nobody makes the same count twice.
    """
    if old == new:
        return
    cell: dict[str, int | str | None] = {
        "meeting_id": seat.meeting_id,
        "round_id": round_id,
        "item_id": item_id,
        "medium": seat.medium,
        "sector_id": seat.sector_id,
    }
    if old is None and new is not None and _moved(cell, new, 1):
        return
    lock_counts(round_id)
    if old is not None:
        _moved(cell, old, -1)
    if new is not None and not _moved(cell, new, 1):
        RatingCount.objects.create(**cell, answer=new, count=1)


def _moved(cell: dict[str, int | str | None], answer: int, people: int) -> bool:
    """Written by hand for the taps of a full hall, as `ratings.SITUATION`."""
    with connection.cursor() as cursor:
        cursor.execute(MOVE, cell | {"answer": answer, "people": people})
        return cursor.rowcount > 0


def move_counts(*, meeting: Meeting, moves: Mapping[Cell, int]) -> None:
    """Many answers at once: `{cell: people more, or less}`, in a constant number of queries.

    The caller holds the meeting (`lock_meeting`).
    """
    wanted = {cell: delta for cell, delta in moves.items() if delta}
    if not wanted:
        return
    kept = {_cell(row): row for row in RatingCount.objects.filter(meeting=meeting)}
    changed = []
    for cell, delta in wanted.items():
        if cell in kept:
            kept[cell].count += delta
            changed.append(kept[cell])
    RatingCount.objects.bulk_update(changed, ("count",), batch_size=500)
    RatingCount.objects.bulk_create(
        [_row(meeting, cell, delta) for cell, delta in wanted.items() if cell not in kept]
    )


def counts_from_ratings(meeting: Meeting) -> Counter[Cell]:
    """`{(round, item, answer, medium, sector): people}` read from the answers themselves."""
    return Counter(
        Rating.objects.filter(round__meeting=meeting).values_list(
            "round_id", "item_id", "answer", "seat__medium", "seat__sector_id"
        )
    )


def kept_counts(meeting: Meeting) -> Counter[Cell]:
    """What the table of counts says; cells come back to nothing are left out."""
    return Counter(
        {_cell(row): row.count for row in RatingCount.objects.filter(meeting=meeting) if row.count}
    )


def count_differences(meeting: Meeting) -> dict[Cell, tuple[int, int]]:
    """`{cell: (kept, recounted)}` where the two disagree; empty when they are equal.

    Once a meeting is unlinked its seats have no sector any more: the counts are the record of that
    axis, and only the sums over sectors are compared (DESIGN.md §4).
    """
    kept, recounted = kept_counts(meeting), counts_from_ratings(meeting)
    if meeting.unlinked_at:
        kept, recounted = _without_sector(kept), _without_sector(recounted)
    return {
        cell: (kept[cell], recounted[cell])
        for cell in sorted(kept.keys() | recounted.keys(), key=_sortable)
        if kept[cell] != recounted[cell]
    }


def rebuild_counts(*, meeting: Meeting) -> dict[Cell, tuple[int, int]]:
    """Mend the kept counts from the answers; returns the differences found, all mended.

    An unlinked meeting is only checked: what its counts say of sectors cannot be made again, so
    differences are returned and nothing is written.
    """
    with transaction.atomic():
        locked = lock_meeting(meeting)
        differences = count_differences(locked)
        if differences and not locked.unlinked_at:
            moves = {cell: recounted - kept for cell, (kept, recounted) in differences.items()}
            move_counts(meeting=locked, moves=moves)
        return differences


def _cell(row: RatingCount) -> Cell:
    return row.round_id, row.item_id, row.answer, row.medium, row.sector_id


def _row(meeting: Meeting, cell: Cell, count: int) -> RatingCount:
    round_id, item_id, answer, medium, sector_id = cell
    return RatingCount(
        meeting=meeting,
        round_id=round_id,
        item_id=item_id,
        answer=answer,
        medium=medium,
        sector_id=sector_id,
        count=count,
    )


def _without_sector(counts: Counter[Cell]) -> Counter[Cell]:
    summed: Counter[Cell] = Counter()
    for (round_id, item_id, answer, medium, _), count in counts.items():
        summed[round_id, item_id, answer, medium, None] += count
    return summed


def _sortable(cell: Cell) -> tuple[int, int, int, str, int]:
    return (*cell[:4], cell[4] or 0)
