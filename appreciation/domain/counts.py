"""The kept counts: moved in the transaction of each answer, rebuilt and proved equal on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, QuerySet

from appreciation.domain.locks import lock_counts, lock_meeting
from appreciation.models import Meeting, Rating, RatingCount, Seat

MOVE = """
UPDATE appreciation_ratingcount SET count = count + %(people)s
WHERE round_id = %(round_id)s AND item_id = %(item_id)s AND answer = %(answer)s
    AND medium = %(medium)s
"""
ADD = """
INSERT INTO appreciation_ratingcount
    (meeting_id, round_id, item_id, answer, medium, sector_id, count)
VALUES (%(meeting_id)s, %(round_id)s, %(item_id)s, %(answer)s, %(medium)s, %(sector_id)s,
    %(people)s)
"""
TO_KNOWN = "DO UPDATE SET count = appreciation_ratingcount.count + excluded.count"
WITH_SECTOR, WITHOUT_SECTOR = True, False
MOVES = {
    WITH_SECTOR: f"{MOVE} AND sector_id = %(sector_id)s",
    WITHOUT_SECTOR: f"{MOVE} AND sector_id IS NULL",
}
"""One for each unique index: its condition finds the row without reading its neighbours."""
ADDITIONS = {
    WITH_SECTOR: f"{ADD} ON CONFLICT (round_id, item_id, answer, medium, sector_id)"
    f" WHERE sector_id IS NOT NULL {TO_KNOWN}",
    WITHOUT_SECTOR: f"{ADD} ON CONFLICT (round_id, item_id, answer, medium)"
    f" WHERE sector_id IS NULL {TO_KNOWN}",
}

Cell = tuple[int, int, int, str, int | None]
"""(round, item, answer, medium, sector)."""
CELL = ("round_id", "item_id", "answer", "medium", "sector_id")
CHUNK = 2000
OF_RATING = ("round_id", "item_id", "answer", "seat__medium", "seat__sector_id")


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
        statement = MOVES[cell["sector_id"] is not None]
        cursor.execute(statement, cell | {"answer": answer, "people": people})
        return cursor.rowcount > 0


def move_counts(*, meeting: Meeting, moves: Mapping[Cell, int]) -> None:
    """Many answers at once: `{cell: people more, or less}`, in four statements at most.

    The caller holds the meeting (`lock_meeting`).
    """
    sent: dict[str, list[dict[str, Any]]] = {}
    for cell, people in moves.items():
        if people:
            statement = (ADDITIONS if people > 0 else MOVES)[cell[4] is not None]
            named = dict(zip(CELL, cell, strict=True), meeting_id=meeting.pk, people=people)
            sent.setdefault(statement, []).append(named)
    with connection.cursor() as cursor:
        for statement, several in sent.items():
            cursor.executemany(statement, several)


def counts_from_ratings(meeting: Meeting) -> Counter[Cell]:
    """`{(round, item, answer, medium, sector): people}` read from the answers themselves."""
    return Counter(Rating.objects.filter(round__meeting=meeting).order_by().values_list(*OF_RATING))


def kept_counts(meeting: Meeting) -> Counter[Cell]:
    """What the table of counts says; cells come back to nothing are left out."""
    rows = RatingCount.objects.filter(meeting=meeting, count__gt=0).order_by()
    return Counter({tuple(cell): count for *cell, count in rows.values_list(*CELL, "count")})


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


def meetings_at_odds(*, chosen: Iterable[int] | None = None) -> Iterator[int]:
    """Ids of the meetings whose kept counts and answers disagree, rehearsals included.

    All of them, or those `chosen`. Two queries read side by side, meeting by meeting, whatever
    their number: nothing is held, nothing is waited for. An answer that comes in between may make
    a meeting doubtful: `rebuild_counts` looks again, alone with it.
    """
    kept = RatingCount.objects.filter(count__gt=0)
    answers = Rating.objects.all()
    meetings = Meeting.every.filter(unlinked_at__isnull=False)
    if chosen is not None:
        chosen = list(chosen)
        kept, answers = kept.filter(meeting__in=chosen), answers.filter(round__meeting__in=chosen)
        meetings = meetings.filter(pk__in=chosen)
    unlinked = set(meetings.values_list("pk", flat=True))
    ours = kept.order_by("meeting_id").values_list("meeting_id", *CELL, "count")
    theirs = (
        answers.order_by("round__meeting_id")
        .values_list("round__meeting_id", *OF_RATING)
        .annotate(people=Count("pk"))
    )
    rows = merge(_signed(ours, +1), _signed(theirs, -1), key=itemgetter(0))
    for meeting_id, cells in groupby(rows, key=itemgetter(0)):
        balance: Counter[tuple] = Counter()
        for _, round_id, item_id, answer, medium, sector_id, people in cells:
            sector = None if meeting_id in unlinked else sector_id
            balance[round_id, item_id, answer, medium, sector] += people
        if any(balance.values()):
            yield meeting_id


def _signed(rows: QuerySet, sign: int) -> Iterator[tuple]:
    for *cell, people in rows.iterator(chunk_size=CHUNK):
        yield (*cell, sign * people)


def rebuild_counts(*, meeting: Meeting | int) -> dict[Cell, tuple[int, int]]:
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


def _without_sector(counts: Counter[Cell]) -> Counter[Cell]:
    summed: Counter[Cell] = Counter()
    for (round_id, item_id, answer, medium, _), count in counts.items():
        summed[round_id, item_id, answer, medium, None] += count
    return summed


def _sortable(cell: Cell) -> tuple[int, int, int, str, int]:
    return (*cell[:4], cell[4] or 0)
