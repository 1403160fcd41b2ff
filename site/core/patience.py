"""How long a request may wait for a lock: a phone is answered within seconds, always."""

from django.db import connection

LOCK_WAIT_SECONDS = 4


def wait_briefly_for_locks() -> None:
    """Make this connection give up on a lock after four seconds (QUALITY.md §4 row 23).

    Call before the transaction. PostgreSQL has it in its settings (`lock_timeout`).
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute(f"PRAGMA busy_timeout = {LOCK_WAIT_SECONDS * 1000}")
