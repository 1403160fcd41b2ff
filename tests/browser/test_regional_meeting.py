"""A meeting fills itself: one waits on her phone, another cancels by her link, the first is in."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from accounts.domain.groups import assign_role
from background.models import OutgoingMail
from cms.public_forms import start_form
from rencontres.models import Registration
from tests.browser.sizes import PHONE
from tests.factories import UserFactory
from tests.factories.meetings import regional_meeting

DAY = dt.timedelta(days=1)


@pytest.fixture
def event():
    now = timezone.now()
    return regional_meeting(
        capacity=1,
        starts_at=now + 14 * DAY,
        ends_at=now + 14 * DAY + dt.timedelta(hours=6),
        registration_opens_at=now - DAY,
        registration_closes_at=now + 10 * DAY,
        workshops=(("Avant-midi", "Jardins", 1), ("Avant-midi", "Logement", None)),
    )


def as_if_opened_earlier(page) -> None:
    """The page was opened five minutes ago: machines alone send it at once."""
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=5), tick=False):
        started = start_form("registration")
    page.locator("[name=started]").evaluate("(box, value) => { box.value = value }", started)


def register(page, name: str, email: str) -> None:
    page.get_by_label("Votre nom").fill(name)
    page.get_by_label("Votre courriel").fill(email)
    page.get_by_label("J’accepte que la coordination").check()
    as_if_opened_earlier(page)
    page.get_by_role("button", name="M’inscrire").click()


def test_from_the_waiting_list_to_the_door(new_context, sign_in, event, assert_accessible):
    page = new_context(viewport=PHONE).new_page()
    page.goto("/rencontres/")
    assert_accessible(page)
    page.get_by_role("main").get_by_role("link", name="Rencontre d’automne").first.click()
    assert_accessible(page)
    page.get_by_role("link", name="S’inscrire", exact=True).click()
    assert_accessible(page)
    page.get_by_label("Jardins").check()
    register(page, "Ana Exemple", "ana@exemple.org")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre place est retenue")
    assert_accessible(page)

    page.goto("/rencontres/automne/")
    page.get_by_role("link", name="S’inscrire sur la liste d’attente").click()
    expect(page.get_by_label("Jardins")).to_have_count(0)
    register(page, "Bo Exemple", "bo@exemple.org")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous êtes sur la liste d’attente")

    mine = Registration.objects.get(email="ana@exemple.org")
    page.goto(f"/rencontres/inscriptions/{mine.token}/")
    assert_accessible(page)
    page.get_by_role("button", name="Annuler mon inscription").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est annulé")
    mail = OutgoingMail.objects.get(to="bo@exemple.org", key__endswith="/place")
    assert "elle est à vous" in mail.body

    coordinator = UserFactory(first_name="Maude", last_name="Exemple")
    assign_role(user=coordinator, role="coordinator", place=event.region)
    context = new_context(viewport=PHONE)
    sign_in(context, coordinator)
    door = context.new_page()
    door.goto("/espace/coordination/")
    door.get_by_role("link", name="Rencontres régionales et inscriptions").click()
    assert_accessible(door)
    door.get_by_role("link", name="Rencontre d’automne").click()
    assert_accessible(door)
    door.get_by_role("button", name="Est là").click()
    expect(door.get_by_text("Présente", exact=True)).to_be_visible()
    door.get_by_role("link", name="Bo Exemple").click()
    assert_accessible(door)
    for screen in ("liste", "inscrire", "ecrire"):
        door.goto(f"/espace/rencontres-regionales/{event.pk}/{screen}/")
        assert_accessible(door)
    assert Registration.objects.get(email="bo@exemple.org").came


def test_somebody_half_entered_comes_back_on_another_device_but_not_her_needs(
    new_context, sign_in, event
):
    coordinator = UserFactory(first_name="Maude", last_name="Exemple")
    assign_role(user=coordinator, role="coordinator", place=event.region)
    context = new_context()
    sign_in(context, coordinator)
    page = context.new_page()
    page.goto(f"/espace/rencontres-regionales/{event.pk}/inscrire/")
    page.get_by_label("Son nom").fill("Lou Exemple")
    page.get_by_label("Ce qu’il lui faut").fill("Une rampe")
    expect(page.get_by_text("Brouillon gardé")).to_be_visible()
    other = new_context(viewport=PHONE)
    sign_in(other, coordinator)
    phone = other.new_page()
    phone.goto(f"/espace/rencontres-regionales/{event.pk}/inscrire/")
    expect(phone.get_by_text("Nous avons remis ce que vous aviez écrit")).to_be_visible()
    expect(phone.get_by_label("Son nom")).to_have_value("Lou Exemple")
    expect(phone.get_by_label("Ce qu’il lui faut")).to_have_value("")
