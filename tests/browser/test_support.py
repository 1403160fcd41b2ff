"""Support: what the coordinator and the facilitators share, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from appreciation.domain.help import open_help_request
from appreciation.models import Appraisal
from tests.factories import (
    AppraisalFactory,
    MembershipFactory,
    PlaceFactory,
    RoleAssignmentFactory,
)
from tests.factories.directory import DirectoryEntryFactory
from tests.factories.invitees import InviteeFactory


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


def test_one_person_is_found_then_erased(opened, assert_accessible):
    invited = InviteeFactory(name="Jeanne Fictive", email="jeanne@exemple.org")
    page = opened(RoleAssignmentFactory(place=PlaceFactory(region=True)).user)
    page.goto("/espace/renseignements-personnels/une-personne/")
    page.get_by_role("textbox", name="Son courriel").press_sequentially(invited.email)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 inscription à propos de")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("checkbox", name="C’est bien elle").press("Space")
    page.get_by_role("button", name="Effacer", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Effacées")
    assert_accessible(page)


def test_help_is_asked_from_a_step_with_the_keyboard_alone(lead_page, appraisal, assert_accessible):
    lead_page.goto(f"/espace/demarches/{appraisal.reference}/etapes/decider/")
    lead_page.get_by_role("link", name="Demander de l’aide").press("Enter")
    expect(lead_page.get_by_role("heading", level=1)).to_have_text("Demander de l’aide")
    assert_accessible(lead_page)
    lead_page.get_by_role("textbox", name="Votre question").press_sequentially("Qui inviter?")
    lead_page.keyboard.press("Tab")
    lead_page.keyboard.press("Enter")
    expect(lead_page.get_by_role("status")).to_contain_text("Votre demande est partie.")
    assert_accessible(lead_page)
    lead_page.get_by_role("link", name="Aide", exact=True).click()
    expect(lead_page.get_by_role("link", name="Qui inviter?")).to_be_visible()
    assert_accessible(lead_page)


def test_she_enters_the_directory_then_finds_whom_to_call(lead_page, appraisal, assert_accessible):
    theirs = AppraisalFactory(at_restitution=True, instrument=appraisal.instrument)
    DirectoryEntryFactory(
        user=MembershipFactory(appraisal=theirs, user__first_name="Lucie").user,
        phone="819 555-0199",
        agrees_to_be_called=True,
    )
    lead_page.goto("/espace/repertoire/")
    expect(lead_page.get_by_role("heading", name="Lucie")).to_be_visible()
    assert_accessible(lead_page)
    lead_page.get_by_role("link", name="M’inscrire au répertoire").press("Enter")
    lead_page.get_by_role("textbox", name="Votre organisme").press_sequentially("Comité")
    lead_page.get_by_role("textbox", name="Ce que vous pouvez").press_sequentially("Animer")
    lead_page.keyboard.press("Enter")
    expect(lead_page.get_by_role("status")).to_contain_text("Votre fiche est au répertoire.")
    assert_accessible(lead_page)
    lead_page.goto("/espace/preferences/")
    lead_page.get_by_role("checkbox", name="Demandes d’aide").press("Space")
    lead_page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(lead_page.get_by_role("status")).to_contain_text("Vos préférences sont enregistrées.")
    expect(lead_page.get_by_role("checkbox", name="Demandes d’aide")).not_to_be_checked()
    assert_accessible(lead_page)
    lead_page.goto(f"/espace/demarches/{appraisal.reference}/jumelage/")
    expect(lead_page.get_by_role("link", name="819 555-0199")).to_be_visible()
    assert_accessible(lead_page)


def test_the_coordination_reads_what_waits(coordinator_page, appraisal, assert_accessible):
    asker = MembershipFactory(appraisal=appraisal).user
    open_help_request(asker=asker, appraisal=appraisal, text="Qui inviter?")
    coordinator_page.goto("/espace/coordination/")
    expect(coordinator_page.get_by_role("link", name="Qui inviter?")).to_be_visible()
    assert_accessible(coordinator_page)
    coordinator_page.goto("/espace/courriels/")
    assert_accessible(coordinator_page)
