"""« Mobiliser » in a real browser: the list by keyboard, the same without script on a phone."""

import pytest
from playwright.sync_api import expect

from appreciation.enums import Phase
from appreciation.models import Invitee
from tests.browser.conftest import NARROW
from tests.browser.test_space import at, tab_to
from tests.factories import SectorFactory, UserFactory
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
