"""`manage.py restore DOSSIER [--remplacer] [--sans-purge]`"""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from appreciation.domain.person_data import erased_imprints, remember_erased
from core.backups import restore_backup
from core.errors import DomainError


class Command(BaseCommand):
    help = "Vérifie une sauvegarde, puis la remet en place, en entier ou pas du tout."

    def add_arguments(self, parser) -> None:
        parser.add_argument("dossier", type=Path, help="dossier fait par « backup »")
        parser.add_argument(
            "--remplacer",
            action="store_true",
            help="efface ce que la base et les dossiers contiennent",
        )
        parser.add_argument(
            "--sans-purge",
            action="store_true",
            help="ne relance pas l’effacement des délais passés",
        )

    def handle(self, *args, dossier: Path, remplacer: bool, sans_purge: bool, **options) -> None:
        erased = erased_imprints()
        try:
            manifest = restore_backup(dossier, replace=remplacer)
        except DomainError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Rien n’a été remis en place: {error.strerror or error}") from error
        self.stdout.write(f"Sauvegarde du {manifest['made_at']} remise en place.")
        if not sans_purge:
            # What had been erased since the backup must not live again (QUALITY.md §4 row 30).
            call_command("purge_personal_data", stdout=self.stdout)
        remember_erased(erased)
        call_command("personal_data", "--replay", stdout=self.stdout)
