"""Write a backup: whole, or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from core.backups import files, tables
from core.errors import DomainError

FORMAT = 1
MANIFEST = "manifest.json"


def write_backup(folder: Path, *, now: datetime) -> dict[str, Any]:
    """Write tables, files and manifest into `folder`, which must be new or empty.

    Everything is first written beside it: an interrupted backup never looks like a whole one.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DomainError(f"{folder} n’est pas un dossier vide: choisissez-en un autre.")
    draft = folder.with_name(f"{folder.name}.en-cours")
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(parents=True, mode=0o700)
    manifest = _snapshot(draft) | {"format": FORMAT, "made_at": now.isoformat()}
    manifest["files"] = {
        alias: files.copy_out(alias, draft / "files" / alias) for alias in files.ALIASES
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (draft / MANIFEST).write_text(text, encoding="utf-8")
    if folder.exists():
        folder.rmdir()
    draft.rename(folder)
    return manifest


@transaction.atomic
def _snapshot(draft: Path) -> dict[str, Any]:
    """All tables as they were at one instant."""
    if connection.vendor == "postgresql" and not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    return {
        "migrations": tables.applied_migrations(),
        "sequences": tables.read_sequences(),
        "tables": _write_tables(draft),
    }


def _write_tables(draft: Path) -> dict[str, dict[str, Any]]:
    written: dict[str, dict[str, Any]] = {}
    (draft / "tables").mkdir()
    for model in tables.kept_models():
        table = model._meta.db_table
        digest, rows = hashlib.sha256(), 0
        with (draft / "tables" / f"{table}.jsonl").open("wb") as file:
            for line in tables.rows_as_lines(model):
                data = line.encode() + b"\n"
                file.write(data)
                digest.update(data)
                rows += 1
        written[table] = {
            "rows": rows,
            "columns": [field.column for field in tables.columns(model)],
            "sha256": digest.hexdigest(),
        }
    return written
