"""The calendar by keyboard, then on a narrow phone without script."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appreciation.models import PhaseTask
from tests.browser.conftest import tab_to
from tests.browser.sizes import NARROW
from tests.factories import AppraisalFactory, MembershipFactory, UserFactory


@pytest.fixture
def elise():
    return UserFactory(username="elise", first_name="Élise", last_name="Meneuse")


@pytest.fixture
def address(elise):
    appraisal = AppraisalFactory(expected_on=timezone.localdate() + dt.timedelta(days=35))
    appraisal.created_at = timezone.now() - dt.timedelta(days=60)
    appraisal.save(update_fields=["created_at"])
    MembershipFactory(appraisal=appraisal, user=elise)
    return f"/espace/demarches/{appraisal.reference}/"


def test_a_task_is_given_to_somebody_then_done_by_keyboard(new_context, sign_in, elise, address):
    context = new_context()
    sign_in(context, elise)
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_text("attend depuis le").first).to_be_visible()
    tab_to(page, "a[href$='/calendrier/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/calendrier/")
    tab_to(page, "a[href$='/calendrier/salle/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/salle/")
    tab_to(page, "#id_owner")
    page.keyboard.press("ArrowDown")
    tab_to(page, "button.button--invite")
    page.keyboard.press("Enter")
    row = page.get_by_role("listitem").filter(has_text="Réserver la salle")
    expect(row).to_contain_text("Élise Meneuse")
    tab_to(page, "form[action$='/salle/cocher/'] button")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Fait le")
    assert PhaseTask.objects.get().done_by == elise


def test_a_task_is_added_on_a_narrow_phone_without_script(new_context, sign_in, elise, address):
    context = new_context(javascript=False, viewport=NARROW)
    sign_in(context, elise)
    page = context.new_page()
    page.goto(f"{address}calendrier/")
    page.get_by_label("Quoi?").fill("Trouver un micro")
    page.get_by_role("button", name="Ajouter au calendrier").click()
    expect(page.get_by_role("listitem").filter(has_text="Trouver un micro")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
