"""What is typed outlives an expired session and a dead device (QUALITY.md §4 row 22)."""

import re

import pytest
from playwright.sync_api import Page, expect

from appreciation.domain.report.sections import save_section
from appreciation.models import AgreedRating, Draft, Finding, PhaseRecord, ReportSection
from tests.appreciation.views.told import SPLIT, told_meeting
from tests.factories import MembershipFactory, UserFactory
from tests.factories.answers import items_of

PUT_BACK = "Nous avons remis ce que vous aviez écrit"
TYPED = "Le quai nous rassemble."
KEPT = "Brouillon gardé. Vous le retrouverez ici, même sur un autre appareil."


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
        "step": (f"demarches/{demarche}/etapes/portrait/", "form[data-draft]", "text"),
    }[name]
    page.goto(f"/espace/{address}")
    form = page.locator(form).first
    return form.locator(f"textarea[name={box}]"), form.locator("button[type=submit]").first


@pytest.mark.parametrize(
    "name",
    ["agreed in the talk", "agreed alone", "finding in the talk", "finding alone", "paragraph"],
)
def test_a_text_typed_before_the_session_expired_comes_back(page, meeting, sign_in, elise, name):
    box, _ = form_of(page, meeting, name)
    if not box.is_visible():
        page.locator(".talk details:has(form) > summary").first.click()
    box.fill(TYPED)
    page.context.watched.expected_statuses.add(403)  # the last draft, sent without a session
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


@pytest.fixture
def device_of(new_context, sign_in):
    """`device_of(user)`: a page on a device where this person has written nothing yet."""

    def open_device(user) -> Page:
        context = new_context()
        sign_in(context, user)
        return context.new_page()

    return open_device


def sending(page, method):
    """Wait until the server has answered one message about drafts."""
    return page.expect_response(
        lambda answer: "/espace/brouillons/" in answer.url and answer.request.method == method
    )


def type_and_keep(page, box, text):
    """Type as somebody who then turns to something else: the draft leaves at once."""
    box.fill(text)
    with sending(page, "POST"):
        page.evaluate("dispatchEvent(new Event('pagehide'))")


@pytest.mark.parametrize("name", ["finding in the talk", "paragraph", "step"])
def test_a_text_typed_on_a_device_that_died_is_there_on_another(
    page, meeting, elise, device_of, name
):
    box, _ = form_of(page, meeting, name)
    box.fill(TYPED)
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.context.close()

    colleague = MembershipFactory(appraisal=meeting.appraisal, role="co_facilitator").user
    other = device_of(colleague)
    with sending(other, "GET"):
        box, _ = form_of(other, meeting, name)
    expect(box).not_to_have_value(TYPED)
    expect(other.get_by_text(PUT_BACK)).to_have_count(0)

    page = device_of(elise)
    box, button = form_of(page, meeting, name)
    expect(box).to_have_value(TYPED)
    expect(page.get_by_text(PUT_BACK)).to_be_visible()
    with sending(page, "DELETE"):
        button.click()
    expect(page.locator(".messages [data-saved]")).to_be_visible()
    assert not Draft.objects.exists()
    stored = {
        *Finding.objects.values_list("text", flat=True),
        *ReportSection.objects.values_list("text", flat=True),
        *PhaseRecord.objects.values_list("text", flat=True),
    }
    assert TYPED in stored


def test_an_old_draft_of_another_device_leads_to_both_texts(page, meeting, elise, device_of):
    box, _ = form_of(page, meeting, "paragraph")
    type_and_keep(page, box, TYPED)
    save_section(
        appraisal=meeting.appraisal,
        key="introduction",
        version=0,
        text="Le texte de Marc.",
        user=UserFactory(),
    )
    page = device_of(elise)
    box, button = form_of(page, meeting, "paragraph")
    expect(box).to_have_value(TYPED)
    page.context.watched.expected_statuses.add(409)
    button.click()
    expect(page.get_by_role("alert").get_by_text("Le texte de Marc.")).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value(TYPED)
    assert ReportSection.objects.get().text == "Le texte de Marc."


def test_the_newer_text_of_two_devices_comes_back(
    page, meeting, elise, device_of, assert_accessible
):
    box, _ = form_of(page, meeting, "paragraph")
    type_and_keep(page, box, TYPED)
    expect(page.get_by_text(KEPT)).to_be_visible()
    assert_accessible(page)
    phone = device_of(elise)
    box, _ = form_of(phone, meeting, "paragraph")
    expect(box).to_have_value(TYPED)
    type_and_keep(phone, box, "Le quai, et l’école.")
    box, _ = form_of(page, meeting, "paragraph")
    expect(box).to_have_value("Le quai, et l’école.")


def test_two_open_devices_never_cover_each_other(page, meeting, elise, device_of):
    first, _ = form_of(page, meeting, "paragraph")
    phone = device_of(elise)
    with sending(phone, "GET"):
        second, _ = form_of(phone, meeting, "paragraph")
    type_and_keep(page, first, TYPED)
    phone.context.watched.expected_statuses.add(409)
    type_and_keep(phone, second, "Autre chose.")
    expect(phone.get_by_text("un autre de vos appareils a gardé un autre texte")).to_be_visible()
    assert [draft.fields for draft in Draft.objects.all()] == [{"0:text": TYPED}]
    second, _ = form_of(phone, meeting, "paragraph")
    expect(second).to_have_value("Autre chose.")


def test_what_is_typed_before_the_other_device_s_text_arrives_stays(
    page, meeting, elise, device_of
):
    box, _ = form_of(page, meeting, "paragraph")
    type_and_keep(page, box, TYPED)
    phone, held = device_of(elise), []

    def hold_reading(route):
        if route.request.method == "GET":
            held.append(route)
        else:
            route.continue_()

    phone.route("**/espace/brouillons/**", hold_reading)
    with phone.expect_request("**/espace/brouillons/**"):
        box, _ = form_of(phone, meeting, "paragraph")
    box.fill("Autre chose.")
    with sending(phone, "GET"):
        held.pop().continue_()
    phone.context.watched.expected_statuses.add(409)
    with sending(phone, "POST"):
        phone.evaluate("dispatchEvent(new Event('pagehide'))")
    expect(phone.get_by_text("un autre de vos appareils a gardé un autre texte")).to_be_visible()
    expect(box).to_have_value("Autre chose.")
    assert [draft.fields for draft in Draft.objects.all()] == [{"0:text": TYPED}]


def test_a_draft_given_up_is_given_up_everywhere(page, meeting, elise, device_of):
    box, _ = form_of(page, meeting, "paragraph")
    before = box.input_value()
    type_and_keep(page, box, TYPED)
    other = device_of(elise)
    form_of(other, meeting, "paragraph")
    with sending(other, "DELETE"):
        other.get_by_role("button", name="Revenir au texte enregistré").click()
    expect(other.get_by_text(PUT_BACK)).to_have_count(0)
    expect(other.locator("textarea[name=text]")).to_have_value(before)
    assert not Draft.objects.exists()


def test_a_text_typed_after_saving_a_step_is_still_there_after_a_reload(page, meeting):
    box, button = form_of(page, meeting, "step")
    box.fill(TYPED)
    button.click()
    expect(page.locator(".messages [data-saved]")).to_be_visible()
    box.fill("Le quai, et l’école.")
    page.reload()
    expect(box).to_have_value("Le quai, et l’école.")
    expect(page.get_by_text(PUT_BACK)).to_be_visible()


def test_two_forms_of_a_page_keep_each_their_own(page, meeting):
    page.goto(f"/espace/demarches/{meeting.appraisal.reference}/invitations/")
    forms = page.locator("form[data-draft]")
    pasted = forms.nth(1).locator("textarea")
    pasted.fill("Ida Exemple; Loisirs")
    forms.nth(0).get_by_label("Nom").fill("Léo Exemple")
    page.reload()
    expect(pasted).to_have_value("Ida Exemple; Loisirs")
    expect(forms.nth(0).get_by_label("Nom")).to_have_value("Léo Exemple")
    expect(page.get_by_text(PUT_BACK)).to_have_count(2)


def test_a_field_named_action_hides_no_address(page, meeting):
    def add_field(route):
        answer = route.fetch()
        body = re.sub(
            "(<form[^>]*data-draft[^>]*>)", r'\1<input type="hidden" name="action">', answer.text()
        )
        route.fulfill(response=answer, body=body)

    page.route("**/rapport/introduction/", add_field)
    box, _ = form_of(page, meeting, "paragraph")
    type_and_keep(page, box, TYPED)
    page.reload()
    expect(box).to_have_value(TYPED)
    assert Draft.objects.get().address.endswith("/rapport/introduction/")


def test_who_observes_asks_for_no_draft(meeting, device_of):
    observer = MembershipFactory(appraisal=meeting.appraisal, role="observer").user
    page, asked = device_of(observer), []
    page.on("request", lambda request: asked.append(request.url))
    form_of(page, meeting, "step")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "brouillons" in url] == []
