"""Who opens the screens of the space."""

import pytest
from django.test import Client

from tests.factories import MembershipFactory, PlaceFactory, RoleAssignmentFactory


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def as_lead(lead) -> Client:
    return client_of(lead)


@pytest.fixture
def as_neighbour(neighbour) -> Client:
    return client_of(neighbour)


@pytest.fixture
def as_stranger(stranger) -> Client:
    return client_of(stranger)


@pytest.fixture
def as_observer(appraisal) -> Client:
    return client_of(MembershipFactory(appraisal=appraisal, role="observer").user)


@pytest.fixture
def as_coordinator(appraisal) -> Client:
    """The coordinator of the territory where `appraisal` lies."""
    territory = PlaceFactory(territory=True)
    appraisal.place.parent = territory
    appraisal.place.save()
    return client_of(RoleAssignmentFactory(place=territory).user)
