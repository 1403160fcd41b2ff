"""The remote in one hand: at 320 px, by touch, with and without script."""

import pytest
from playwright.sync_api import expect

from appreciation.domain import meetings
from appreciation.domain.actors import SYSTEM
from tests.browser.sizes import NARROW
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)
SMALLEST = 44


@pytest.fixture
def meeting():
    planned = MeetingFactory(appraisal=AppraisalFactory(at_meeting=True), pace="guided")
    return meetings.open_meeting(meeting=planned, actor=SYSTEM)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_dimension_is_led_from_a_small_phone(
    new_context, sign_in, meeting, assert_accessible, javascript
):
    context = new_context(viewport=NARROW, javascript=javascript)
    sign_in(context, MembershipFactory(appraisal=meeting.appraisal).user)
    page = context.new_page()
    page.goto(f"/espace/rencontres/{meeting.reference}/telecommande/")
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= SMALLEST
        assert box["x"] + box["width"] <= NARROW["width"]
    if javascript:
        assert_accessible(page)
    page.locator("#reveler-peu summary").click()
    page.get_by_role("button", name="Oui, fermer et révéler").click()
    page.get_by_role("button", name="Dimension suivante").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Énoncé 2")
    page.get_by_role("button", name="+ 1 min").click()
    expect(page.get_by_text("arrêté")).to_have_count(0)


def test_what_the_laptop_does_shows_up_by_itself(new_context, sign_in, meeting):
    context = new_context(viewport=NARROW)
    sign_in(context, MembershipFactory(appraisal=meeting.appraisal).user)
    page = context.new_page()
    page.goto(f"/espace/rencontres/{meeting.reference}/telecommande/")
    meetings.pause_round(meeting=meeting, actor=SYSTEM, round_id=meeting.rounds.first().pk)
    expect(page.get_by_role("button", name="Reprendre")).to_be_visible()
