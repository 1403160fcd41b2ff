"""A hall so full that each question of the wall waits its turn: it keeps asking, and in order."""

import pytest
from playwright.sync_api import Page, Route, expect

from appreciation.domain import meetings
from appreciation.domain.actors import SYSTEM
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

STATE = "**/projection/etat.json"
WAITS = 400
COUNT = """
window.sent = 0;
let came = 0;
window.told = [];
const ask = window.fetch;
window.fetch = async (...question) => {
  window.sent += 1;
  const answer = await ask(...question);
  document.documentElement.dataset.came = ++came;
  return answer;
};
document.addEventListener("live:changed", (event) => window.told.push(event.detail.received));
"""


def tell(route: Route, received: int) -> None:
    html = f'<div id="mur" data-live-part><p class="hall-count"><b>{received}</b></p></div>'
    route.fulfill(json={"received": received, "html": html}, headers={"ETag": f'"{received}"'})


@pytest.fixture
def held() -> list[Route]:
    """The questions that the wall asked, in order: none is answered by itself."""
    return []


@pytest.fixture
def wall(new_context, sign_in, held) -> Page:
    """The wall of an open meeting, with a clock that we may push."""
    appraisal, lead = AppraisalFactory(at_meeting=True), UserFactory()
    MembershipFactory(appraisal=appraisal, user=lead)
    meeting = meetings.open_meeting(meeting=MeetingFactory(appraisal=appraisal), actor=SYSTEM)
    context = new_context()
    sign_in(context, lead)
    page = context.new_page()
    page.clock.install()
    page.add_init_script(COUNT)
    page.route(STATE, lambda route: held.append(route))  # noqa: PLW0108  it must be a function
    page.goto(f"/espace/rencontres/{meeting.reference}/projection/")
    page.clock.run_for(10_000)
    for _ in range(WAITS):
        if len(held) == 4:
            return page
        page.wait_for_timeout(50)  # lets the browser tell us which questions left
    raise AssertionError(f"{len(held)} questions sont parties, pas 4.")


def all_came(wall: Page, number: int) -> None:
    expect(wall.locator("html")).to_have_attribute("data-came", str(number))


def test_four_questions_leave_without_waiting_for_an_answer_and_no_more(wall):
    assert wall.evaluate("sent") == 4


def test_an_answer_that_comes_late_never_replaces_a_newer_one(wall, held):
    tell(held[3], 4)
    expect(wall.locator(".hall-count b")).to_have_text("4")
    for route, received in zip(held[:3], (1, 2, 3), strict=True):
        tell(route, received)
    all_came(wall, 4)
    wall.route(STATE, lambda route: tell(route, 5))
    wall.clock.run_for(20_000)
    expect(wall.locator(".hall-count b")).to_have_text("5")
    assert wall.evaluate("told") == [4, 5]


def test_questions_that_fail_together_are_one_failure(wall, held):
    """The wall asks again after two seconds, not after what four failures would make it wait."""
    wall.context.watched.expected_statuses.add(503)
    for route in list(held):
        route.fulfill(status=503)
    all_came(wall, 4)
    wall.clock.run_for(2_000)
    assert wall.evaluate("sent") > 4
