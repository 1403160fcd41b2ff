"""A facilitator opens a démarche, then does the next thing: keyboard, phone, no script."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appreciation.enums import Phase
from appreciation.models import Appraisal
from tests.browser.conftest import tab_to
from tests.browser.sizes import NARROW, PHONE
from tests.factories import (
    AppraisalFactory,
    InstrumentFactory,
    MeetingFactory,
    MembershipFactory,
    PlaceFactory,
    UserFactory,
)


@pytest.fixture
def elise():
    return UserFactory(username="elise", first_name="Élise", last_name="Meneuse")


@pytest.fixture
def place():
    InstrumentFactory(is_default=True, with_items=3)
    territory = PlaceFactory(territory=True, name="Territoire-Test")
    for number in range(14):
        PlaceFactory(name=f"Municipalité-Test {number}", parent=territory)
    return PlaceFactory(name="Rivière-Témoin", parent=territory)


def at(phase, user, **options):
    before = list(Phase)[: list(Phase).index(phase)]
    stamps = {f"{one}_done_at": timezone.now() for one in before}
    appraisal = AppraisalFactory(phase=phase, **stamps, **options)
    MembershipFactory(appraisal=appraisal, user=user)
    return appraisal


def test_from_the_empty_space_to_the_second_phase_by_keyboard(new_context, sign_in, elise, place):
    context = new_context()
    sign_in(context, elise)
    page = context.new_page()
    page.goto("/espace/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes démarches")
    tab_to(page, "a.button--invite")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nouvelle/")
    tab_to(page, "#id_place-filtre")
    page.keyboard.type("riviere")
    expect(page.get_by_text("Choisi\N{NO-BREAK SPACE}: Rivière-Témoin")).to_be_visible()
    tab_to(page, "#id_requested_by")
    page.keyboard.type("Comité du quai")
    tab_to(page, "button.button--invite")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=2).first).to_have_text(
        "Décidez du cadre de la démarche"
    )
    tab_to(page, "a.button--invite")
    page.keyboard.press("Enter")
    page.wait_for_url("**/decider/")
    tab_to(page, "#id_purposes_0")
    page.keyboard.press("Space")
    tab_to(page, "#id_expected_on")
    page.locator("#id_expected_on").fill("2027-03-01")
    tab_to(page, "#id_contact_name")
    page.keyboard.type("Luce Roy")
    tab_to(page, "button[value=advance]")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=2).first).to_have_text("Préparez le portrait")
    appraisal = Appraisal.objects.get()
    assert (appraisal.phase, appraisal.contact_name) == (Phase.PORTRAIT, "Luce Roy")


def test_an_error_takes_the_focus_and_keeps_the_text(new_context, sign_in, elise, place):
    context = new_context()
    sign_in(context, elise)
    page = context.new_page()
    page.goto("/espace/demarches/nouvelle/")
    page.locator("#id_requested_by").fill("Comité du quai")
    page.get_by_role("button", name="Ouvrir la démarche").click()
    expect(page.locator("#erreurs")).to_be_focused()
    expect(page.locator("#id_requested_by")).to_have_value("Comité du quai")


def test_a_text_typed_before_the_session_expired_comes_back(new_context, sign_in, elise):
    appraisal = at(Phase.PORTRAIT, elise)
    context = new_context()
    sign_in(context, elise)
    page = context.new_page()
    address = f"/espace/demarches/{appraisal.reference}/etapes/portrait/"
    page.goto(address)
    page.locator("#id_text").press_sequentially("312 habitants, une école.")
    context.watched.expected_statuses.add(403)  # the last draft, sent without a session
    context.clear_cookies()
    page.goto(address)
    expect(page).not_to_have_url(address)
    sign_in(context, elise)
    page.goto(address)
    expect(page.locator("#id_text")).to_have_value("312 habitants, une école.")
    expect(page.get_by_text("Nous avons remis ce que vous aviez écrit")).to_be_visible()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Tout est enregistré,")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("Nous avons remis")).to_have_count(0)


def test_a_step_is_passed_on_a_phone_without_javascript(new_context, sign_in, elise):
    appraisal = at(Phase.CONVENING, elise)
    context = new_context(javascript=False, viewport=PHONE)
    sign_in(context, elise)
    page = context.new_page()
    page.goto(f"/espace/demarches/{appraisal.reference}/")
    page.get_by_text("Voir les phases").click()
    expect(page.get_by_role("link", name="3. Mobiliser")).to_be_visible()
    page.get_by_role("link", name="Ce n’est pas possible chez nous").click()
    page.locator("#passer summary").click()
    page.locator("#id_comment").fill("La municipalité invite déjà.")
    page.get_by_role("button", name="Enregistrer et terminer l’étape").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Planifiez la rencontre")


def test_each_step_is_accessible(new_context, sign_in, elise, assert_accessible):
    context = new_context()
    sign_in(context, elise)
    page = context.new_page()
    for phase in Phase:
        appraisal = at(phase, elise, expected_attendance=30)
        if phase == Phase.MEETING:
            MeetingFactory(appraisal=appraisal)
        page.goto(f"/espace/demarches/{appraisal.reference}/")
        page.goto(page.locator(".stepper .steps .now a").get_attribute("href"))
        assert_accessible(page)


SCREENS = (
    "",
    "demarches/nouvelle/",
    "{0}",
    "{0}equipe/",
    "{0}journal/",
    "{0}etat/",
    "{0}calendrier/",
    "{0}calendrier/salle/",
    "{0}equipe/quitter/",
)


def test_each_screen_is_accessible(new_context, sign_in, elise, assert_accessible, place):
    appraisal = at(Phase.CONVENING, elise, place=place)
    context = new_context()
    sign_in(context, elise)
    page = context.new_page()
    for path in SCREENS:
        page.goto("/espace/" + path.format(f"demarches/{appraisal.reference}/"))
        assert_accessible(page)


def test_a_conflict_is_accessible_and_shows_both_texts(
    new_context, sign_in, elise, assert_accessible
):
    appraisal = at(Phase.PORTRAIT, elise)
    context = new_context(viewport=NARROW)
    context.watched.expected_statuses.add(409)
    sign_in(context, elise)
    first, second = context.new_page(), context.new_page()
    address = f"/espace/demarches/{appraisal.reference}/etapes/portrait/"
    for page, text in ((first, "Texte d’Élise"), (second, "Texte de Marc")):
        page.goto(address)
        page.evaluate("localStorage.clear()")
        page.locator("#id_text").evaluate("(box, text) => { box.value = text; }", text)
    for page in (first, second):
        page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(second.get_by_role("cell", name="Texte d’Élise")).to_be_visible()
    expect(second.locator("#id_text")).to_have_value("Texte de Marc")
    assert_accessible(second)
