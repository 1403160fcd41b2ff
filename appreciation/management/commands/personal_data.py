"""`manage.py personal_data --find EMAIL [--export FILE | --erase]`, `--replay` after a restore."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from appreciation.domain.person_data import erase_again, erase_person, export_person, find_person
from core.errors import DomainError


class Command(BaseCommand):
    help = "Trouve, remet ou efface tout ce que le site garde sur une personne."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--find", metavar="COURRIEL_OU_NOM", help="la personne")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--export", metavar="FICHIER", type=Path, help="écrit tout en JSON")
        what.add_argument("--erase", action="store_true", help="efface la personne partout")
        parser.add_argument(
            "--replay",
            action="store_true",
            help="efface de nouveau, après une restauration, qui avait été effacé",
        )

    def handle(self, *args, find: str, export: Path, erase: bool, replay: bool, **options) -> None:
        if replay:
            self.stdout.write(f"Effacées de nouveau: {erase_again()}.")
            return
        try:
            self._one(find, export, erase=erase)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _one(self, find: str, export: Path | None, *, erase: bool) -> None:
        if not find:
            raise CommandError("Donnez le courriel de la personne: --find prenom@exemple.org.")
        if export:
            export.write_text(export_person(find), encoding="utf-8")
            self.stdout.write("Le fichier est écrit. Remettez-le à la personne, puis effacez-le.")
        elif erase:
            self._erase(find)
        else:
            self._list(find)

    def _list(self, email: str) -> None:
        found = find_person(email)
        for one in found:
            self.stdout.write(f"{one.holding.title}, {one.pk}: {', '.join(one.values)}")
        self.stdout.write(f"Trouvées: {len(found)} inscriptions.")

    def _erase(self, email: str) -> None:
        erased = erase_person(email)
        self.stdout.write(f"Effacée: {erased.rows} inscriptions.")
        for one in erased.by_hand:
            self.stdout.write(f"À regarder à la main: {one.holding.title}, {one.pk}")
