"""The shape of every import command: FILE, --mapping, --dry-run; exit ≠ 0 when refused."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from core.imports import Outcome


class ImportCommand(BaseCommand):
    """Subclasses say how one file goes in; this class speaks to the person at the terminal."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument(
            "--mapping",
            type=Path,
            metavar="FICHIER.toml",
            help="Correspondance des colonnes; sans elle, le fichier est reconnu à ses titres.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Tout vérifier sans rien enregistrer."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = self.import_file(**options)
        except DomainError as error:
            raise CommandError(f"Rien n’a été enregistré.\n{error}") from error
        if options["dry_run"] and outcome.changed:
            self.stdout.write("Essai: rien n’a été enregistré.")
        self.stdout.write(str(outcome))

    def import_file(
        self, *, file: Path, mapping: Path | None, dry_run: bool, **options: Any
    ) -> Outcome:
        raise NotImplementedError
