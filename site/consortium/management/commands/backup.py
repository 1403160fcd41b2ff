"""`manage.py backup DOSSIER`"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.backups import write_backup
from core.errors import DomainError


class Command(BaseCommand):
    help = "Sauvegarde la base et les fichiers dans un dossier neuf (SQLite ou PostgreSQL)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("dossier", type=Path, help="dossier à créer")

    def handle(self, *args, dossier: Path, **options) -> None:
        try:
            manifest = write_backup(dossier, now=timezone.now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"La sauvegarde n’a pas pu être écrite: {error.strerror}."
            ) from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        stored = sum(len(names) for names in manifest["files"].values())
        self.stdout.write(f"Sauvegarde faite dans {dossier}: {rows} lignes, {stored} fichiers.")
