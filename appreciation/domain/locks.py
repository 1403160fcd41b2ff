"""The one lock of an evening: whoever closes a vote holds the meeting, whoever answers shares it.

A vote and a close never cross: what was accepted came before the close, what comes after is refused
(QUALITY.md §4 row 3). On SQLite there is nothing to add: transactions are IMMEDIATE and already
wait for one another. On PostgreSQL a hall's answers go in together, which needs a lock that can be
shared and that lets a close through in its turn: advisory locks queue, row locks in share mode
would let a full hall keep the facilitator waiting (docs/decisions/0006-locks-of-an-evening.md).

Every function here belongs first in a transaction, before reading what it protects, and holds until
the transaction ends.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from appreciation.models import Meeting

MEETING, SEAT, COUNTS = 7301, 7302, 7303
"""Families of advisory locks: a number beside an id, on PostgreSQL."""
LARGEST_KEY = 2**31
HOLD = "SELECT pg_advisory_xact_lock(%s, %s)"
SHARE = "SELECT pg_advisory_xact_lock_shared(%s, %s), pg_advisory_xact_lock(%s, %s)"


def lock_meeting(meeting: Meeting | int) -> Meeting:
    """The meeting, read again, held by nobody else: no gesture, no sheet, no answer beside ours.

    Raises TransactionManagementError outside `transaction.atomic`.
    """
    _ensure_in_transaction()
    pk = meeting.pk if isinstance(meeting, Meeting) else meeting
    _ask(HOLD, MEETING, pk)
    locked = Meeting.every.select_for_update(of=("self",)).select_related("instrument")
    return locked.get(pk=pk)


def share_meeting(*, meeting_id: int, seat_id: int) -> None:
    """Answers of different seats go in together; those of one seat, one after the other.

    Raises TransactionManagementError outside `transaction.atomic`.
    """
    _ensure_in_transaction()
    _ask(SHARE, MEETING, meeting_id, SEAT, seat_id)


def lock_counts(round_id: int) -> None:
    """For whoever shares the meeting and touches two counts of a round, or makes a new one."""
    _ask(HOLD, COUNTS, round_id)


def _ensure_in_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("Ce verrou demande une transaction.")


def _ask(statement: str, *keys: int) -> None:
    """Two ids that meet on one key only wait for each other more than they had to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, [key % LARGEST_KEY for key in keys])
