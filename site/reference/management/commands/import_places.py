from pathlib import Path
from typing import Any

from core.import_command import ImportCommand
from core.imports import Outcome, read_content
from reference.domain.imports.mapping import load_mapping
from reference.domain.imports.places import import_places


class Command(ImportCommand):
    help = "Ajoute ou complète des lieux à partir d’un fichier CSV, XLSX ou GeoJSON."

    def import_file(
        self, *, file: Path, mapping: Path | None, dry_run: bool, **options: Any
    ) -> Outcome:
        return import_places(
            read_content(file),
            file_name=file.name,
            mapping=load_mapping(mapping) if mapping else None,
            dry_run=dry_run,
        )
