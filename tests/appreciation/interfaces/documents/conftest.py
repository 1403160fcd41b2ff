"""A démarche whose hall is ready: date, place, people, an instrument of twelve questions."""

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from appreciation.interfaces.documents.before_meeting import HALL_DOCUMENTS
from appreciation.interfaces.documents.contract import Making
from appreciation.models import PracticalItem
from tests.factories import AppraisalFactory, InstrumentFactory, MeetingFactory
from tests.factories.places import PlaceFactory

BASE_URL = "https://demarches.exemple.org"
DOCUMENTS = {each.code: each for each in HALL_DOCUMENTS}


def make(making: Making, code: str) -> bytes:
    making = dataclasses.replace(making)  # the next one reads again
    assert DOCUMENTS[code].refusal(making) == ""
    return DOCUMENTS[code].build(making)


@pytest.fixture(scope="module")
def making(kept_for_the_module):
    appraisal = AppraisalFactory(
        at_meeting=True,
        place=PlaceFactory(name="Village-Exemple"),
        instrument=InstrumentFactory(with_items=12),
        is_demo=True,
        expected_attendance=12,
        contact_name="Rose Exemple",
        contact_phone="819 555-0142",
        requested_by="Comité Exemple",
    )
    meeting = MeetingFactory(
        appraisal=appraisal,
        starts_at=dt.datetime(2026, 10, 22, 18, 45, tzinfo=ZoneInfo("America/Toronto")),
        venue="Salle des loisirs",
        is_open_to_all=True,
    )
    PracticalItem.objects.create(appraisal=appraisal, kind="meal", detail="de la soupe")
    return Making(appraisal, meeting, BASE_URL)
