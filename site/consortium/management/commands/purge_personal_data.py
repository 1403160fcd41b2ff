"""`manage.py purge_personal_data [--dry-run]`: to run every night, and after a restore."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.purges import run_purges


class Command(BaseCommand):
    help = "Efface les renseignements personnels dont le délai est passé. À lancer chaque nuit."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="dit ce qui serait effacé, sans rien effacer"
        )

    def handle(self, *args, dry_run: bool, **options) -> None:
        if dry_run:
            self.stdout.write("Essai: rien n’est effacé. Serait effacé aujourd’hui:")
        outcomes = []
        for outcome in run_purges(timezone.now(), dry_run=dry_run):
            self.stdout.write(outcome.sentence)
            outcomes.append(outcome)
        failed = [outcome.label for outcome in outcomes if outcome.erased is None]
        if failed:
            raise CommandError(
                f"À refaire: {', '.join(failed)}. Le journal du serveur dit pourquoi."
            )
