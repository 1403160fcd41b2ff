from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from appreciation.domain.actors import SYSTEM
from appreciation.domain.imports.ratings import (
    import_sheets,
    provenance_of,
    read_file,
)
from appreciation.domain.imports.ratings_mapping import RatingsMapping, load_mapping
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.models import Meeting
from core.errors import DomainError
from core.import_command import ImportCommand
from core.imports import Outcome, read_content
from core.typography import fr_typo


class Command(ImportCommand):
    help = (
        "Entre les feuilles d’un tableur dans une rencontre (colonnes feuille, secteur et le code "
        "de chaque question; vide: pas de réponse, NSP, REFUS)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--meeting", required=True, metavar="RÉFÉRENCE")
        parser.add_argument("--round", type=int, default=1, metavar="TOUR", help="1 d’office.")
        parser.add_argument(
            "--keep",
            action="append",
            default=[],
            metavar="COLONNE=VALEUR",
            help="Seulement ces lignes, plutôt que celles que dit [garder] de la correspondance.",
        )
        parser.add_argument(
            "--reopen", action="store_true", help="Rouvrir une saisie terminée (c’est inscrit)."
        )

    def import_file(
        self, *, file: Path, mapping: Path | None, dry_run: bool, **options: Any
    ) -> Outcome:
        reference = options["meeting"]
        meeting = Meeting.objects.filter(reference=reference).select_related("instrument").first()
        if meeting is None:
            raise DomainError(f"Aucune rencontre ne porte la référence « {reference} ».")
        content = read_content(file)
        read = read_file(
            content,
            questionnaire=questionnaire_for(meeting.instrument),
            mapping=_mapping(mapping, options["keep"]),
        )
        for said in read.missing:
            self.stdout.write(fr_typo(said))
        outcome = import_sheets(
            meeting=meeting,
            actor=SYSTEM,
            read=read,
            provenance=provenance_of(file.name, content),
            round_number=options["round"],
            reopen=options["reopen"],
            dry_run=dry_run,
        )
        return Outcome(created=len(outcome.entered), unchanged=len(outcome.unchanged))


def _mapping(path: Path | None, kept: list[str]) -> RatingsMapping | None:
    mapping = load_mapping(path) if path else None
    if not kept:
        return mapping
    pairs = [each.partition("=") for each in kept]
    if mapping is None or not all(column and equal for column, equal, _ in pairs):
        raise DomainError("--keep s’écrit COLONNE=VALEUR et va avec --mapping.")
    return replace(mapping, kept_rows={column: value for column, _, value in pairs})
