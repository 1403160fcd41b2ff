"""Migrations run once: every worker and every later run starts from a copy of what they made.

A copy is known by the migrations it went through: when they change, another is made. `make clean`
removes them.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import django
import wagtail
from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
COPIES = ROOT / "var" / "tests"


@cache
def fingerprint() -> str:
    """Of the migrations of every application, ours and those of the libraries."""
    digest = hashlib.sha256(f"{django.VERSION} {wagtail.VERSION}".encode())
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(f"{app.label} {file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """The first worker migrates; the others wait for its copy, not for another engine’s."""
    COPIES.mkdir(parents=True, exist_ok=True)
    with (COPIES / f"{fingerprint()}-{connection.vendor}.verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SqliteCopies:
    def __init__(self, connection) -> None:
        self.connection = connection
        self.copy = COPIES / f"{fingerprint()}.sqlite3"
        self.database = Path(connection.settings_dict["TEST"]["NAME"])

    def exists(self) -> bool:
        return self.copy.exists()

    def take(self) -> None:
        shutil.copyfile(self.copy, self.database)

    def put_back(self) -> None:
        """The whole database, as migrations left it: some milliseconds, where a flush takes 300.

        In a new file, for a request that a closed browser left behind may hold the old one: to
        write in that one would wait for it, without limit.
        """
        self.connection.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{self.database}{end}").unlink(missing_ok=True)
        self.take()

    def keep(self) -> None:
        unfinished = self.copy.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        with sqlite3.connect(unfinished) as copy:
            self.connection.connection.backup(copy)
        copy.close()
        unfinished.rename(self.copy)


class PostgresCopies:
    """Template databases of the server: they live as long as it does."""

    def __init__(self, connection) -> None:
        self.connection = connection
        self.copy = f"migrated_{fingerprint()}"
        self.database = connection.creation._get_test_db_name()

    def exists(self) -> bool:
        with self._server() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.copy])
            return cursor.fetchone() is not None

    def take(self) -> None:
        with self._server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{self.database}" TEMPLATE "{self.copy}"')

    def keep(self) -> None:
        self.connection.close()
        with self._server() as cursor:
            cursor.execute(f'CREATE DATABASE "{self.copy}" TEMPLATE "{self.database}"')

    def put_back(self) -> None:
        self.connection.close()
        self.take()

    def _server(self):
        return self.connection._nodb_cursor()


def copies_of(connection) -> SqliteCopies | PostgresCopies:
    return (SqliteCopies if connection.vendor == "sqlite" else PostgresCopies)(connection)
