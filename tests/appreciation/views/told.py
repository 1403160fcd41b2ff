"""An evening with a bit of everything: agreed, opposed then shared, hidden, unsure, exits."""

import datetime as dt

from appreciation.enums import ExitLevel, ExitQuestion, PublicationLevel
from appreciation.models import ExitHandCount
from tests.factories import AppraisalFactory, InstrumentFactory, MeetingFactory, MembershipFactory
from tests.factories.answers import answer, finish, items_of, spread
from tests.factories.outcomes import AgreedRatingFactory

STRONG, SPLIT, HIDDEN, UNSURE = range(4)


def told_meeting(lead, **values):
    """Twelve people. Items q1 agreed, q2 opposed then shared, q3 two answers, q4 unsure."""
    appraisal = AppraisalFactory(
        at_meeting=True,
        place__name="Rivière-Exemple",
        instrument=InstrumentFactory(with_items=4),
        announced_level=PublicationLevel.FULL,
        **values,
    )
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    meeting = MeetingFactory(
        appraisal=appraisal,
        starts_at=dt.datetime(2026, 10, 22, 23, 30, tzinfo=dt.UTC),
        head_count=12,
    )
    items = items_of(appraisal)
    answer(meeting, items[STRONG], spread(0, 0, 2, 10))
    answer(meeting, items[SPLIT], spread(6, 0, 0, 6))
    answer(meeting, items[SPLIT], spread(2, 4, 4, 2), number=2)
    answer(meeting, items[HIDDEN], spread(1, 0, 0, 1))
    answer(meeting, items[UNSURE], spread(0, 0, 7, 0, does_not_know=5))
    AgreedRatingFactory(
        meeting=meeting,
        item=items[SPLIT],
        level=2,
        reason="On pense aux rangs.",
        dissent="Au village, c’est acquis.",
    )
    for level, count in ((ExitLevel.YES, 8), (ExitLevel.NO, 1)):
        ExitHandCount.objects.create(
            meeting=meeting, question=ExitQuestion.HEARD, answer=level, count=count
        )
    return finish(meeting)


def dimension_name(meeting, index: int) -> str:
    return str(items_of(meeting.appraisal)[index].instrument_dimension.dimension)
