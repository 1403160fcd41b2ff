"""Answers given by seats, with the kept counts moved as the application moves them."""

from collections.abc import Sequence

from django.utils import timezone

from appreciation.domain.counts import move_count
from appreciation.enums import Medium, MeetingState, RoundState
from appreciation.models import Appraisal, Item, Meeting, Rating, Round, Seat
from tests.factories.appraisals import RoundFactory

DOES_NOT_KNOW = -1
DECLINED = -2


def items_of(appraisal: Appraisal) -> list[Item]:
    """The statements of the démarche's instrument, in their order."""
    return list(Item.objects.filter(instrument_dimension__instrument=appraisal.instrument))


def seats_of(meeting: Meeting, count: int, *, medium: str = Medium.PHONE) -> list[Seat]:
    """The first `count` seats of this medium, made when missing: seat i is always the same."""
    seats = list(Seat.objects.filter(meeting=meeting, medium=medium)[:count])
    missing = [Seat(meeting=meeting, medium=medium) for _ in range(count - len(seats))]
    return [*seats, *Seat.objects.bulk_create(missing)]


def answer(
    meeting: Meeting,
    item: Item,
    answers: Sequence[int],
    *,
    number: int = 1,
    seats: Sequence[Seat] | None = None,
) -> Round:
    """Seat i gives `answers[i]` in round `number` of the item's dimension. Returns that round."""
    dimension = item.instrument_dimension
    round_ = meeting.rounds.filter(
        instrument_dimension=dimension, number=number
    ).first() or RoundFactory(
        meeting=meeting,
        instrument_dimension=dimension,
        number=number,
        state=RoundState.CLOSED,
        closed_at=timezone.now(),
    )
    for seat, value in zip(seats or seats_of(meeting, len(answers)), answers, strict=True):
        Rating.objects.create(seat=seat, item=item, round=round_, answer=value)
        move_count(seat=seat, round_id=round_.pk, item_id=item.pk, old=None, new=value)
    return round_


def finish(meeting: Meeting, *, reveal: bool = True) -> Meeting:
    """Every round closed (and revealed), entry done."""
    now = timezone.now()
    meeting.rounds.update(
        state=RoundState.REVEALED if reveal else RoundState.CLOSED,
        opened_at=now,
        closed_at=now,
        revealed_at=now if reveal else None,
    )
    meeting.state = MeetingState.ENTRY_DONE
    meeting.opened_at = meeting.closed_at = meeting.entry_done_at = now
    meeting.save()
    return meeting


def spread(*levels: int, does_not_know: int = 0) -> list[int]:
    """`spread(1, 2, 0, 3)`: one answer at level 1, two at level 2, three at level 4."""
    answers = [level for level, count in enumerate(levels, 1) for _ in range(count)]
    return answers + [DOES_NOT_KNOW] * does_not_know
