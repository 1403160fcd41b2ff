"""As a facilitator: from a challenge in the results to a practice, and to someone to call."""

from playwright.sync_api import expect

from appreciation.domain.publications import publish
from appreciation.enums import FindingKind, PublicationLevel
from tests.browser.sizes import PHONE
from tests.factories import UserFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.outcomes import FindingFactory
from tests.factories.places import DimensionFactory
from tests.factories.practices import practice

HEADING = "Devant ces défis, d’autres ont essayé"


def sheet_for(dimension, **values):
    sheet = practice(**values)
    sheet.dimensions = [dimension]
    sheet.save_revision().publish()
    return sheet


def test_a_challenge_leads_to_someone_to_call(new_context, sign_in, assert_accessible):
    elise = UserFactory(username="elise", first_name="Élise", last_name="Meneuse")
    appraisal = adopted_appraisal(lead=elise, level=PublicationLevel.SUMMARY)
    links = DimensionFactory(name="Entraide et liens sociaux")
    FindingFactory(
        appraisal=appraisal,
        kind=FindingKind.CHALLENGE,
        dimension=links,
        text="On ne se connaît plus",
    )
    feast = sheet_for(
        links, title="La fête des voisins", holder_name="Maison fictive",
        contact_hint="la coordination", contact_phone="819 555-0142",
    )  # fmt: skip
    sheet_for(links, title="Le dépanneur du coin", contact_phone="")
    context = new_context(viewport=PHONE)
    sign_in(context, elise)
    page = context.new_page()

    page.goto(f"/espace/rencontres/{appraisal.meetings.get().reference}/resultats/")
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()
    cards = page.locator(".suggestion")
    expect(cards).to_have_count(2)
    card = cards.filter(has_text="La fête des voisins")
    expect(card).to_contain_text("Devant ce défi\xa0: «\xa0On ne se connaît plus\xa0»")
    expect(card).to_contain_text("Elle touche la même dimension que votre défi")
    expect(card).to_contain_text("Maison fictive, la coordination")
    call = card.get_by_role("link", name="819 555-0142")
    expect(call).to_have_attribute("href", "tel:8195550142")

    page.get_by_role("link", name="Choisir, ou dire qu’aucune ne convient").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADING)
    assert_accessible(page)
    page.get_by_role("button", name="Pas celle-ci\xa0: Le dépanneur du coin").focus()
    page.keyboard.press("Enter")
    expect(cards).to_have_count(1)
    expect(page.get_by_text("Cette pratique ne vous sera plus proposée ici.")).to_be_visible()
    card.get_by_role("link", name="La fête des voisins").click()
    expect(page).to_have_url(f"{page.url.split('/pratiques/')[0]}/pratiques/{feast.slug}/")
    margin = page.get_by_role("region", name="On peut les appeler")
    expect(margin.get_by_role("link", name="819 555-0142")).to_be_visible()

    edition = publish(appraisal=appraisal, level=PublicationLevel.SUMMARY, user=elise)
    visitor = new_context(viewport=PHONE).new_page()
    visitor.goto(f"/demarches/{edition.slug}/")
    shown = visitor.locator(".suggestion")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("La fête des voisins")
    expect(shown.get_by_role("link", name="819 555-0142")).to_be_visible()
    expect(shown.get_by_role("button")).to_have_count(0)
