from pathlib import Path
from typing import Any

from core.import_command import ImportCommand
from core.imports import SHOWN_PROBLEMS, Outcome, read_content
from reference.domain.imports.indicator_mapping import load_indicator_mapping
from reference.domain.imports.indicators import import_indicators


class Command(ImportCommand):
    help = "Ajoute ou révise des chiffres sur des lieux à partir d’un fichier CSV ou XLSX."

    def import_file(
        self, *, file: Path, mapping: Path | None, dry_run: bool, **options: Any
    ) -> Outcome:
        chosen = (
            load_indicator_mapping(read_content(mapping), name=mapping.name) if mapping else None
        )
        plan = import_indicators(
            read_content(file), file_name=file.name, mapping=chosen, dry_run=dry_run
        )
        for remark in plan.remarks[:SHOWN_PROBLEMS]:
            self.stdout.write(remark)
        return plan.outcome
