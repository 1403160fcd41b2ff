"""What a process keeps of the public site: few queries, and a change is seen at once."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from cms.caching import SHARED_SECONDS
from cms.kept import kept
from cms.settings import SiteSettings
from pratiques.models import CataloguePage
from tests.factories.practices import full_practice, practice
from tests.factories.starter_site import ensure_site_pages

MADE_ANEW = {"cookie": "visite=1"}
"""Whoever sends a cookie is given no copy of the page."""


@pytest.fixture
def change(settings, django_capture_on_commit_callbacks):
    """Run it as a transaction of its own would be: the mark follows."""
    settings.PAGE_COPIES_FRESH_SECONDS = SHARED_SECONDS

    def run(function, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return function(*args, **kwargs)

    run(ensure_site_pages)
    return run


def read(address: str) -> str:
    return Client().get(address, headers=MADE_ANEW).content.decode()


def queries(address: str) -> int:
    for _ in range(2):
        read(address)
    with CaptureQueriesContext(connection) as asked:
        read(address)
        return len(asked)


def test_pages_made_anew_ask_few_and_the_same_for_one_and_many(change):
    asked = []
    for rows in (1, 3):
        for _ in range(rows):
            sheet = change(full_practice, rows=rows)
        pages = ("/pratiques/", "/pratiques/?q=navette", "/pratiques/?vue=carte", sheet.url, "/")
        asked.append([queries(address) for address in pages])
    assert asked == [[4, 5, 3, 7, 7]] * 2


def rename_a_section() -> None:
    Page.objects.filter(slug="demarches").update(title="Le registre change")


def rename_the_organisation() -> None:
    SiteSettings.objects.update(organisation_name="Le registre change")


def tell_whom_to_call() -> None:
    SiteSettings.objects.update(adviser_name="Le registre change")


@pytest.mark.parametrize("write", [rename_a_section, rename_the_organisation, tell_whom_to_call])
def test_header_and_footer_follow_at_once(change, write):
    addresses = ("/", "/la-demarche/", "/recherche/")
    assert not any("Le registre change" in read(address) for address in addresses)
    change(write)
    assert all("Le registre change" in read(address) for address in addresses)


def test_a_section_follows_at_once(change):
    change(practice)
    assert "Un mot nouveau" not in read("/pratiques/")
    change(CataloguePage.objects.update, introduction="<p>Un mot nouveau</p>")
    assert "Un mot nouveau" in read("/pratiques/")
    change(CataloguePage.objects.get().unpublish)
    assert Client().get("/pratiques/", headers=MADE_ANEW).status_code == 404


def test_a_page_that_becomes_reserved_is_closed_at_once(change):
    sheet = change(practice)
    assert Client().get(sheet.url, headers=MADE_ANEW).status_code == 200
    section = sheet.get_parent()
    change(PageViewRestriction.objects.create, page=section, restriction_type="login")
    assert Client().get(sheet.url, headers=MADE_ANEW).status_code == 302


def test_the_home_page_and_the_name_of_the_site_may_move(change):
    read("/")
    other = change(practice).get_parent()
    change(Site.objects.update, root_page=other)
    assert "Chercher une pratique" in read("/")


def test_the_menu_marks_where_one_stands(change):
    change(practice)
    current = '<a href="/pratiques/" aria-current="page">'
    assert current in read("/pratiques/")
    assert current not in read("/")
    assert '<a href="/demarches/" aria-current="page">' in read("/demarches/")


def test_nothing_is_kept_for_whoever_writes_nor_without_marks(change, settings, rf: RequestFactory):
    made = iter(range(10))
    assert [kept(rf.get("/"), "x", lambda: next(made)) for _ in range(2)] == [0, 0]
    assert [kept(rf.post("/"), "x", lambda: next(made)) for _ in range(2)] == [1, 2]
    assert [kept(None, "x", lambda: next(made)) for _ in range(2)] == [3, 4]
    settings.PAGE_COPIES_FRESH_SECONDS = 0
    assert kept(rf.get("/"), "x", lambda: next(made)) == 5


def test_a_part_is_kept_for_what_it_depends_on(change, rf):
    part = Template("{% load kept %}{% kept_part 'x' who %}{{ word }}{% endkept_part %}")

    def shown(**values) -> str:
        return part.render(Context({"request": rf.get("/"), **values}))

    assert [shown(who=1, word="a"), shown(who=1, word="b"), shown(who=2, word="b")] == [*"aab"]
