"""Somebody without an account joins a team: the lead asks, the coordination invites, she comes."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from appreciation.enums import Phase
from appreciation.models import Appraisal
from background.outbox import send_due_mails
from tests.browser.sizes import PHONE
from tests.factories import (
    AppraisalFactory,
    MembershipFactory,
    PlaceFactory,
    RoleAssignmentFactory,
    UserFactory,
)

NEW_ADDRESS = "noe@exemple.org"
PHRASE = "une-autre-phrase-77"


@pytest.fixture
def appraisal() -> Appraisal:
    territory = PlaceFactory(territory=True, name="Territoire-Test")
    place = PlaceFactory(name="Rivière-Témoin", parent=territory)
    return AppraisalFactory(place=place, phase=Phase.PORTRAIT, framing_done_at=timezone.now())


@pytest.fixture
def opened(new_context, sign_in):
    """`opened(user)`: a page of this person, signed in on a device of her own."""

    def open_page(user) -> Page:
        context = new_context()
        sign_in(context, user)
        return context.new_page()

    return open_page


@pytest.fixture
def lead_page(opened, appraisal) -> Page:
    return opened(MembershipFactory(appraisal=appraisal).user)


@pytest.fixture
def coordinator_page(opened, appraisal) -> Page:
    return opened(RoleAssignmentFactory(place=appraisal.place.parent).user)


def test_the_coordination_changes_the_lead_with_the_keyboard(
    coordinator_page, appraisal, assert_accessible
):
    MembershipFactory(appraisal=appraisal, user__first_name="Noé")
    MembershipFactory(appraisal=appraisal, role="co_facilitator", user__first_name="Zoé")
    coordinator_page.goto(f"{team_of(appraisal)}responsable/")
    assert_accessible(coordinator_page)
    change = coordinator_page.get_by_role("button", name="Changer la personne responsable")
    change.press("Enter")
    expect(coordinator_page.get_by_role("alert")).to_be_visible()
    assert_accessible(coordinator_page)
    for name in ("fait", "attend", "appeler"):
        coordinator_page.get_by_role("textbox", name=name).press_sequentially("Rien")
    coordinator_page.get_by_role("combobox", name="Qui prend la suite?").press("Z")
    change.press("Enter")
    expect(coordinator_page.get_by_role("status")).to_contain_text("Zoé")


def team_of(appraisal: Appraisal) -> str:
    return f"/espace/demarches/{appraisal.reference}/equipe/"


def portrait_of(appraisal: Appraisal) -> str:
    return f"/espace/demarches/{appraisal.reference}/etapes/portrait/"


def ask_for(page: Page, appraisal: Appraisal, role: str) -> None:
    page.goto(team_of(appraisal))
    page.get_by_label("Courriel de son compte").fill(NEW_ADDRESS)
    page.get_by_label("Son rôle").select_option(label=role)
    page.get_by_role("button", name="Ajouter à l’équipe").click()


def invited_link(page: Page, mailoutbox) -> str:
    """What the invited person finds in her mail after the coordination's gesture."""
    page.goto("/comptes/invitations/")
    page.get_by_label("Courriel de la personne").fill(NEW_ADDRESS)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_role("status")).to_contain_text("L’invitation est partie")
    send_due_mails(timezone.now())
    (message,) = mailoutbox
    assert message.to == [NEW_ADDRESS]
    return re.search(r"https?://[^/]+(/\S+)", message.body).group(1)


def open_account(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Prénom").fill("Noé")
    page.get_by_label("Nom", exact=True).fill("Neuf")
    page.get_by_label("Mot de passe").fill(PHRASE)
    page.get_by_role("button", name="Ouvrir mon compte").click()
    page.wait_for_url("**/espace/")


def closed_to(page: Page, address: str) -> bool:
    """Whether the page answers as if nothing were there."""
    return page.goto(address).status == 404


@pytest.fixture
def join(new_context, lead_page, coordinator_page, appraisal, mailoutbox):
    """`join(role)`: Noé's phone, after all the gestures that bring him into the team."""

    def come(role: str) -> Page:
        ask_for(lead_page, appraisal, role)
        expect(lead_page.locator("#erreurs")).to_contain_text(
            "Demandez à la coordination d’inviter cette personne"
        )
        expect(lead_page.get_by_label("Courriel de son compte")).to_have_value(NEW_ADDRESS)
        link = invited_link(coordinator_page, mailoutbox)
        phone = new_context(viewport=PHONE).new_page()
        phone.context.watched.expected_statuses.update({404, 410})
        open_account(phone, link)
        assert closed_to(phone, portrait_of(appraisal)), "un compte n’ouvre aucune démarche"
        assert closed_to(phone, team_of(appraisal))
        ask_for(lead_page, appraisal, role)
        expect(lead_page.get_by_role("status")).to_contain_text("Noé Neuf fait partie de l’équipe.")
        phone.goto("/espace/")
        phone.get_by_role("link", name="Rivière-Témoin").click()
        expect(phone.get_by_role("heading", level=1)).to_contain_text("Rivière-Témoin")
        phone.invitation = link
        return phone

    return come


def test_an_invited_observer_reads_and_changes_nothing(join, appraisal):
    phone = join("observation")
    phone.goto(portrait_of(appraisal))
    expect(phone.get_by_text("Vous observez cette démarche")).to_be_visible()
    expect(phone.locator("#id_text")).to_be_disabled()
    assert phone.locator("main form button").count() == 0
    phone.goto(team_of(appraisal))
    expect(phone.get_by_role("listitem").filter(has_text="Noé Neuf")).to_contain_text("observation")
    assert phone.locator("main form").count() == 0


def test_an_invited_co_facilitator_writes_but_does_not_steer(join, appraisal):
    phone = join("coanimation")
    phone.goto(portrait_of(appraisal))
    phone.locator("#id_text").fill("312 habitants, une école.")
    phone.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(phone.get_by_text("Tout est enregistré,")).to_be_visible()
    phone.reload()
    expect(phone.locator("#id_text")).to_have_value("312 habitants, une école.")
    phone.goto(team_of(appraisal))
    expect(phone.get_by_text("La personne responsable ou la coordination change")).to_be_visible()
    assert phone.locator("main form").count() == 0


def test_the_link_of_the_invitation_opens_one_account(join, new_context, appraisal):
    link = join("observation").invitation
    stranger = new_context().new_page()
    stranger.context.watched.expected_statuses.add(410)
    assert stranger.goto(link).status == 410
    expect(stranger.get_by_role("heading", level=1)).to_have_text(
        "Cette invitation n’est plus valable"
    )
    stranger.goto(team_of(appraisal))
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Se connecter")


def test_a_stranger_with_an_account_finds_nothing(opened, appraisal):
    MembershipFactory(appraisal=appraisal)
    page = opened(UserFactory())
    page.context.watched.expected_statuses.add(404)
    assert closed_to(page, team_of(appraisal))
    assert closed_to(page, portrait_of(appraisal))
    page.goto("/espace/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes démarches")
    assert "Rivière-Témoin" not in page.content()
