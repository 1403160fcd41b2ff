"""How each community answered, dimension by dimension, however many there are: read as a stream.

Each dimension is read at its last vote that somebody answered, once entry is finished: what leaves
the démarche (DESIGN.md §5) is the same here and on its own results. Phones, paper and hands are
together; who passed is no respondent; communities are never summed (DOMAIN.md §7.4).

What comes out is raw: `core.disclosure` decides what may leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from heapq import merge
from itertools import groupby
from operator import add, itemgetter

from django.db import connections
from django.db.models import Case, Count, F, Field, Q, QuerySet, Sum, When

from appreciation.enums import FINISHED_ROUND_STATES, MAX_LEVELS, MeetingState, SpecialAnswer
from appreciation.models import HandCount, Item, Rating, RatingCount
from core.disclosure import AnswerCounts

CHUNK = 2000
CODES = (*range(1, MAX_LEVELS + 1), int(SpecialAnswer.DOES_NOT_KNOW))
AS_IT_COMES: Field = Field()
"""Both databases give whole numbers: a million conversions are saved."""
NOBODY = (0,) * len(CODES)


class Source(Enum):
    """Where the numbers are read: the counts kept with each answer, or the answers themselves."""

    KEPT = "kept"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class DimensionCounts:
    """What one meeting answered to one dimension at its last vote.

    `items` holds every item of the dimension in its order, by code, without an answer or not:
    `core.disclosure.disclose_dimension` takes it as it is.
    """

    meeting_id: int
    code: str
    round_number: int
    items: Mapping[str, AnswerCounts]


def distributions(
    meetings: Iterable[int] | QuerySet | None = None, *, source: Source = Source.KEPT
) -> Iterator[DimensionCounts]:
    """Meetings in the order of their ids, dimensions in that of the instrument.

    `meetings` are ids, a queryset of meetings, or None for all (rehearsals never are). Three
    queries whatever their number, and one meeting in memory at a time. With `Source.ANSWERS` each
    answer is counted again: the same result proves the kept counts.
    """
    asked = _asked()
    streams = (_seated(meetings, source), _raised(meetings))
    rows = merge(*map(_read, streams), key=itemgetter(0))
    for meeting_id, cells in groupby(rows, key=itemgetter(0)):
        yield from _of_meeting(meeting_id, cells, asked)


def _read(stream: QuerySet) -> Iterator[tuple]:
    """PostgreSQL counts with one process only what is read through a cursor: there, all rows are
    taken at once. There is one for each statement of each meeting, however many people answered.
    """
    if connections[stream.db].vendor == "postgresql":
        return iter(list(stream))
    return stream.iterator(chunk_size=CHUNK)


def _seated(meetings: Iterable[int] | QuerySet | None, source: Source) -> QuerySet:
    if source is Source.KEPT:
        return _pivot(RatingCount.objects.filter(count__gt=0), meetings, "meeting", _summed)
    return _pivot(Rating.objects.all(), meetings, "round__meeting", _counted)


def _raised(meetings: Iterable[int] | QuerySet | None) -> QuerySet:
    return _pivot(HandCount.objects.filter(count__gt=0), meetings, "meeting", _summed)


def _pivot(
    rows: QuerySet, meetings: Iterable[int] | QuerySet | None, path: str, people
) -> QuerySet:
    """One row per meeting, round and item; one column per answer."""
    if meetings is not None:
        rows = rows.filter(**{f"{path}__in": meetings})
    over = {
        f"{path}__appraisal__is_rehearsal": False,
        f"{path}__state": MeetingState.ENTRY_DONE,
        "round__state__in": FINISHED_ROUND_STATES,
    }
    return (
        rows.filter(**over)
        .order_by(f"{path}_id")
        .values_list(
            F(f"{path}_id"), F("round__instrument_dimension_id"), F("round__number"), F("item_id")
        )
        .annotate(**{f"answer_{rank}": people(code) for rank, code in enumerate(CODES)})
    )


def _summed(answer: int) -> Sum:
    return Sum(Case(When(answer=answer, then="count"), default=0), output_field=AS_IT_COMES)


def _counted(answer: int) -> Count:
    return Count("pk", filter=Q(answer=answer), output_field=AS_IT_COMES)


@dataclass(frozen=True, slots=True)
class _Dimension:
    """What an instrument asks of a dimension: `{item: (code, number of levels)}` in its order."""

    code: str
    rank: int
    items: Mapping[int, tuple[str, int]]


def _asked() -> Mapping[int, _Dimension]:
    """Every dimension of every instrument: few, beside the answers. One query."""
    rows = (
        Item.objects.order_by("instrument_dimension_id", "position", "pk")
        .annotate(
            own=Count("scale__levels", distinct=True),
            usual=Count("instrument_dimension__instrument__scale__levels", distinct=True),
        )
        .values_list(
            "instrument_dimension_id",
            "instrument_dimension__dimension__code",
            "instrument_dimension__position",
            "pk",
            "code",
            "own",
            "usual",
        )
    )
    asked = {}
    for pk, lines in groupby(rows, key=itemgetter(0)):
        kept = list(lines)
        items = {item: (code, own or usual) for *_, item, code, own, usual in kept}
        asked[pk] = _Dimension(code=kept[0][1], rank=kept[0][2], items=items)
    return asked


def _of_meeting(
    meeting_id: int, rows: Iterable[tuple], asked: Mapping[int, _Dimension]
) -> Iterator[DimensionCounts]:
    """The last vote of each dimension that somebody answered."""
    last: dict[int, int] = {}
    given: dict[tuple[int, int], dict[int, list[int]]] = {}
    for _, dimension_id, number, item_id, *people in rows:
        last[dimension_id] = max(number, last.get(dimension_id, 0))
        items = given.setdefault((dimension_id, number), {})
        known = items.get(item_id)
        items[item_id] = people if known is None else [*map(add, known, people)]
    for dimension_id in sorted(last, key=lambda pk: (asked[pk].rank, pk)):
        number = last[dimension_id]
        items = given[dimension_id, number]
        yield DimensionCounts(
            meeting_id=meeting_id,
            code=asked[dimension_id].code,
            round_number=number,
            items={
                code: _counts(items.get(item_id, NOBODY), levels)
                for item_id, (code, levels) in asked[dimension_id].items.items()
            },
        )


def _counts(people: Sequence[int], levels: int) -> AnswerCounts:
    return AnswerCounts(levels=tuple(people[:levels]), does_not_know=people[MAX_LEVELS])
