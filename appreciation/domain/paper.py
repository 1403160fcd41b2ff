"""Sheets that the team types in: paper, or what was said on a telephone call.

A sheet is one seat, known by its number. Typing the same sheet twice changes nothing. A sheet that
already has answers in a round never changes in silence: the team sees both and corrects on purpose
(`seen`), and the correction is kept in `RatingCorrection` (FEATURES.md P5, P7). Two people who
correct the same sheet at once: the second one sees both (QUALITY.md §4 row 21).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.answer_words import ordinal, sheet_numbers_in_words
from appreciation.domain.counts import Cell, move_counts
from appreciation.domain.gestures import record
from appreciation.domain.locks import lock_meeting
from appreciation.domain.paper_exits import (
    Exits,
    check_exits,
    differing_exits,
    exits_by_seat,
    write_exits,
)
from appreciation.domain.questionnaire import Questionnaire, questionnaire_for
from appreciation.domain.room import entry_is_private
from appreciation.enums import ENTRY_STATES, TEAM_ENTERED_MEDIA, Medium, MeetingState, SpecialAnswer
from appreciation.models import Meeting, Rating, RatingCorrection, Round, Seat
from core.errors import DomainError

HIGHEST_SHEET_NUMBER = 99_999
Answers = Mapping[int, int | None]

NOT_OPEN = "La rencontre n’est pas encore ouverte: ouvrez-la à la console, puis saisissez."
ENTRY_DONE = (
    "La saisie est terminée. La personne responsable peut la rouvrir à la console; "
    "c’est écrit au journal."
)
MIRRORED = (
    "L’écran est celui de la salle: tout le monde lirait cette page. À la console, débranchez "
    "d’abord le projecteur. Une personne qui a un accès d’un soir saisit sur son propre appareil."
)


@dataclass(frozen=True)
class Sheet:
    """One sheet as typed. In `answers` None means no answer; an item left out is left alone.

    `exits` are the exit questions, which belong to no round. `sector_id` None keeps what is known.
    `medium` only counts for a new sheet. `seen` is the `sheet_fingerprint` that was on screen when
    the team chose to replace; empty for a new sheet.
    """

    number: int
    answers: Answers
    sector_id: int | None = None
    medium: str = Medium.PAPER
    seen: str = ""
    exits: Exits = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        return all(answer is None for answer in (*self.answers.values(), *self.exits.values()))


@dataclass(frozen=True)
class SheetConflict:
    """A sheet already typed otherwise: `stored` is what is kept, `differing` the items at odds."""

    number: int
    stored: Mapping[int, int]
    differing: frozenset[int]
    sector_id: int | None = None
    sector_differs: bool = False
    stored_exits: Mapping[str, str] = field(default_factory=dict)
    differing_exits: frozenset[str] = frozenset()

    @property
    def fingerprint(self) -> str:
        return sheet_fingerprint(self.stored, self.sector_id, self.stored_exits)


@dataclass(frozen=True)
class EntryOutcome:
    """What became of each sheet, by number. Sheets without any answer are in none of the lists."""

    entered: tuple[int, ...] = ()
    unchanged: tuple[int, ...] = ()
    corrected: tuple[int, ...] = ()
    conflicts: tuple[SheetConflict, ...] = ()

    @property
    def changes_something(self) -> bool:
        return bool(self.entered or self.corrected)


def sheet_fingerprint(
    answers: Mapping[int, int], sector_id: int | None, exits: Mapping[str, str] | None = None
) -> str:
    """What a sheet holds in one round, as a short text: the same text, the same sheet."""
    said = ",".join(f"{item_id}:{answer}" for item_id, answer in sorted(answers.items()))
    left = ",".join(f"{question}:{answer}" for question, answer in sorted((exits or {}).items()))
    return f"{said}|{sector_id or ''}|{left}"


def ensure_entry_open(meeting: Meeting) -> None:
    """Paper and hands wait for the opening and stop at « Saisie terminée » (DESIGN.md §5)."""
    if meeting.state in ENTRY_STATES:
        return
    raise DomainError(ENTRY_DONE if meeting.state == MeetingState.ENTRY_DONE else NOT_OPEN)


def ensure_private_screen(meeting: Meeting, actor: Actor) -> None:
    """What the team types must not show on the wall of the hall (single-screen mode).

    The evening's secretary has a device of her own; the command line has no screen.
    """
    if entry_is_private(meeting) and actor.user is not None:
        raise DomainError(MIRRORED)


def rounds_by_item(
    meeting: Meeting, questionnaire: Questionnaire, round_number: int
) -> dict[int, int]:
    """`{item: round}` for the items whose dimension has a round of that number."""
    rounds = dict(
        Round.objects.filter(meeting=meeting, number=round_number).values_list(
            "instrument_dimension_id", "pk"
        )
    )
    return {
        item.id: rounds[dimension.id]
        for dimension in questionnaire.rated_dimensions
        if dimension.id in rounds
        for item in dimension.items
    }


def enter_sheets(
    *,
    meeting: Meeting,
    actor: Actor,
    sheets: Iterable[Sheet],
    round_number: int = 1,
    dry_run: bool = False,
) -> EntryOutcome:
    """Store the sheets for one round; sheets in conflict are left as they are and returned.

    One transaction under the meeting's lock, a constant number of queries. Raises DomainError when
    entry is not open, the team's screen is the hall's, a number comes twice, an answer is outside
    its scale or its round does not exist. With `dry_run` everything is checked, nothing written.
    """
    sheets = tuple(sheets)
    with transaction.atomic():
        locked = lock_meeting(meeting)
        ensure_entry_open(locked)
        ensure_private_screen(locked, actor)
        desk = _Desk(locked, actor, round_number)
        desk.check(sheets)
        outcome = desk.sort(sheets)
        if outcome.changes_something and not dry_run:
            desk.write()
            said = _in_words(outcome, desk.corrected_exits, round_number)
            record(locked, actor, "Feuilles saisies", said)
        return outcome


@dataclass
class _Desk:
    """The work of one entry: what is stored now, and what is to be written."""

    meeting: Meeting
    actor: Actor
    round_number: int
    fresh: list[Sheet] = field(default_factory=list)
    moved_seats: list[Seat] = field(default_factory=list)
    moves: Counter[Cell] = field(default_factory=Counter)
    new_ratings: list[Rating] = field(default_factory=list)
    changed_ratings: list[Rating] = field(default_factory=list)
    erased_ratings: list[int] = field(default_factory=list)
    corrections: list[RatingCorrection] = field(default_factory=list)
    changed_exits: list[tuple[Seat, Exits]] = field(default_factory=list)
    corrected_exits: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = timezone.now()
        self.questionnaire = questionnaire_for(self.meeting.instrument)
        self.rounds = rounds_by_item(self.meeting, self.questionnaire, self.round_number)

    def check(self, sheets: tuple[Sheet, ...]) -> None:
        twice = [number for number, times in Counter(s.number for s in sheets).items() if times > 1]
        if twice:
            raise DomainError(f"La feuille {twice[0]} est là deux fois: donnez un autre numéro.")
        for sheet in sheets:
            self._check_sheet(sheet)

    def _check_sheet(self, sheet: Sheet) -> None:
        if not 1 <= sheet.number <= HIGHEST_SHEET_NUMBER:
            raise DomainError(
                f"Le numéro de feuille va de 1 à {HIGHEST_SHEET_NUMBER}, reçu {sheet.number}."
            )
        if sheet.medium not in TEAM_ENTERED_MEDIA:
            raise DomainError("Une feuille vient du papier ou d’un appel téléphonique.")
        if sheet.sector_id is not None and not self.meeting.asks_sector:
            raise DomainError("Cette rencontre ne demande pas le secteur: laissez-le vide.")
        check_exits(sheet.number, sheet.exits)
        for item_id, answer in sheet.answers.items():
            if answer is not None:
                self._check_answer(sheet, item_id, answer)

    def _check_answer(self, sheet: Sheet, item_id: int, answer: int) -> None:
        item = self.questionnaire.items_by_id.get(item_id)
        if item is None:
            raise DomainError(f"Feuille {sheet.number}: une question n’est pas de cet instrument.")
        if item_id not in self.rounds:
            raise DomainError(
                f"Feuille {sheet.number}: il n’y a pas de {ordinal(self.round_number)} tour "
                f"pour « {item.text} »."
            )
        if answer not in SpecialAnswer.values and not 1 <= answer <= len(item.levels):
            raise DomainError(
                f"Feuille {sheet.number}: le niveau {answer} n’existe pas; "
                f"choisissez de 1 à {len(item.levels)}."
            )

    def sort(self, sheets: tuple[Sheet, ...]) -> EntryOutcome:
        """What each sheet is, against what is stored; `write` then makes it so."""
        seats = {
            seat.sheet_number: seat
            for seat in Seat.objects.filter(meeting=self.meeting, sheet_number__isnull=False)
        }
        stored, exits = self._stored_ratings(), exits_by_seat(self.meeting)
        lists: dict[str, list] = {"unchanged": [], "corrected": [], "conflicts": [], "entered": []}
        for sheet in sheets:
            seat = seats.get(sheet.number)
            if seat is None:
                if not sheet.is_blank:
                    self.fresh.append(sheet)
                continue
            known = stored.get(seat.pk, {}), exits.get(seat.pk, {})
            fate, what = self._meet_known_seat(sheet, seat, *known)
            lists[fate].append(what)
        entered = sorted([*lists["entered"], *(sheet.number for sheet in self.fresh)])
        return EntryOutcome(
            entered=tuple(entered),
            unchanged=tuple(lists["unchanged"]),
            corrected=tuple(lists["corrected"]),
            conflicts=tuple(lists["conflicts"]),
        )

    def _stored_ratings(self) -> dict[int, dict[int, Rating]]:
        stored: dict[int, dict[int, Rating]] = {}
        ratings = Rating.objects.filter(
            round__meeting=self.meeting,
            round__number=self.round_number,
            seat__sheet_number__isnull=False,
        )
        for rating in ratings:
            stored.setdefault(rating.seat_id, {})[rating.item_id] = rating
        return stored

    def _meet_known_seat(
        self, sheet: Sheet, seat: Seat, ratings: dict[int, Rating], exits: dict[str, str]
    ) -> tuple[str, int | SheetConflict]:
        differing = frozenset(
            item_id
            for item_id, answer in sheet.answers.items()
            if answer != (ratings[item_id].answer if item_id in ratings else None)
        )
        sector_differs = sheet.sector_id not in (None, seat.sector_id)
        other_exits = differing_exits(sheet.exits, exits)
        if not differing and not sector_differs and not other_exits:
            return "unchanged", sheet.number
        rated_otherwise = bool(ratings) and (bool(differing) or sector_differs)
        sector_changes = sector_differs and seat.sector_id is not None
        is_correction = rated_otherwise or sector_changes or bool(exits and other_exits)
        stored = {item_id: rating.answer for item_id, rating in ratings.items()}
        if is_correction and sheet.seen != sheet_fingerprint(stored, seat.sector_id, exits):
            conflict = (seat.sector_id, sector_differs, exits, other_exits)
            return "conflicts", SheetConflict(sheet.number, stored, differing, *conflict)
        if sector_differs:
            self._change_sector(seat, sheet.sector_id)
        if other_exits:
            self.changed_exits.append((seat, {**exits, **sheet.exits}))
            self.corrected_exits += [sheet.number] if exits else []
        for item_id in sorted(differing):
            if is_correction:
                self._keep_correction(seat, item_id, ratings.get(item_id), sheet.answers[item_id])
            self._change(seat, item_id, ratings.get(item_id), sheet.answers[item_id])
        return ("corrected" if is_correction else "entered"), sheet.number

    def _change_sector(self, seat: Seat, sector_id: int | None) -> None:
        """The seat's answers, in every round, change column in the counts."""
        ratings = Rating.objects.filter(seat=seat).values_list("round_id", "item_id", "answer")
        for round_id, item_id, answer in ratings:
            self.moves[round_id, item_id, answer, seat.medium, seat.sector_id] -= 1
            self.moves[round_id, item_id, answer, seat.medium, sector_id] += 1
        seat.sector_id = sector_id
        self.moved_seats.append(seat)

    def _change(self, seat: Seat, item_id: int, old: Rating | None, new: int | None) -> None:
        round_id = self.rounds[item_id]
        if old is not None:
            self._count(seat, item_id, old.answer, -1)
        if new is not None:
            self._count(seat, item_id, new, +1)
        if new is None and old is not None:
            self.erased_ratings.append(old.pk)
        elif old is None and new is not None:
            self.new_ratings.append(
                Rating(
                    seat=seat,
                    item_id=item_id,
                    round_id=round_id,
                    answer=new,
                    recorded_at=self.now,
                )
            )
        elif old is not None and new is not None:
            old.answer, old.recorded_at, old.sequence = new, self.now, old.sequence + 1
            self.changed_ratings.append(old)

    def _count(self, seat: Seat, item_id: int, answer: int, by: int) -> None:
        self.moves[self.rounds[item_id], item_id, answer, seat.medium, seat.sector_id] += by

    def _keep_correction(
        self, seat: Seat, item_id: int, old: Rating | None, new: int | None
    ) -> None:
        self.corrections.append(
            RatingCorrection(
                seat=seat,
                item_id=item_id,
                old_answer=old.answer if old else None,
                new_answer=new,
                user=self.actor.user,
                by_label=self.actor.label[:80],
            )
        )

    def _create_seats(self, sheets: list[Sheet]) -> None:
        """A paper seat has no token: no device can speak for it."""
        seats = Seat.objects.bulk_create(
            [
                Seat(
                    meeting=self.meeting,
                    token=None,
                    medium=sheet.medium,
                    sheet_number=sheet.number,
                    sector_id=sheet.sector_id,
                )
                for sheet in sheets
            ]
        )
        for seat, sheet in zip(seats, sheets, strict=True):
            self.changed_exits += [(seat, sheet.exits)] if any(sheet.exits.values()) else []
            for item_id, answer in sheet.answers.items():
                self._change(seat, item_id, None, answer)

    def write(self) -> None:
        self._create_seats(self.fresh)
        Seat.objects.bulk_update(self.moved_seats, ("sector",))
        Rating.objects.filter(pk__in=self.erased_ratings).delete()
        Rating.objects.bulk_update(
            self.changed_ratings, ("answer", "recorded_at", "sequence"), batch_size=200
        )
        Rating.objects.bulk_create(self.new_ratings, batch_size=500)
        RatingCorrection.objects.bulk_create(self.corrections, batch_size=500)
        write_exits(self.changed_exits)
        move_counts(meeting=self.meeting, moves=self.moves)


def _in_words(outcome: EntryOutcome, corrected_exits: list[int], round_number: int) -> str:
    parts = []
    if outcome.entered:
        parts.append(f"saisies: {sheet_numbers_in_words(outcome.entered)}")
    if outcome.corrected:
        parts.append(f"corrigées: {sheet_numbers_in_words(outcome.corrected)}")
    said = f"{'; '.join(parts)} ({ordinal(round_number)} tour)"
    if not corrected_exits:
        return said
    return f"{said}; questions de sortie corrigées: {sheet_numbers_in_words(corrected_exits)}"
