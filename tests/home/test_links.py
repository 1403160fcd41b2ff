"""Each night, links that lead nowhere are found; they go once they are put right."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import Page

from home.domain.links import MOST_OUTSIDE, check_links, shown_links
from home.links import BrokenLink
from home.models import StandardPage
from tests.factories.starter_site import ensure_site_pages

NOW = timezone.now()


@pytest.fixture(autouse=True)
def _pages(settings):
    settings.CHECK_OUTSIDE_LINKS = True
    ensure_site_pages()


def page_with(html: str) -> StandardPage:
    home = Page.objects.get(slug="accueil")
    body = [{"type": "text", "value": html, "id": "a"}]
    page = StandardPage(title="Liens", slug="liens")
    page.body = StandardPage.body.field.stream_block.to_python(body)
    return home.add_child(instance=page)


def check(answers: dict[str, str] | None = None) -> list[tuple[str, str]]:
    check_links(NOW, ask=lambda url: (answers or {}).get(url, ""), pause=0)
    found = BrokenLink.objects.order_by("url")
    return [(link.url, link.reason) for link in found]


def test_our_own_starter_pages_have_no_broken_link():
    assert check() == []


def test_inside_links_that_lead_nowhere_are_found():
    gone = Page.objects.get(slug="la-demarche")
    page_with(
        '<p><a href="/vie-privee/">a</a><a href="/inconnue/">b</a><a href="/r/">c</a>'
        f'<a linktype="page" id="{gone.pk}">d</a><a id="999999" linktype="page">e</a></p>'
    )
    assert check() == [
        ("/inconnue/", "page du site retirée"),
        ("page:999999", "page du site retirée"),
    ]
    gone.unpublish()
    found = check()
    assert (f"page:{gone.pk}", "page du site retirée") in found


def test_outside_links_are_asked_once_a_night_and_mail_is_left_alone():
    asked = []
    page_with(
        '<p><a href="https://exemple.org/a?b=1&amp;c=2">a</a> <a href="mailto:x@exemple.org">m</a>'
        '<a href="https://exemple.org/a?b=1&amp;c=2">encore</a></p>'
    )
    check_links(NOW, ask=lambda url: asked.append(url) or "", pause=0)
    assert asked == ["https://exemple.org/a?b=1&c=2"]


def test_beyond_a_nights_worth_every_link_has_its_night():
    """What did not answer is asked again first, and is never forgotten for want of room."""
    urls = [f"https://exemple.org/{number:03}" for number in range(MOST_OUTSIDE + 50)]
    page_with("".join(f'<a href="{url}">a</a>' for url in urls))
    nights = []
    for night in range(2):
        asked = []

        def ask(url, asked=asked):
            asked.append(url)
            return "page disparue" if url.endswith("7") else ""

        check_links(NOW + dt.timedelta(days=night), ask=ask, pause=0)
        nights.append(asked)
    assert max(len(asked) for asked in nights) <= MOST_OUTSIDE
    assert set().union(*nights) == set(urls)
    assert {link.url for link in shown_links()} == {url for url in urls if url.endswith("7")}


def test_nothing_is_asked_outside_when_it_is_turned_off(settings):
    settings.CHECK_OUTSIDE_LINKS = False
    page_with('<p><a href="https://exemple.org/">a</a></p>')
    assert check({"https://exemple.org/": "page disparue"}) == []


def test_a_sure_failure_is_told_at_once_a_passing_one_after_three_nights():
    page_with('<p><a href="https://a.org/">a</a><a href="https://b.org/">b</a></p>')
    answers = {"https://a.org/": "page disparue", "https://b.org/": "erreur 503"}
    check(answers)
    assert [link.url for link in shown_links()] == ["https://a.org/"]
    check(answers)
    check(answers)
    assert sorted(link.url for link in shown_links()) == ["https://a.org/", "https://b.org/"]


def test_a_link_put_right_is_forgotten_and_so_is_a_page_taken_back():
    page = page_with('<p><a href="/inconnue/">b</a></p>')
    assert len(check()) == 1
    page.body = [("text", page.body.stream_block.child_blocks["text"].to_python("<p>Rien</p>"))]
    page.save()
    assert check() == []
    page.body = [
        ("text", page.body.stream_block.child_blocks["text"].to_python('<a href="/rien/">b</a>'))
    ]
    page.save()
    assert len(check()) == 1
    page.unpublish()
    assert check() == []
