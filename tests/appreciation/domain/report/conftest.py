import datetime as dt

import pytest

from tests.factories import AppraisalFactory, MeetingFactory
from tests.factories.answers import answer, finish, items_of, spread


@pytest.fixture
def told_appraisal():
    """A finished evening of 12 people: agreed, opposed, and too few answers."""
    appraisal = AppraisalFactory(at_meeting=True, place__name="Rivière-Exemple")
    meeting = MeetingFactory(
        appraisal=appraisal,
        starts_at=dt.datetime(2026, 10, 22, 23, 30, tzinfo=dt.UTC),
        head_count=12,
        venue="Salle communautaire",
    )
    first, second, third = items_of(appraisal)
    answer(meeting, first, spread(0, 0, 2, 10))
    answer(meeting, second, spread(6, 0, 0, 6))
    answer(meeting, third, spread(1, 3, 0, 0))
    finish(meeting)
    return appraisal
