"""Public pages from their fresh copy: once changed, on the very next request."""

import gzip

import pytest
import time_machine
from django.db import connection, transaction
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from appreciation.domain.publications import publish, withdraw
from appreciation.enums import PublicationLevel
from appreciation.models import FrequentQuestion
from cms.caching import SHARED_SECONDS, for_everyone
from cms.public_mark import PublicMark, read_mark
from cms.settings import SiteSettings
from consortium import urls as site_urls
from reference.models import Place
from tests.factories import AppraisalFactory, MeetingFactory, PlaceFactory
from tests.factories.adopted import adopted_appraisal
from tests.factories.answers import answer, items_of, seats_of
from tests.factories.practices import practice
from tests.factories.starter_site import ensure_site_pages

PAGE = "/la-demarche/"


def open_form(request):
    return for_everyone(HttpResponse(get_token(request)))


urlpatterns = [path("formulaire/", open_form), path("", include(site_urls))]


@pytest.fixture
def site(settings, django_capture_on_commit_callbacks):
    settings.PAGE_COPIES_FRESH_SECONDS = SHARED_SECONDS
    with django_capture_on_commit_callbacks(execute=True):
        ensure_site_pages()
    return Site.objects.get(is_default_site=True)


def queries_of(client, address, **headers):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address, headers=headers)
    return response, len(asked)


def warm(client, address):
    """Read it twice: the first reader of a new site may write its settings."""
    client.get(address)
    return client.get(address)


@pytest.mark.parametrize("address", ["/", PAGE, "/demarches/"])
def test_a_second_visitor_is_given_the_copy_for_one_query(client, site, address):
    first = warm(client, address)
    second, asked = queries_of(Client(), address)
    assert (second.status_code, second.content) == (200, first.content)
    assert asked == 1
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["Cache-Control"] == first["Cache-Control"]
    assert "Age" not in second


def test_it_was_compressed_once_for_all(client, site):
    plain = warm(client, PAGE)
    copy = client.get(PAGE, headers={"Accept-Encoding": "gzip, br"})
    assert copy["Content-Encoding"] == "gzip"
    assert gzip.decompress(copy.content) == plain.content
    assert int(copy["Content-Length"]) == len(copy.content) < len(plain.content)
    assert "Accept-Encoding" in copy["Vary"]


def test_a_browser_that_has_it_is_told_that_nothing_changed(client, site):
    etag = warm(client, PAGE)["ETag"]
    again = client.get(PAGE, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(PAGE, headers={"If-None-Match": 'W/"autre"'})
    assert other.status_code == 200


def rename_page(site):
    page = Page.objects.get(slug="la-demarche").specific
    page.title = "Le tour en huit phases"
    page.save_revision().publish()


def unpublish(site):
    Page.objects.get(slug="la-demarche").specific.unpublish()


def rename_another_page_of_the_menu(site):
    Page.objects.filter(slug="demarches").update(title="Le registre")


def ask_a_question(site):
    FrequentQuestion.objects.create(question="Et les jeunes?", answer="Oui.", is_published=True)


def change_the_adviser(site):
    SiteSettings.objects.update_or_create(site=site, defaults={"adviser_name": "Josée Exemple"})


@pytest.mark.parametrize(
    "change",
    [rename_page, unpublish, rename_another_page_of_the_menu, ask_a_question, change_the_adviser],
)
def test_a_change_is_seen_on_the_very_next_request(
    client, site, change, django_capture_on_commit_callbacks
):
    before = warm(client, PAGE)
    with django_capture_on_commit_callbacks(execute=True):
        change(site)
    after, asked = queries_of(client, PAGE)
    assert after.content != before.content
    assert asked > 1


def test_a_published_sheet_is_in_the_lists_at_once(
    client, site, django_capture_on_commit_callbacks
):
    warm(client, "/pratiques/")
    with django_capture_on_commit_callbacks(execute=True):
        sheet = practice(title="Le jardin des voisines")
    assert "Le jardin des voisines" in client.get("/pratiques/").text
    with django_capture_on_commit_callbacks(execute=True):
        sheet.unpublish()
    assert "Le jardin des voisines" not in client.get("/pratiques/").text


def test_a_withdrawn_entry_is_gone_at_once(client, site, lead, django_capture_on_commit_callbacks):
    appraisal = adopted_appraisal(lead=lead)
    with django_capture_on_commit_callbacks(execute=True):
        publish(appraisal=appraisal, level=PublicationLevel.FULL, user=lead)
    assert warm(client, "/demarches/riviere-exemple-2026/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(appraisal=appraisal, user=lead, reason="Erreur")
    assert client.get("/demarches/riviere-exemple-2026/").status_code == 410


def test_a_bulk_update_counts_too(site, django_capture_on_commit_callbacks):
    """No signal tells of it: the statement does."""
    before = read_mark()
    with django_capture_on_commit_callbacks(execute=True):
        Place.objects.update(name="Ailleurs")
    assert read_mark() != before


@pytest.mark.django_db(transaction=True)
def test_the_first_writing_of_a_new_site_breaks_nothing(settings, caplog):
    """Out of any transaction, a row that is added is still being given back (RETURNING)."""
    settings.PAGE_COPIES_FRESH_SECONDS = 60
    PublicMark.objects.all().delete()
    PlaceFactory()
    assert caplog.records == []
    before = read_mark()
    PlaceFactory()
    assert caplog.records == []
    assert read_mark() != before


def test_a_copy_of_another_mark_is_given_to_nobody(client, site):
    warm(client, PAGE)
    PublicMark.objects.update(value="posée par un autre processus")
    _response, asked = queries_of(client, PAGE)
    assert asked > 1


def test_nothing_that_was_undone_outdates_the_copies(site):
    before = read_mark()
    with transaction.atomic():
        Place.objects.update(name="Ailleurs")
        transaction.set_rollback(True)
    assert read_mark() == before


def test_answers_of_a_meeting_leave_the_copies_alone(site, django_capture_on_commit_callbacks):
    meeting = MeetingFactory(appraisal=AppraisalFactory(instrument__with_items=2))
    item = items_of(meeting.appraisal)[0]
    answer(meeting, item, [1, 2], seats=seats_of(meeting, 2))
    before = read_mark()
    with django_capture_on_commit_callbacks(execute=True):
        answer(meeting, item, [3, 4], seats=seats_of(meeting, 4)[2:])
    assert read_mark() == before


def test_whoever_sends_a_cookie_is_given_no_copy_and_leaves_none(client, site, lead):
    client.force_login(lead)
    assert client.get(PAGE).status_code == 200
    _response, asked = queries_of(Client(), PAGE)
    assert asked > 1
    _response, asked = queries_of(client, PAGE)
    assert asked > 1
    with_token = Client()
    with_token.cookies["csrftoken"] = "x" * 32
    _response, asked = queries_of(with_token, PAGE)
    assert asked > 1


@pytest.mark.parametrize("address", ["/comptes/connexion/", "/espace/", "/formulaire/", "/r/"])
def test_what_opens_a_form_or_a_session_is_never_copied(client, site, settings, address):
    settings.ROOT_URLCONF = __name__
    Client().get(address)
    first, second = (queries_of(Client(), address) for _ in range(2))
    assert first[0].status_code == second[0].status_code
    assert first[1] == second[1]
    assert "ETag" not in second[0]


def test_a_question_in_the_address_is_asked_each_time(client, site):
    warm(client, "/demarches/")
    _response, asked = queries_of(client, "/demarches/?q=pont")
    assert asked > 1


def test_after_a_minute_it_is_made_anew(client, site):
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False) as clock:
        warm(client, PAGE)
        clock.shift(SHARED_SECONDS)
        _response, asked = queries_of(client, PAGE)
    assert asked > 1


def test_a_redirect_that_is_new_is_followed_at_once(client, site):
    assert client.get("/ancienne-adresse/").status_code == 404
    Redirect.objects.create(site=site, old_path="/ancienne-adresse", redirect_link=PAGE)
    assert client.get("/ancienne-adresse/")["Location"] == PAGE
