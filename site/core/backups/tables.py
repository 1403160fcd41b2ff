"""Rows to JSON lines and back, and the numbers that the next rows will get."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

LEFT_OUT = {"sessions", "usersessions", "modelsearch", "wagtailsearch"}
CHUNK = 1000


def all_models() -> list[type[models.Model]]:
    """Every table that Django manages, those of many-to-many links included, in a stable order."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return [found[table] for table in sorted(found)]


def kept_models() -> list[type[models.Model]]:
    return [model for model in all_models() if model._meta.app_label not in LEFT_OUT]


def columns(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _column(field: models.Field) -> str:
    return cast(str, field.column)  # None only for fields without a column, left out above


def _plain(value: Any) -> Any:
    """A value that JSON can hold; `Field.to_python` reads it back."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def rows_as_lines(model: type[models.Model]) -> Iterator[str]:
    fields = columns(model)
    names = [field.attname for field in fields]
    queryset = model._base_manager.order_by("pk").values_list(*names)
    for row in queryset.iterator(chunk_size=CHUNK):
        values = [
            _plain(field.get_prep_value(value)) for field, value in zip(fields, row, strict=True)
        ]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _read(field: models.Field, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        value = base64.b64decode(value)
    elif not isinstance(field, models.JSONField):
        target = field.target_field if isinstance(field, models.ForeignKey) else field
        value = target.to_python(value)
    return field.get_db_prep_save(value, connection)


def insert_lines(model: type[models.Model], lines: Iterable[str]) -> int:
    """Write the rows as they were, numbers included. Constraints wait for the commit."""
    fields = columns(model)
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(quote(_column(field)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    # Names come from our models, never from the backup; values are bound.
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
    total = 0
    batch: list[list[Any]] = []
    with connection.cursor() as cursor:
        for line in lines:
            values = zip(fields, json.loads(line), strict=True)
            batch.append([_read(field, value) for field, value in values])
            total += 1
            if len(batch) == CHUNK:
                cursor.executemany(statement, batch)
                batch = []
        if batch:
            cursor.executemany(statement, batch)
    return total


def empty_tables() -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model in all_models():
            cursor.execute(f"DELETE FROM {quote(model._meta.db_table)}")  # noqa: S608


def applied_migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return as_recorded({f"{app}.{name}" for app, name in applied})


def as_recorded(applied: set[str]) -> list[str]:
    """With the squashed migrations whose former ones are all there, as `migrate` records them.

    A backup made before migrations were squashed still goes into the tables that it came from.
    """
    squashed = MigrationLoader(None).replacements.items()
    done = {
        f"{app}.{name}"
        for (app, name), migration in squashed
        if all(".".join(former) in applied for former in migration.replaces)
    }
    return sorted(applied | done)


def _numbered() -> Iterator[tuple[str, str]]:
    """Table and column of every automatic number."""
    for model in kept_models():
        field = model._meta.auto_field
        if field is not None and field.model is model:
            yield model._meta.db_table, _column(field)


def read_sequences() -> dict[str, int]:
    """The last number given in each table: it may be higher than the highest row's."""
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            last = dict(cursor.fetchall())
            # SQLite writes 0 for a table that was remade and never had a row.
            return {table: last[table] for table, _ in _numbered() if last.get(table)}
        for table, column in _numbered():
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
            sequence = cursor.fetchone()[0]
            cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608
            value, is_called = cursor.fetchone()
            if is_called:
                found[table] = value
    return found


def write_sequences(last: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        for table, column in _numbered():
            value = last.get(table)
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                if value is not None:
                    cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, value])
                continue
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                [f'"{table}"', column, value or 1, value is not None],
            )
