"""A query that Django writes once, and that is run for one key after the other.

Writing a long query costs Django ten times what running it costs. What never changes but the key
is written once per process:

    names = PreparedQuery(lambda page: Partner.objects.filter(practice=page).values_list("name"))
    names.rows(sheet.pk)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connections
from django.db.models import QuerySet

Written = tuple[str, tuple[Any, ...]]
STANDS_FOR_KEY = -1_604_250_017
"""No row of ours has it; it is recognized among the values of the written query."""


class PreparedQuery:
    """`build(key)` gives a query set of plain values: whole numbers and texts."""

    def __init__(self, build: Callable[[int], QuerySet]) -> None:
        self.build = build
        self.written: dict[str, Written] = {}

    def rows(self, key: int, *, using: str = "default") -> list[tuple[Any, ...]]:
        if using not in self.written:
            self.written[using] = self._write(using)
        statement, values = self.written[using]
        with connections[using].cursor() as cursor:
            cursor.execute(statement, [_put(value, key) for value in values])
            return cursor.fetchall()

    def _write(self, using: str) -> Written:
        """Twice: what changes by itself (« now ») would stay as it was the first time."""
        written, again = (self._write_once(using) for _ in range(2))
        if written != again:
            raise ValueError("Une requête préparée ne contient rien qui change avec l’heure.")
        return written

    def _write_once(self, using: str) -> Written:
        query = self.build(STANDS_FOR_KEY).using(using).query
        statement, values = query.get_compiler(using).as_sql()
        return statement, tuple(values)


def _put(value: Any, key: int) -> Any:
    if value == STANDS_FOR_KEY:
        return key
    return str(key) if value == str(STANDS_FOR_KEY) else value
