from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from appreciation.domain.queries.register_browsing import RegisterFilters, browse, editions_of
from appreciation.interfaces.register_export import register_file
from core.open_data import FORMATS


class Command(BaseCommand):
    help = "Écrit le registre public (ce que tout le monde peut lire) dans un fichier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=FORMATS, default="csv")
        parser.add_argument(
            "-o", "--output", type=Path, metavar="FICHIER", help="Sans lui: à l’écran."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        content = register_file(editions_of(browse(RegisterFilters()).ids), options["format"])
        output = options["output"]
        if output is None:
            if options["format"] == "xlsx":
                raise CommandError("Un fichier Excel ne s’affiche pas: donnez -o FICHIER.")
            self.stdout.write(content.decode("utf-8-sig"), ending="")
            return
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"Impossible d’écrire {output}.") from error
        self.stdout.write(f"Le registre est dans {output}.")
