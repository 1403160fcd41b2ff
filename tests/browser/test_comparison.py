"""« Avant / maintenant »: only what may be compared, in a sentence and in a table."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.sizes import NARROW
from tests.factories.adopted import adopted_appraisal
from tests.factories.answers import items_of
from tests.factories.outcomes import ActionFactory


@pytest.fixture
def again(lead):
    """Done a second time with the same instrument: two statements answered both times."""
    first = adopted_appraisal(lead=lead)
    ActionFactory(appraisal=first, title="Covoiturage du jeudi")
    return adopted_appraisal(
        lead=lead, instrument=first.instrument, place=first.place, previous=first
    )


def test_only_what_compares_is_drawn_and_the_rest_says_why(
    new_context, sign_in, assert_accessible, again, lead
):
    context = new_context()
    sign_in(context, lead)
    page = context.new_page()
    page.goto(reverse("space:appraisal", args=[again.reference]))
    page.get_by_role("link", name="Avant / maintenant").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Avant / maintenant")
    figure = page.locator("figure.chart")
    expect(figure.locator(".sentence")).to_contain_text("2 énoncés se comparent.")
    first, second, third = (item.instrument_dimension.dimension.name for item in items_of(again))
    expect(figure.locator(".chart-name")).to_have_text(
        [f"{name} ({when})" for name in (first, second) for when in ("avant", "maintenant")]
    )
    figure.locator("summary").press("Enter")
    rows = figure.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(5)
    expect(rows.nth(1)).to_contain_text(f"{first} (avant)")
    why = page.get_by_role("heading", name="Ce qui ne se compare pas, et pourquoi")
    expect(why.locator("xpath=following-sibling::ul[1]/li")).to_contain_text(third)
    expect(page.get_by_text("Covoiturage du jeudi")).to_be_visible()
    assert_accessible(page)


def test_it_is_read_on_a_narrow_phone_without_script(new_context, sign_in, again, lead):
    context = new_context(viewport=NARROW, javascript=False)
    sign_in(context, lead)
    page = context.new_page()
    page.goto(reverse("space:comparison", args=[again.reference]))
    expect(page.get_by_text("« Acquis » les deux fois")).to_be_visible()
