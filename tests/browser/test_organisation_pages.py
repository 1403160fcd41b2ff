"""The organisation’s pages on a phone: a word is explained on focus, then put away."""

import re

from playwright.sync_api import expect

from home.models import ResourcePage
from tests.browser.sizes import PHONE
from tests.factories.organisation import news, organisation_site


def test_a_visitor_reads_about_a_territory_an_issue_and_a_word(new_context, assert_accessible):
    organisation_site()
    told = news(title="Un marché ouvre")
    guide = ResourcePage.objects.live().earliest("pk")
    page = new_context(viewport=PHONE).new_page()
    for address in (
        "/territoires/mekinac/", "/enjeux/habitation/", "/ressources/", "/nouvelles/",
        "/partenaires/", "/lexique/", "/a-propos/", told.url, guide.url,
    ):  # fmt: skip
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_accessible(page)
    page.goto("/developpement-social/")
    word = page.get_by_role("link", name="concertation")
    meaning = page.get_by_role("tooltip")
    word.focus()
    expect(meaning.filter(has_text="sans que personne commande")).to_be_visible()
    expect(word).to_have_accessible_description(re.compile("^Travailler régulièrement ensemble"))
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(meaning).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/lexique/#concertation")
