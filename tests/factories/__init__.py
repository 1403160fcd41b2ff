"""Valid objects, free of surprise: a factory invents nothing that a test does not ask for."""

from tests.factories.appraisals import (
    AppraisalFactory,
    InstrumentDimensionFactory,
    InstrumentFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    RoundFactory,
    ScaleFactory,
    SeatFactory,
)
from tests.factories.interests import InterestRequestFactory
from tests.factories.people import RoleAssignmentFactory, UserFactory
from tests.factories.places import DimensionFactory, PlaceFactory, SectorFactory

__all__ = [
    "AppraisalFactory",
    "DimensionFactory",
    "InstrumentDimensionFactory",
    "InstrumentFactory",
    "InterestRequestFactory",
    "ItemFactory",
    "MeetingFactory",
    "MembershipFactory",
    "PlaceFactory",
    "RoleAssignmentFactory",
    "RoundFactory",
    "ScaleFactory",
    "SeatFactory",
    "SectorFactory",
    "UserFactory",
]
