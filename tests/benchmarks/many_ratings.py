"""For `bench_synthesis`: many meetings, all their answers, and the same counts done by hand in SQL.

`python -m tests.benchmarks.many_ratings fill 10 2000`: seats per meeting, meetings; `read answers`,
`alone proof`, `fold` measure one thing in a process that has just started, and print it in JSON.
"""

from __future__ import annotations

import copy
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from appreciation.domain.counts import meetings_at_odds, move_count, move_counts  # noqa: E402
from appreciation.domain.statistics import agreement, median_low  # noqa: E402
from appreciation.domain.synthesis.counting import Source, distributions  # noqa: E402
from appreciation.enums import RoundState  # noqa: E402
from appreciation.models import (  # noqa: E402
    Appraisal,
    InstrumentDimension,
    Item,
    Meeting,
    Rating,
    RatingCount,
    Round,
)
from tests.factories import (  # noqa: E402
    AppraisalFactory,
    InstrumentFactory,
    MeetingFactory,
    RoleAssignmentFactory,
    UserFactory,
)
from tests.factories.answers import finish  # noqa: E402

DIMENSIONS, ITEMS_OF_EACH = 12, 5
ROUNDS_OF_MEASURE = 3
FOLDED = 1000
BATCH = 5000

ANSWERS = "appreciation_rating"
TABLE_RULES = """
SELECT conname, pg_get_constraintdef(oid), TRUE FROM pg_constraint
WHERE conrelid = 'appreciation_rating'::regclass AND contype <> 'n'
UNION ALL
SELECT indexname, indexdef, FALSE FROM pg_indexes
WHERE tablename = 'appreciation_rating' AND indexname NOT IN (
    SELECT conname FROM pg_constraint WHERE conrelid = 'appreciation_rating'::regclass
)
ORDER BY 3 DESC
"""
"""Name, how to make it again, whether it is a constraint rather than an index alone."""
SEATED = """
INSERT INTO appreciation_seat (meeting_id, medium, shuffled_number, is_fictitious)
WITH RECURSIVE rank (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM rank WHERE number < %s)
SELECT meeting.id, 'paper', rank.number, FALSE
FROM appreciation_meeting AS meeting CROSS JOIN rank ORDER BY meeting.id, rank.number
"""
RATINGS = """
INSERT INTO appreciation_rating (seat_id, item_id, round_id, answer, sequence)
SELECT seat.id, item.id, vote.id,
    CASE WHEN (seat.id * 7919 + item.id * 104729 + vote.id * 31) % 20 = 0 THEN -1
    ELSE 1 + (seat.id * 7907 + item.id * 1299709 + vote.id * 17) % 4 END, 1
FROM appreciation_round AS vote
JOIN appreciation_seat AS seat ON seat.meeting_id = vote.meeting_id
JOIN appreciation_item AS item ON item.instrument_dimension_id = vote.instrument_dimension_id
"""
COUNTS = """
INSERT INTO appreciation_ratingcount (meeting_id, round_id, item_id, answer, medium, count)
SELECT seat.meeting_id, rating.round_id, rating.item_id, rating.answer, seat.medium, COUNT(*)
FROM appreciation_rating AS rating JOIN appreciation_seat AS seat ON seat.id = rating.seat_id
GROUP BY seat.meeting_id, rating.round_id, rating.item_id, rating.answer, seat.medium
"""
BY_HAND = """
SELECT vote.meeting_id, rating.item_id, rating.answer, COUNT(*)
FROM appreciation_rating AS rating JOIN appreciation_round AS vote ON vote.id = rating.round_id
GROUP BY vote.meeting_id, rating.item_id, rating.answer
"""
FOLD_BY_HAND = """
INSERT INTO appreciation_ratingcount (meeting_id, round_id, item_id, answer, medium, count)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (round_id, item_id, answer, medium) WHERE sector_id IS NULL
DO UPDATE SET count = appreciation_ratingcount.count + excluded.count
"""
ONE_BY_HAND = """
UPDATE appreciation_ratingcount SET count = count + 1
WHERE round_id = %s AND item_id = %s AND answer = %s AND medium = %s AND sector_id IS NULL
"""


def fill(seats: str, meetings: str) -> dict[str, int]:
    """So many finished meetings of 60 items, each seat answering all."""
    instrument = InstrumentFactory(with_items=DIMENSIONS)
    parts = list(InstrumentDimension.objects.filter(instrument=instrument))
    Item.objects.bulk_create(
        Item(instrument_dimension=part, code=f"e{rank}", position=20 + rank, text=f"Énoncé {rank}")
        for part, rank in product(parts, range(1, ITEMS_OF_EACH))
    )
    first = finish(
        MeetingFactory(appraisal=AppraisalFactory(at_meeting=True, instrument=instrument))
    )
    Appraisal.objects.bulk_create(
        (_copy(first.appraisal, reference=f"B-{rank}") for rank in range(1, int(meetings))),
        batch_size=BATCH,
    )
    others = Appraisal.objects.exclude(pk=first.appraisal_id)
    Meeting.objects.bulk_create(
        (
            _copy(first, appraisal=one, reference=f"R-{one.pk}", join_code=f"{rank:06}")
            for rank, one in enumerate(others)
        ),
        batch_size=BATCH,
    )
    _open_rounds(parts)
    with connection.cursor() as cursor:
        cursor.execute(SEATED, [int(seats)])
        with _bare(cursor):
            cursor.execute(RATINGS)
        for statement in (COUNTS, "ANALYZE"):
            cursor.execute(statement)
    return {"ratings": Rating.objects.count(), "counts": RatingCount.objects.count()}


def _open_rounds(parts: list[InstrumentDimension]) -> None:
    meetings = Meeting.objects.values_list("pk", flat=True)
    closed = {"state": RoundState.CLOSED, "opened_at": timezone.now(), "closed_at": timezone.now()}
    Round.objects.bulk_create(
        (
            Round(meeting_id=pk, instrument_dimension=part, **closed)
            for pk, part in product(meetings, parts)
        ),
        batch_size=BATCH,
    )


@contextmanager
def _bare(cursor: Any) -> Iterator[None]:
    """Without the keys and indexes of the answers, which are then made whole: minutes are spared.

    PostgreSQL only: SQLite fills them as fast as they are made.
    """
    if connection.vendor != "postgresql":
        yield
        return
    cursor.execute(TABLE_RULES)
    rules = cursor.fetchall()
    for name, _, is_rule in rules:
        cursor.execute(
            f"ALTER TABLE {ANSWERS} DROP CONSTRAINT {name}" if is_rule else f"DROP INDEX {name}"
        )
    yield
    cursor.execute("SET maintenance_work_mem = '512MB'")
    for name, words, is_rule in rules:
        cursor.execute(f"ALTER TABLE {ANSWERS} ADD CONSTRAINT {name} {words}" if is_rule else words)


def _copy(row: Any, **changes: Any) -> Any:
    other = copy.copy(row)
    other._state = copy.copy(row._state)
    other._state.fields_cache = {}
    other.pk = None
    for name, value in changes.items():
        setattr(other, name, value)
    return other


def read(what: str) -> dict[str, Any]:
    """The reading that is asked, and the same counts by hand, in turn: seconds, medians."""
    ours = READINGS[what]
    times = [(_timed(_by_hand), _timed(ours)) for _ in range(ROUNDS_OF_MEASURE)]
    return {
        "by_hand": statistics.median(hand for hand, _ in times),
        "ours": statistics.median(mine for _, mine in times),
        "ratio": statistics.median(mine / hand for hand, mine in times),
    }


def alone(what: str) -> dict[str, Any]:
    """The same in a process of its own: the memory that it takes, at most."""
    before = _peak()
    seen = READINGS[what]()
    return {"seen": seen, "before": before, "memory": _peak()}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _timed(work: Callable[[], int]) -> float:
    """On SQLite all is done here: the processor's time. Elsewhere the watch tells."""
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    start = clock()
    work()
    return clock() - start


def _by_hand() -> int:
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND)
        return sum(len(rows) for rows in iter(lambda: cursor.fetchmany(2000), []))


def _counted(source: Source) -> int:
    return sum(len(each.items) for each in distributions(source=source))


def _told(source: Source) -> int:
    """Each cell's distribution, lower median and agreement: all that a synthesis says of it."""
    said = 0
    for each in distributions(source=source):
        for counts in each.items.values():
            said += median_low(counts.levels) is not None
            agreement(counts.levels)
    return said


READINGS: dict[str, Callable[[], int]] = {
    "by_hand": _by_hand,
    "answers": lambda: _counted(Source.ANSWERS),
    "answers_told": lambda: _told(Source.ANSWERS),
    "kept": lambda: _counted(Source.KEPT),
    "proof": lambda: len(list(meetings_at_odds())),
}


def fold() -> dict[str, dict[str, float]]:
    """1,000 answers into their counts: all at once, and one by one; by hand, and ours."""
    rounds = list(Round.objects.filter(meeting=Meeting.objects.earliest("pk")))
    return {
        "together": _folded(rounds[0].meeting, _cells(rounds), _together_by_hand, _together),
        "one_by_one": _folded(rounds[0].meeting, _cells(rounds), _one_by_hand, _one_by_one),
    }


def _cells(rounds: list[Round]) -> list[tuple]:
    """Where the 1,000 answers fall: every level of every item, as a hall of 17 would."""
    cells = [
        (vote.pk, item, answer, "paper", None)
        for vote in rounds
        for item in vote.instrument_dimension.items.values_list("pk", flat=True)
        for answer in (1, 2, 3, 4)
    ]
    return [cells[rank * 7 % len(cells)] for rank in range(FOLDED)]


def _folded(meeting: Meeting, cells: list[tuple], by_hand, ours) -> dict[str, float]:
    times = []
    for _ in range(7):
        pair = []
        for work in (by_hand, ours):
            with transaction.atomic():
                pair.append(_timed(lambda work=work: work(meeting, cells)))
                transaction.set_rollback(True)
        times.append(pair)
    return {
        "by_hand": statistics.median(hand for hand, _ in times),
        "ours": statistics.median(mine for _, mine in times),
        "ratio": statistics.median(mine / hand for hand, mine in times),
    }


def _summed(cells: list[tuple]) -> dict[tuple, int]:
    moves: dict[tuple, int] = {}
    for cell in cells:
        moves[cell] = moves.get(cell, 0) + 1
    return moves


def _together_by_hand(meeting: Meeting, cells: list[tuple]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            FOLD_BY_HAND, [(meeting.pk, *cell[:4], n) for cell, n in _summed(cells).items()]
        )


def _together(meeting: Meeting, cells: list[tuple]) -> None:
    move_counts(meeting=meeting, moves=_summed(cells))


def _one_by_hand(meeting: Meeting, cells: list[tuple]) -> None:
    with connection.cursor() as cursor:
        for cell in cells:
            cursor.execute(ONE_BY_HAND, cell[:4])


def _one_by_one(meeting: Meeting, cells: list[tuple]) -> None:
    seat = meeting.seats.first()
    for round_id, item_id, answer, *_ in cells:
        move_count(seat=seat, round_id=round_id, item_id=item_id, old=None, new=answer)


def session() -> dict[str, str]:
    """Who coordinates the place of all these meetings: her session, for the download."""
    coordinator = RoleAssignmentFactory(
        user=UserFactory(username=f"banc-{time.time_ns()}"),
        place=Appraisal.objects.earliest("pk").place,
    ).user
    client = Client()
    client.force_login(coordinator)
    return {name: morsel.value for name, morsel in client.cookies.items()}


COMMANDS = {"fill": fill, "read": read, "alone": alone, "fold": fold, "session": session}


if __name__ == "__main__":
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
