"""Every component: light, dark, narrow, large, on paper and with more contrast."""

from django.urls import reverse
from playwright.sync_api import Page

from tests.factories.starter_site import ensure_site_pages


def test_every_component_is_accessible(page: Page, live_server, assert_accessible):
    ensure_site_pages()
    page.goto(live_server.url + reverse("gallery"))
    assert_accessible(page)
    page.emulate_media(contrast="more")
    soft, ink = page.evaluate(
        "['.soft', 'body'].map((each) => getComputedStyle(document.querySelector(each)).color)"
    )
    assert soft == ink
