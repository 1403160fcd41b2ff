"""Verify a backup, then put it back: whole, or not at all."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction

from core.backups import files, tables
from core.backups.writer import FORMAT, MANIFEST
from core.errors import DomainError


def verify_backup(folder: Path) -> dict[str, Any]:
    """The manifest, once every imprint was found right. DomainError names what is wrong."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DomainError(f"{folder} ne contient pas de sauvegarde lisible.") from error
    if manifest.get("format") != FORMAT:
        raise DomainError("Cette sauvegarde vient d’une autre version du logiciel.")
    expected = {
        folder / "tables" / f"{table}.jsonl": facts["sha256"]
        for table, facts in manifest["tables"].items()
    } | {
        folder / "files" / alias / name: sha256
        for alias, names in manifest["files"].items()
        for name, sha256 in names.items()
    }
    for path, sha256 in expected.items():
        if not path.is_file():
            raise DomainError(f"La sauvegarde est incomplète: il manque {path.name}.")
        if files.imprint_of(path) != sha256:
            raise DomainError(f"La sauvegarde est abîmée: {path.name} a changé.")
    return manifest


def restore_backup(folder: Path, *, replace: bool = False) -> dict[str, Any]:
    """Put a verified backup in the place of what the database and the storages hold.

    Refused when people's work is there, unless `replace`; and when the code is of another version.
    """
    manifest = verify_backup(folder)
    _ensure_same_version(manifest)
    if not replace and holds_work():
        raise DomainError(
            "La base n’est pas vide. Ajoutez --remplacer pour effacer ce qu’elle contient."
        )
    with ExitStack() as stack:
        # The database commits before the files are let go: both change, or neither.
        for alias in files.ALIASES:
            stack.enter_context(
                files.exchanged(alias, folder / "files" / alias, manifest["files"][alias])
            )
        stack.enter_context(transaction.atomic())
        tables.empty_tables()
        for model in tables.kept_models():
            table = model._meta.db_table
            with (folder / "tables" / f"{table}.jsonl").open(encoding="utf-8") as lines:
                tables.insert_lines(model, lines)
        tables.write_sequences(manifest["sequences"])
    call_command("update_index", verbosity=0)
    return manifest


def _ensure_same_version(manifest: dict[str, Any]) -> None:
    ours = {
        model._meta.db_table: [field.column for field in tables.columns(model)]
        for model in tables.kept_models()
    }
    theirs = {table: facts["columns"] for table, facts in manifest["tables"].items()}
    applied = tables.as_recorded(set(manifest["migrations"]))
    if ours != theirs or applied != tables.applied_migrations():
        raise DomainError(
            "Cette sauvegarde vient d’une autre version du logiciel: installez la même version,"
            " lancez « migrate », puis réessayez."
        )


def holds_work() -> bool:
    """Whether somebody has an account here: an empty site that was only migrated has none."""
    from django.contrib.auth import get_user_model

    return get_user_model()._base_manager.exists()
