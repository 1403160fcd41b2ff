from pathlib import Path
from typing import Any

from core.import_command import ImportCommand
from core.imports import SHOWN_PROBLEMS, Outcome, read_content
from reference.domain.imports.indicator_mapping import load_indicator_mapping
from reference.domain.imports.indicators import import_indicators
from reference.domain.imports.typologies import (
    import_typology,
    is_typology,
    load_typology_mapping,
)


class Command(ImportCommand):
    help = (
        "Ajoute ou révise des chiffres sur des lieux à partir d’un fichier CSV ou XLSX; avec une"
        " correspondance qui a une partie [typology], le type de chaque lieu."
    )

    def import_file(
        self, *, file: Path, mapping: Path | None, dry_run: bool, **options: Any
    ) -> Outcome:
        content = read_content(file)
        rules = read_content(mapping) if mapping else b""
        name = mapping.name if mapping else ""
        if rules and is_typology(rules, name=name):
            typology = load_typology_mapping(rules, name=name)
            return import_typology(content, file_name=file.name, mapping=typology, dry_run=dry_run)
        chosen = load_indicator_mapping(rules, name=name) if rules else None
        plan = import_indicators(content, file_name=file.name, mapping=chosen, dry_run=dry_run)
        for remark in plan.remarks[:SHOWN_PROBLEMS]:
            self.stdout.write(remark)
        return plan.outcome
