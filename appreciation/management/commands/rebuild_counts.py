from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from appreciation.domain.answer_words import answer_word, ordinal
from appreciation.domain.counts import (
    Cell,
    count_differences,
    meetings_at_odds,
    rebuild_counts,
)
from appreciation.enums import Medium
from appreciation.models import Item, Meeting, Round
from reference.models import Sector

EVERYTHING_EQUAL = "Tous les décomptes sont égaux aux réponses."


class Command(BaseCommand):
    help = (
        "Recompte les réponses, refait les décomptes qui diffèrent et prouve qu’ils sont égaux. "
        "Sort en erreur (1) si un décompte reste faux."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--meeting", metavar="RÉFÉRENCE", help="Une seule rencontre.")
        parser.add_argument(
            "--verifier",
            action="store_true",
            help="Sortir en erreur si un décompte était faux, même réparé.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        meetings = Meeting.every.order_by("reference")
        if reference := options["meeting"]:
            meetings = meetings.filter(reference=reference)
            if not meetings:
                raise CommandError(f"Aucune rencontre ne porte la référence « {reference} ».")
        chosen = meetings.values_list("pk", flat=True)
        doubtful = list(meetings_at_odds(chosen=chosen if reference else None))
        wrong, left = [], []
        for meeting in meetings.filter(pk__in=doubtful):
            with transaction.atomic():  # the proof is made before the meeting is let go
                if self._rebuild(meeting):
                    wrong.append(meeting.reference)
                if count_differences(meeting):
                    left.append(meeting.reference)
        self.stdout.write(_summary(len(chosen), wrong))
        if left:
            raise CommandError(f"Décomptes qui restent faux: {', '.join(left)}.")
        if wrong and options["verifier"]:
            raise CommandError(f"Décomptes faux, refaits: {', '.join(wrong)}.")

    def _rebuild(self, meeting: Meeting) -> bool:
        differences = rebuild_counts(meeting=meeting)
        for cell, (kept, recounted) in differences.items():
            self.stdout.write(
                f"{meeting.reference}, {_in_words(cell)}: {kept} au décompte, {recounted} réponses."
            )
        if differences:
            said = (
                "les secteurs ne se recomptent plus, les jetons sont effacés. Rien n’est changé."
                if meeting.unlinked_at
                else "décomptes refaits, égaux aux réponses."
            )
            self.stdout.write(f"{meeting.reference}: {said}")
        return bool(differences)


def _summary(seen: int, wrong: list[str]) -> str:
    plural = "s" if seen > 1 else ""
    said = f"{len(wrong)} à réparer." if wrong else EVERYTHING_EQUAL
    return f"{seen} rencontre{plural} vue{plural}. {said}"


def _in_words(cell: Cell) -> str:
    round_id, item_id, answer, medium, sector_id = cell
    number = Round.objects.values_list("number", flat=True).get(pk=round_id)
    code = Item.objects.values_list("code", flat=True).get(pk=item_id)
    sector = f", {Sector.objects.get(pk=sector_id)}" if sector_id else ""
    return (
        f"{ordinal(number)} tour, {code}, réponse {answer_word(answer)}, "
        f"{Medium(medium).label}{sector}"
    )
