from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from appreciation.domain.answer_words import answer_word
from appreciation.domain.counts import Cell, count_differences, rebuild_counts
from appreciation.enums import Medium
from appreciation.models import Meeting

Differences = dict[Cell, tuple[int, int]]


class Command(BaseCommand):
    help = "Refait les décomptes à partir des réponses et prouve qu’ils sont égaux."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--meeting", metavar="RÉFÉRENCE", help="Une seule rencontre.")
        parser.add_argument(
            "--verifier",
            action="store_true",
            help="Sortir en erreur si un décompte était faux, même réparé.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        meetings = Meeting.objects.order_by("reference")
        if options["meeting"]:
            meetings = meetings.filter(reference=options["meeting"])
            if not meetings:
                raise CommandError(
                    f"Aucune rencontre ne porte la référence « {options['meeting']} »."
                )
        wrong = [meeting.reference for meeting in meetings if self._rebuild(meeting)]
        self.stdout.write(f"{len(meetings)} rencontres vues, {len(wrong)} à réparer.")
        if wrong and options["verifier"]:
            raise CommandError(f"Décomptes faux: {', '.join(wrong)}.")

    def _rebuild(self, meeting: Meeting) -> Differences:
        differences = rebuild_counts(meeting=meeting)
        for cell, (kept, recounted) in differences.items():
            self.stdout.write(
                f"{meeting.reference}, {_in_words(cell)}: {kept} au décompte, {recounted} réponses."
            )
        if differences:
            meeting.refresh_from_db()
            left = count_differences(meeting)
            self.stdout.write(
                f"{meeting.reference}: "
                + ("décomptes refaits, égaux aux réponses." if not left else "non réparable.")
            )
            if left and not meeting.unlinked_at:
                raise CommandError(f"{meeting.reference}: les décomptes restent faux.")
        return differences


def _in_words(cell: Cell) -> str:
    round_id, item_id, answer, medium, sector_id = cell
    sector = f", secteur {sector_id}" if sector_id else ""
    return (
        f"tour n° {round_id}, énoncé n° {item_id}, réponse {answer_word(answer)}, "
        f"{Medium(medium).label}{sector}"
    )
