"""A rehearsal from a cold start, alone: eight cards, her phone, three sheets, then nothing."""

import pytest
from playwright.sync_api import Page, expect

from appreciation.models import Meeting, Rating, Rehearsal
from tests.browser.sizes import NARROW, PHONE
from tests.factories import InstrumentFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def noemie():
    InstrumentFactory(with_items=3, is_default=True)
    return UserFactory(username="noemie", first_name="Noémie", last_name="Nouvelle")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def step(page: Page, number: int) -> None:
    expect(page.get_by_text(f"Étape {number} de 8")).to_be_visible()


def begin(page: Page) -> Meeting:
    page.goto("/espace/")
    page.get_by_role("link", name="Faire une répétition générale").click()
    press(page, "Commencer la répétition")
    step(page, 1)
    return Meeting.every.get()


def test_somebody_new_leads_it_to_the_end_and_wipes_it(
    new_context, sign_in, noemie, assert_accessible
):
    context = new_context()
    sign_in(context, noemie)
    console = context.new_page()
    meeting = begin(console)
    assert_accessible(console)
    press(console, "Non\N{NO-BREAK SPACE}: ouvrir la répétition")
    step(console, 2)

    phone_context = new_context(viewport=NARROW)
    # The phone still asks for news while the rehearsal is wiped.
    phone_context.watched.expected_statuses.update({404, 410})
    phone = phone_context.new_page()
    phone.goto(f"/r/{meeting.join_code}/")
    expect(phone.get_by_text("C’est une répétition.")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_role("button", name="Commencer").click()
    phone.get_by_label("Acquis").check()
    phone.get_by_role("button", name="Suivant", exact=True).click()
    expect(phone.get_by_text("C’est une répétition.")).to_be_visible()

    press(console, "Faire répondre les participants fictifs")
    expect(console.locator(".received .big")).to_have_text("10")
    step(console, 3)
    press(console, "Fermer et révéler")
    step(console, 4)
    press(console, "Dimension suivante")
    press(console, "Faire répondre les participants fictifs")
    expect(console.locator(".received .big")).to_have_text("10")
    press(console, "Fermer et révéler")
    step(console, 5)
    assert_accessible(console)
    console.get_by_role("link", name="Voir les trois feuilles").click()
    assert_accessible(console)
    console.go_back()

    console.locator("#fermer-la-rencontre summary").click()
    press(console, "Oui, fermer la rencontre")
    step(console, 7)
    press(console, "Saisie terminée")
    step(console, 8)
    console.get_by_role("link", name="Voir les résultats").click()
    expect(console.get_by_role("heading", level=1)).to_have_text("Ce que la rencontre a trouvé")
    assert_accessible(console)
    console.get_by_role("link", name="Revenir à la console").click()
    console.get_by_role("link", name="Effacer la répétition").click()
    assert_accessible(console)
    console.get_by_label("Les réponses des vrais téléphones peuvent être effacées").check()
    press(console, "Effacer la répétition")
    expect(console.get_by_text("menée jusqu’au bout")).to_be_visible()
    assert_accessible(console)
    assert (Rating.objects.count(), Meeting.every.count(), Rehearsal.objects.count()) == (0, 0, 1)


def test_on_a_phone_without_script_and_with_real_people_it_stays_shut(new_context, sign_in, noemie):
    context = new_context(viewport=PHONE, javascript=False)
    sign_in(context, noemie)
    page = context.new_page()
    begin(page)
    press(page, "Oui, des gens du milieu sont là")
    expect(page.get_by_text("n’ouvrez pas la répétition")).to_be_visible()
    step(page, 1)


def test_the_wall_says_it_is_a_rehearsal(new_context, sign_in, noemie):
    context = new_context(viewport={"width": 1024, "height": 768})
    sign_in(context, noemie)
    page = context.new_page()
    meeting = begin(page)
    page.goto(f"/espace/rencontres/{meeting.reference}/projection/")
    expect(page.get_by_text("RÉPÉTITION – rien ne compte")).to_be_in_viewport()
