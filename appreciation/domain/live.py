"""What the console knows while the evening goes on: numbers received, never an answer.

`with_pulse` tells in one query whether anything moved; the rest is read only then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import (
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.aggregates import Aggregate
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.crypto import salted_hmac

from appreciation.domain.frozen_questionnaire import questionnaire_in_memory
from appreciation.domain.questionnaire import QuestionnaireDimension
from appreciation.enums import SEAT_MEDIA, Medium, MeetingState, RoundState
from appreciation.models import HandCount, Meeting, RatingCount, Round, Seat
from core.disclosure import ROOM_K

DRAWN_CHAIRS = 120
"""Beyond, chairs would fill the screen: the number says it."""


# --- Has anything moved? --------------------------------------------------------------------------


class Listed(Aggregate):
    """The texts of a group, separated by commas, in whatever order the database likes."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **extra):
        template = "%(function)s(%(expressions)s, ',')"
        return self.as_sql(compiler, connection, function="STRING_AGG", template=template, **extra)


def with_pulse(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Annotate what tells that something changed (see `pulse_of`). No query more."""
    text = TextField()
    cell = Concat(Cast("pk", text), Value(":"), Cast("count", text), output_field=text)
    counts = RatingCount.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    listed = counts.annotate(listed=Listed(cell)).values("listed")
    return meetings.annotate(pulse_counts=Coalesce(Subquery(listed), Value("", text)))


def pulse_of(meeting: Meeting) -> str:
    """A word that differs whenever a screen shows something else. `meeting` read by `with_pulse`.

    Everything but the seats' own answers bumps the revision in its transaction. A seat only adds
    answers or changes them, and the kept counts follow in its transaction: while the revision and
    every count stay the same, so do the numbers received and the distributions. Nothing is added
    up: 2 and 2 instead of 1 and 3 is another word.

    Keyed, because it is in the page: what it stands for would tell what somebody just answered,
    before any reveal.
    """
    counts = sorted(meeting.pulse_counts.split(","))  # type: ignore[attr-defined]
    told = repr((meeting.pk, meeting.revision, counts))
    return salted_hmac("appreciation.pulse", told, algorithm="sha256").hexdigest()[:24]


# --- Numbers received -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Received:
    """People who answered, by medium, against those counted in the hall (None: not counted)."""

    by_medium: Mapping[str, int] = field(default_factory=dict)
    present: int | None = None
    only_paper_left: bool = False
    is_finished: bool = False

    @cached_property
    def total(self) -> int:
        return sum(self.by_medium.values())

    @property
    def waiting(self) -> int:
        """People in the hall from whom nothing came yet."""
        return max(0, (self.present or 0) - self.total)

    @property
    def is_over(self) -> bool:
        return self.present is not None and self.total > self.present

    @property
    def doors(self) -> list[tuple[str, str, int]]:
        """(css class, words, people) for each medium that was used, in a fixed order."""
        shown = [
            (medium.value, _door_words(Medium(medium), count), count)
            for medium in (*SEAT_MEDIA, Medium.HANDS)
            if (count := self.by_medium.get(medium, 0))
        ]
        words = "sans réponse" if self.is_finished else "à venir"
        return [*shown, ("wait", words, self.waiting)] if self.waiting else shown

    @property
    def chairs(self) -> list[str]:
        """One css class per chair, so that the hall is seen at a glance."""
        chairs = [name for name, _, count in self.doors for _ in range(count)]
        return chairs if len(chairs) <= DRAWN_CHAIRS else []

    @property
    def received_words(self) -> str:
        """What follows the one number, written big."""
        return "réponses reçues" if self.total > 1 else "réponse reçue"

    @property
    def present_words(self) -> str:
        return f"{self.people_words} {_agreeing(self.present or 0, 'présente')}"

    @property
    def answers_words(self) -> str:
        return _counted(self.total, "réponse")

    @property
    def counted_words(self) -> str:
        """What follows the number on the wall."""
        return _agreeing(self.total, "réponse")

    @property
    def people_words(self) -> str:
        return _counted(self.present or 0, "personne")

    @property
    def sentence(self) -> str:
        """The gap between answers and people, kindly; empty when nobody counted the hall."""
        if self.present is None:
            return ""
        if self.is_over:
            return (
                f"{self.answers_words} pour {self.people_words}: recomptez la salle, ou vérifiez "
                "si une feuille a été saisie deux fois. Rien n’est bloqué."
            )
        if not self.waiting:
            return "Tout le monde a répondu." if self.total else ""
        if self.is_finished:
            verb = "n’ont" if self.waiting > 1 else "n’a"
            return f"{_counted(self.waiting, 'personne')} {verb} pas répondu."
        awaited = _counted(self.waiting, "feuille" if self.only_paper_left else "réponse")
        came = f"{self.total} {_agreeing(self.total, 'reçue')}"
        there = f"{self.present} {_agreeing(self.present, 'présent')}"
        return f"Il manque {awaited}: {came}, {there}."


def _counted(count: int, noun: str) -> str:
    return f"{count} {_agreeing(count, noun)}"


def _agreeing(count: int, word: str) -> str:
    """In French, nothing and one are singular."""
    return f"{word}s" if count > 1 else word


def _door_words(medium: Medium, count: int) -> str:
    return {
        Medium.PHONE: _agreeing(count, "téléphone"),
        Medium.SHARED_TABLET: "sur la tablette partagée",
        Medium.PAPER: "sur papier",
        Medium.TELEPHONE: "par appel",
        Medium.HANDS: "à main levée",
    }[medium]


# --- The running order ----------------------------------------------------------------------------


@dataclass(frozen=True)
class DimensionLine:
    """One dimension of the evening. `rounds`: first to last, with their numbers received."""

    rank: int
    dimension: QuestionnaireDimension
    rounds: tuple[Round, ...]
    is_current: bool
    received: Received

    @property
    def round(self) -> Round | None:
        """The last vote; None for a dimension that is only discussed."""
        return self.rounds[-1] if self.rounds else None

    @property
    def state(self) -> str:
        return self.round.state if self.round else ""

    @property
    def label(self) -> str:
        if self.round is None:
            return "à discuter" if self.is_discussed_only else "à venir"
        words = ROUND_WORDS[RoundState(self.round.state)]
        return f"{words}, {self.tour}" if self.round.number > 1 else words

    @property
    def is_discussed_only(self) -> bool:
        return self.dimension.discussion_only or not self.dimension.items

    @property
    def tour(self) -> str:
        number = self.round.number if self.round else 1
        return "premier tour" if number == 1 else f"{number}e tour"

    @property
    def answers_before(self) -> int:
        """How many the last vote leaves aside, while it has fewer: the report keeps the last one.

        0 when it is the first vote, or has gathered as many (DESIGN.md §5: final round only).
        """
        before = max((_people_in(round_) for round_ in self.rounds[:-1]), default=0)
        return before if self.received.total < before else 0

    @property
    def was_revealed(self) -> bool:
        return self.round is not None and self.round.revealed_at is not None


ROUND_WORDS = {
    RoundState.WAITING: "à venir",
    RoundState.OPEN: "ouverte",
    RoundState.PAUSED: "en pause",
    RoundState.CLOSED: "fermée",
    RoundState.REVEALED: "révélée",
}


@dataclass(frozen=True)
class LiveMeeting:
    meeting: Meeting
    lines: tuple[DimensionLine, ...]
    received: Received

    @property
    def current(self) -> DimensionLine | None:
        return next((line for line in self.lines if line.is_current), None)

    @property
    def following(self) -> DimensionLine | None:
        """The first dimension to come after the one on the wall, or else the first to come."""
        rank = self.current.rank if self.current else 0
        waiting = [line for line in self.lines if line.state == RoundState.WAITING]
        return next((line for line in waiting if line.rank > rank), waiting[0] if waiting else None)

    @property
    def following_id(self) -> int | None:
        return self.following.dimension.id if self.following else None

    @property
    def is_voting(self) -> bool:
        return any(line.state in (RoundState.OPEN, RoundState.PAUSED) for line in self.lines)

    @property
    def has_few_answers(self) -> bool:
        """Closing and revealing now would show the room nothing: it is asked twice."""
        return self.received.total < ROOM_K

    @property
    def has_something_to_reveal(self) -> bool:
        return any(line.state == RoundState.CLOSED for line in self.lines)


def live_meeting(meeting: Meeting) -> LiveMeeting:
    """The running order and the one number. Two queries for a frozen instrument, however long."""
    dimensions = questionnaire_in_memory(meeting.instrument).dimensions
    rounds: dict[int, list[Round]] = {}
    for round_ in rounds_with_received(meeting.rounds.all()):
        rounds.setdefault(round_.instrument_dimension_id, []).append(round_)
    lines = tuple(
        DimensionLine(
            rank=rank,
            dimension=dimension,
            rounds=tuple(rounds.get(dimension.id, ())),
            is_current=dimension.id == meeting.current_dimension_id,
            received=received_in(meeting, rounds.get(dimension.id, ())),
        )
        for rank, dimension in enumerate(dimensions, 1)
    )
    shown = next((line for line in lines if line.is_current and line.rounds), None)
    received = shown.received if shown else received_overall(meeting)
    return LiveMeeting(meeting, lines, received)


def rounds_with_received(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Rounds in order, with the people who answered each by medium, hands included. One query."""
    hands = (
        HandCount.objects.filter(round=OuterRef("pk"))
        .order_by()
        .values("item")
        .annotate(people=Sum("count"))
        .order_by("-people")
        .values("people")[:1]
    )
    seats = {
        f"from_{medium}": Count(
            "ratings__seat", distinct=True, filter=Q(ratings__seat__medium=medium)
        )
        for medium in SEAT_MEDIA
    }
    return rounds.order_by("number").annotate(
        **seats, from_hands=Coalesce(Subquery(hands, output_field=IntegerField()), 0)
    )


def received_in(meeting: Meeting, rounds: Sequence[Round]) -> Received:
    """What came in the last of these rounds, read by `rounds_with_received`."""
    if not rounds:
        return Received(present=meeting.head_count)
    return Received(
        by_medium=_by_medium(rounds[-1]),
        present=meeting.head_count,
        only_paper_left=meeting.state != MeetingState.OPEN,
        is_finished=meeting.state == MeetingState.ENTRY_DONE,
    )


def _by_medium(round_: Round) -> dict[str, int]:
    return {medium: getattr(round_, f"from_{medium}") for medium in (*SEAT_MEDIA, Medium.HANDS)}


def _people_in(round_: Round) -> int:
    return sum(_by_medium(round_).values())


def received_overall(meeting: Meeting) -> Received:
    """Seats that answered something in the whole meeting. One query."""
    seats = Seat.objects.filter(meeting=meeting, ratings__isnull=False).order_by()
    counted = seats.values_list("medium").annotate(Count("pk", distinct=True))
    return Received(
        by_medium=dict(counted),
        present=meeting.head_count,
        only_paper_left=meeting.state != MeetingState.OPEN,
        is_finished=meeting.state == MeetingState.ENTRY_DONE,
    )
