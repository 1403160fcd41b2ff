"""Support: what the coordinator and the facilitators share, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from appreciation.models import Appraisal
from tests.factories import (
    AppraisalFactory,
    MembershipFactory,
    PlaceFactory,
    RoleAssignmentFactory,
)


@pytest.fixture
def appraisal() -> Appraisal:
    territory = PlaceFactory(territory=True, name="Territoire-Test")
    return AppraisalFactory(place=PlaceFactory(name="Rivière-Témoin", parent=territory))


@pytest.fixture
def opened(new_context, sign_in):
    """`opened(user)`: a page of this person, signed in on a device of her own."""

    def open_page(user, **options) -> Page:
        context = new_context(**options)
        sign_in(context, user)
        return context.new_page()

    return open_page


@pytest.fixture
def coordinator_page(opened, appraisal) -> Page:
    return opened(RoleAssignmentFactory(place=appraisal.place.parent).user)


@pytest.fixture
def lead_page(opened, appraisal) -> Page:
    return opened(MembershipFactory(appraisal=appraisal).user)


def test_the_inventory_of_personal_data_is_read_by_everyone(coordinator_page, assert_accessible):
    coordinator_page.goto("/espace/renseignements-personnels/")
    expect(coordinator_page.get_by_role("heading", level=1)).to_have_text(
        "Renseignements personnels"
    )
    assert_accessible(coordinator_page)
