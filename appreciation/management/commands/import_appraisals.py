from pathlib import Path
from typing import Any

from appreciation.domain.imports.appraisals import import_appraisals
from core.import_command import ImportCommand
from core.imports import Outcome, read_content, read_mapping


class Command(ImportCommand):
    help = (
        "Entre au registre des démarches d’avant ce site: une ligne chacune (nomenclature, code, "
        "année, titre, demandée par, résumé, rapport), leurs PDF dans le même dossier."
    )

    def import_file(
        self, *, file: Path, mapping: Path | None, dry_run: bool, **options: Any
    ) -> Outcome:
        return import_appraisals(
            read_content(file),
            folder=file.parent,
            columns=read_mapping(mapping).get("columns", {}) if mapping else None,
            dry_run=dry_run,
        )
