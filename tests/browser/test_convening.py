"""« Mobiliser » in a real browser: the list by keyboard, the same without script on a phone."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appreciation.enums import Phase
from appreciation.models import Invitee
from tests.browser.conftest import tab_to
from tests.browser.sizes import NARROW, PHONE
from tests.browser.test_space import at
from tests.factories import MeetingFactory, SectorFactory, UserFactory
from tests.factories.invitees import InviteeFactory


@pytest.fixture
def elise():
    return UserFactory(username="elise", first_name="Élise", last_name="Meneuse")


def test_somebody_is_added_by_keyboard(new_context, sign_in, elise, assert_accessible):
    sector = SectorFactory(name="Santé et services")
    appraisal = at(Phase.CONVENING, elise)
    context = new_context()
    sign_in(context, elise)
    page = context.new_page()
    page.goto(f"/espace/demarches/{appraisal.reference}/etapes/mobiliser/")
    page.get_by_role("link", name="Écrire la liste").press("Enter")
    tab_to(page, "#id_name")
    page.keyboard.type("Luce Fictive")
    tab_to(page, "#id_sector")
    page.locator("#id_sector").select_option(str(sector.pk))
    tab_to(page, "button[value=add]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Luce Fictive est sur la liste.")).to_be_visible()
    assert Invitee.objects.get().sector == sector
    assert_accessible(page)


def test_a_list_is_pasted_and_an_answer_written_on_a_phone_without_script(
    new_context, sign_in, elise, assert_accessible
):
    SectorFactory(name="Santé et services")
    appraisal = at(Phase.CONVENING, elise)
    InviteeFactory(appraisal=appraisal, name="Marc Fictif", sector__name="Aviation")
    context = new_context(javascript=False, viewport=NARROW)
    context.watched.expected_statuses.add(422)
    sign_in(context, elise)
    page = context.new_page()
    page.goto(f"/espace/demarches/{appraisal.reference}/invitations/")
    page.locator("#coller_lines").fill("Luce Fictive; santé\nAnne; brume")
    page.get_by_role("button", name="Ajouter ces lignes").click()
    expect(page.get_by_role("alert")).to_contain_text("Ligne 2")
    page.locator("#coller_lines").fill("Luce Fictive; santé")
    page.get_by_role("button", name="Ajouter ces lignes").click()
    expect(page.get_by_text("1 ligne ajoutée.")).to_be_visible()
    page.get_by_role("link", name="Changer Marc Fictif").click()
    page.get_by_label("Sa réponse").select_option("yes")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Vient (bouche-à-oreille")).to_be_visible()


def test_the_screens_of_the_list_are_accessible(new_context, sign_in, elise, assert_accessible):
    appraisal = at(Phase.CONVENING, elise)
    person = InviteeFactory(appraisal=appraisal)
    context = new_context(viewport=NARROW)
    sign_in(context, elise)
    page = context.new_page()
    for end in ("", f"{person.pk}/"):
        page.goto(f"/espace/demarches/{appraisal.reference}/invitations/{end}")
        assert_accessible(page)


@pytest.fixture
def meeting(elise):
    appraisal = at(Phase.CONVENING, elise, place__name="Rivière-Témoin")
    starts_at = timezone.now() + dt.timedelta(days=20)
    return MeetingFactory(
        appraisal=appraisal, starts_at=starts_at, venue="Salle du quai", is_open_to_all=True
    )


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_answers_then_changes_her_mind_on_a_phone(
    new_context, meeting, assert_accessible, javascript
):
    invitee = InviteeFactory(appraisal=meeting.appraisal)
    page = new_context(javascript=javascript, viewport=NARROW).new_page()
    page.goto(f"/invitation/{invitee.token}/")
    if javascript:
        assert_accessible(page)
    page.get_by_text("Je viens", exact=True).click()
    page.get_by_text("Je viens accompagné").click()
    page.get_by_label("Combien de personnes vous accompagnent?").fill("1")
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.get_by_text("Vous venez, avec 1 personne.")).to_be_visible()
    page.get_by_text("Je ne viens pas", exact=True).click()
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.get_by_text("Vous ne venez pas.")).to_be_visible()
    assert Invitee.objects.get().answer == "no"


def test_the_open_page_counts_a_family_by_keyboard(new_context, meeting, assert_accessible):
    page = new_context(viewport=PHONE).new_page()
    page.goto(f"/rencontre/{meeting.reference}/")
    assert_accessible(page)
    tab_to(page, "#id_people")
    page.locator("#id_people").fill("4")
    tab_to(page, "button.button--invite")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Merci, c’est compté.")).to_be_visible()
    expect(page.get_by_text("4 personnes ont dit oui.")).to_be_visible()


def test_a_message_is_changed_copied_and_sent(new_context, sign_in, elise, meeting):
    InviteeFactory(appraisal=meeting.appraisal, name="Luce Fictive")
    context = new_context()
    sign_in(context, elise)
    page = context.new_page()
    page.goto(f"/espace/demarches/{meeting.appraisal.reference}/messages/")
    page.get_by_role("link", name="Invitation aux citoyennes et citoyens").click()
    page.get_by_role("button", name="Copier le texte").click()
    expect(page.get_by_role("status").filter(has_text="opi")).to_be_visible()
    page.get_by_label("Objet").fill("Venez donc")
    page.get_by_role("button", name="Envoyer aux personnes choisies").click()
    expect(page.get_by_text("1 courriel part maintenant.")).to_be_visible()
    expect(page.get_by_label("Objet")).to_have_value("Venez donc")


def test_the_screens_of_convening_are_accessible(
    new_context, sign_in, elise, meeting, assert_accessible
):
    InviteeFactory(appraisal=meeting.appraisal)
    context = new_context(viewport=NARROW)
    sign_in(context, elise)
    page = context.new_page()
    base, room = f"demarches/{meeting.appraisal.reference}", f"rencontres/{meeting.reference}"
    for path in ("rendez-vous/", "messages/", "messages/citoyens/", "messages/citoyens/imprimer/"):
        page.goto(f"/espace/{base}/{path}")
        assert_accessible(page)
    for path in ("porte/", "affiche/"):
        page.goto(f"/espace/{room}/{path}")
        assert_accessible(page)
