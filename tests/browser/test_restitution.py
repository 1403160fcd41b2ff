"""The draft report in the hands of those who answered: on a phone, without script, on paper."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from appreciation.domain.restitution import open_restitution
from tests.browser.sizes import PHONE
from tests.factories.adopted import adopted_appraisal


@pytest.fixture
def told(lead):
    told = adopted_appraisal(lead=lead, every_item=True)
    told.meetings.update(join_code="K7M2PX")
    return told


def test_from_the_gesture_to_a_phone(new_context, sign_in, assert_accessible, told, lead):
    desk = new_context()
    sign_in(desk, lead)
    page = desk.new_page()
    page.goto(reverse("space:restitution", args=[told.reference]))
    page.get_by_role("button", name="Ouvrir la restitution").press("Enter")
    expect(page.get_by_text("La restitution est ouverte.")).to_be_visible()
    assert_accessible(page)
    phone = new_context(viewport=PHONE, javascript=False).new_page()
    phone.goto("/r/")
    phone.get_by_label("Code, en six lettres ou chiffres").fill("k7m 2px")
    phone.get_by_role("button", name="Continuer").click()
    expect(phone.get_by_role("heading", name="Voici ce que vous avez dit")).to_be_visible()
    expect(phone.get_by_text("On s’entraide quand ça compte")).to_be_visible()
    assert phone.context.cookies() == []


def test_the_report_is_accessible_everywhere(new_context, assert_accessible, told, lead):
    open_restitution(appraisal=told, user=lead)
    page = new_context().new_page()
    page.goto("/r/K7M2PX/rapport/")
    expect(page.get_by_role("heading", name="Voici ce que vous avez dit")).to_be_visible()
    assert_accessible(page)


def test_a_correction_by_keyboard_and_its_answer(
    new_context, sign_in, assert_accessible, told, lead
):
    open_restitution(appraisal=told, user=lead)
    phone = new_context(viewport=PHONE).new_page()
    phone.context.watched.expected_statuses.add(422)
    phone.goto("/r/K7M2PX/rapport/")
    phone.get_by_role("link", name="Une erreur? Dites-le : Ce que le groupe en dit").press("Enter")
    phone.get_by_role("button", name="Envoyer").press("Enter")
    expect(phone.get_by_text("Écrivez ce qui est à corriger.").first).to_be_visible()
    expect(phone.get_by_role("alert")).to_be_focused()
    phone.get_by_label("Qu’est-ce qui est à corriger?").fill("Le quai date de 1987.")
    assert_accessible(phone)
    phone.get_by_role("button", name="Envoyer").press("Enter")
    expect(phone.get_by_text("Merci, c’est reçu.")).to_be_visible()
    desk = new_context()
    desk.watched.expected_statuses.add(422)
    sign_in(desk, lead)
    page = desk.new_page()
    page.goto(reverse("space:corrections", args=[told.reference]))
    page.get_by_label("Refuser").check()
    page.get_by_role("button", name="Répondre").press("Enter")
    expect(page.get_by_text("Dites pourquoi elle est refusée").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("textbox", name="Pourquoi").fill("Le procès-verbal dit 1986.")
    page.get_by_role("button", name="Répondre").press("Enter")
    expect(page.get_by_text("Toutes ont leur réponse.")).to_be_visible()
    phone.goto("/r/K7M2PX/rapport/")
    expect(phone.get_by_text("Le procès-verbal dit 1986.")).to_be_visible()


def test_before_and_after_are_kind(new_context, assert_accessible, told, lead):
    phone = new_context(viewport=PHONE).new_page()
    phone.goto("/r/K7M2PX/rapport/")
    expect(phone.get_by_role("heading", name="Le rapport n’est pas encore prêt")).to_be_visible()
    assert_accessible(phone)
    opened = timezone.now() - dt.timedelta(days=40)
    open_restitution(appraisal=told, user=lead, now=opened)
    phone.context.watched.expected_statuses.add(410)
    phone.goto("/r/K7M2PX/rapport/")
    expect(phone.get_by_role("heading", name="La restitution est terminée")).to_be_visible()
    assert_accessible(phone)
