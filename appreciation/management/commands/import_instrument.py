from pathlib import Path
from typing import Any

from appreciation.domain.imports.instruments import import_instrument
from core.import_command import ImportCommand
from core.imports import Outcome, read_content, read_mapping


class Command(ImportCommand):
    help = "Ajoute un instrument décrit en TOML ou dans un tableur (une ligne par énoncé)."

    def import_file(
        self, *, file: Path, mapping: Path | None, dry_run: bool, **options: Any
    ) -> Outcome:
        return import_instrument(
            read_content(file),
            file_name=file.name,
            columns=read_mapping(mapping).get("columns", {}) if mapping else None,
            dry_run=dry_run,
        )
