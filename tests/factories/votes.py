"""Answers as they are stored, kept counts included, without going through a phone."""

from appreciation.domain.counts import move_count
from appreciation.enums import Medium
from appreciation.models import HandCount, Rating
from tests.factories.appraisals import SeatFactory


def answer_round(round_, answers, *, medium=Medium.PHONE):
    """One new seat per answer; it gives the same answer to each item of the round's dimension."""
    seats = []
    for answer in answers:
        seat = SeatFactory(meeting=round_.meeting, medium=medium)
        for item in round_.instrument_dimension.items.all():
            Rating.objects.create(seat=seat, item=item, round=round_, answer=answer)
            move_count(seat=seat, round_id=round_.pk, item_id=item.pk, old=None, new=answer)
        seats.append(seat)
    return seats


def raise_hands(round_, counts):
    """`{answer: hands}` on each item of the round's dimension."""
    for item in round_.instrument_dimension.items.all():
        for answer, count in counts.items():
            HandCount.objects.create(
                meeting=round_.meeting, round=round_, item=item, answer=answer, count=count
            )
