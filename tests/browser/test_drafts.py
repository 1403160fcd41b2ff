"""What is typed on the talk and the report outlives an expired session (QUALITY.md §4 row 22)."""

import re

import pytest
from playwright.sync_api import Page, expect

from appreciation.domain.report.sections import save_section
from appreciation.models import AgreedRating, Finding, ReportSection
from tests.appreciation.views.told import SPLIT, told_meeting
from tests.factories import UserFactory
from tests.factories.answers import items_of

PUT_BACK = "Nous avons remis ce que vous aviez écrit"
TYPED = "Le quai nous rassemble."


@pytest.fixture
def elise():
    return UserFactory(username="elise", first_name="Élise", last_name="Meneuse")


@pytest.fixture
def meeting(elise):
    return told_meeting(elise)


@pytest.fixture
def page(new_context, sign_in, elise) -> Page:
    context = new_context()
    sign_in(context, elise)
    return context.new_page()


def form_of(page, meeting, name):
    """Go to one screen; its address, its text box and its button."""
    item = items_of(meeting.appraisal)[SPLIT]
    code = item.instrument_dimension.dimension.code
    evening, demarche = f"rencontres/{meeting.reference}", meeting.appraisal.reference
    address, form, box = {
        "agreed in the talk": (
            f"{evening}/deliberation/{code}/",
            ".talk form[data-draft]",
            "reason",
        ),
        "agreed alone": (f"{evening}/convenu/{item.pk}/", "form[data-draft]", "reason"),
        "finding in the talk": (f"{evening}/deliberation/{code}/", "form.plane", "text"),
        "finding alone": (f"{evening}/constats/", "form[data-draft]", "text"),
        "paragraph": (f"demarches/{demarche}/rapport/introduction/", "form[data-draft]", "text"),
    }[name]
    page.goto(f"/espace/{address}")
    form = page.locator(form).first
    return form.locator(f"textarea[name={box}]"), form.locator("button[type=submit]")


@pytest.mark.parametrize(
    "name",
    ["agreed in the talk", "agreed alone", "finding in the talk", "finding alone", "paragraph"],
)
def test_a_text_typed_before_the_session_expired_comes_back(page, meeting, sign_in, elise, name):
    box, _ = form_of(page, meeting, name)
    if not box.is_visible():
        page.locator(".talk details:has(form) > summary").first.click()
    box.fill(TYPED)
    page.context.clear_cookies()
    page.reload()
    expect(page).to_have_url(re.compile("/comptes/connexion/"))
    sign_in(page.context, elise)
    box, button = form_of(page, meeting, name)
    expect(box).to_have_value(TYPED)
    expect(page.get_by_text(PUT_BACK)).to_be_visible()
    button.click()
    expect(page.locator(".messages [data-saved]")).to_be_visible()
    stored = {
        *AgreedRating.objects.values_list("reason", flat=True),
        *Finding.objects.values_list("text", flat=True),
        *ReportSection.objects.values_list("text", flat=True),
    }
    assert TYPED in stored
    form_of(page, meeting, name)
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text(PUT_BACK)).to_have_count(0)


def test_a_text_sent_too_late_is_there_after_signing_in_and_not_twice(page, meeting, elise):
    box, button = form_of(page, meeting, "finding in the talk")
    box.fill(TYPED)
    page.context.clear_cookies(name="sessionid")
    button.click()
    page.get_by_label("Courriel").fill(elise.email)
    page.get_by_label("Mot de passe").fill("mot-de-passe-long-42")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_text("Votre texte est encore là")).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value(TYPED)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".messages [data-saved]")).to_be_visible()
    form_of(page, meeting, "finding in the talk")
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text(PUT_BACK)).to_have_count(0)
    assert Finding.objects.get().text == TYPED


def test_an_old_draft_never_covers_what_a_colleague_saved_meanwhile(page, meeting):
    box, _ = form_of(page, meeting, "paragraph")
    box.fill(TYPED)
    save_section(
        appraisal=meeting.appraisal,
        key="introduction",
        version=0,
        text="Le texte de Marc.",
        user=UserFactory(),
    )
    box, button = form_of(page, meeting, "paragraph")
    expect(box).to_have_value(TYPED)
    page.context.watched.expected_statuses.add(409)
    button.click()
    expect(page.get_by_role("alert").get_by_text("Le texte de Marc.")).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value(TYPED)
    assert ReportSection.objects.get().text == "Le texte de Marc."


def test_a_draft_is_given_up_on_demand(page, meeting):
    box, _ = form_of(page, meeting, "paragraph")
    before = box.input_value()
    box.fill(TYPED)
    box, _ = form_of(page, meeting, "paragraph")
    expect(box).to_have_value(TYPED)
    page.get_by_role("button", name="Revenir au texte enregistré").click()
    expect(page.get_by_text(PUT_BACK)).to_have_count(0)
    expect(page.locator("textarea[name=text]")).to_have_value(before)
