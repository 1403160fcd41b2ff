from pathlib import Path
from typing import Any

from core.import_command import ImportCommand
from core.imports import SHOWN_PROBLEMS, Outcome, read_content
from pratiques.domain.imports.mapping import load_mapping
from pratiques.domain.imports.practices import import_practices


class Command(ImportCommand):
    help = "Ajoute ou complète des fiches de pratiques à partir d’un fichier CSV, XLSX ou JSON."

    def import_file(
        self, *, file: Path, mapping: Path | None, dry_run: bool, **options: Any
    ) -> Outcome:
        plan = import_practices(
            read_content(file),
            file_name=file.name,
            mapping=load_mapping(read_content(mapping), name=mapping.name) if mapping else None,
            dry_run=dry_run,
        )
        for remark in plan.remarks[:SHOWN_PROBLEMS]:
            self.stdout.write(remark)
        if len(plan.remarks) > SHOWN_PROBLEMS:
            self.stdout.write(f"… et {len(plan.remarks) - SHOWN_PROBLEMS} autres remarques.")
        return plan.outcome
