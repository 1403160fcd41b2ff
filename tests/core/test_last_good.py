"""Public pages while the database is away: the last good copy, of nothing private (row 23)."""

import pytest
import time_machine
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.urls import include, path
from wagtail.models import Page, Site

from appreciation.domain.publications import publish, withdraw
from appreciation.enums import PublicationLevel
from cms.caching import for_everyone
from cms.settings import SiteSettings
from consortium import urls as site_urls
from tests.factories.adopted import adopted_appraisal
from tests.factories.starter_site import ensure_site_pages

ENTRY = "/demarches/riviere-exemple-2026/"
PUBLIC = ["/", "/la-demarche/", "/demarches/", ENTRY]


def with_cookie(request):
    response = for_everyone(HttpResponse(Page.objects.count()))
    response.set_cookie("temoin", "x")
    return response


def with_session(request):
    request.session.get("rien")
    return for_everyone(HttpResponse(Page.objects.count()))


def for_nobody_else(request):
    response = HttpResponse(Page.objects.count())
    response["Cache-Control"] = "public, no-store"
    return response


urlpatterns = [
    path("temoin/", with_cookie),
    path("seance/", with_session),
    path("prive/", for_nobody_else),
    path("", include(site_urls)),
]
handler500 = site_urls.handler500


@pytest.fixture
def published(lead, client):
    client.raise_request_exception = False
    ensure_site_pages()
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level=PublicationLevel.FULL, user=lead)
    return appraisal


def while_away(client, address, **headers):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        return client.get(address, headers=headers)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_read_before_is_shown_with_its_age(client, published, address):
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False) as clock:
        before = client.get(address)
        clock.shift(95)
        copy = while_away(client, address)
    assert copy.status_code == 200
    assert copy.content == before.content
    assert copy["Content-Type"] == before["Content-Type"]
    assert (copy["Age"], copy["Warning"]) == ("95", '110 - "Response is Stale"')
    assert copy["Cache-Control"] == "no-cache"
    assert copy["Content-Security-Policy"] == before["Content-Security-Policy"]
    assert "Age" not in client.get(address)


@pytest.mark.parametrize("address", ["/la-demarche/", "/demarches/?q=pont"])
def test_without_a_copy_it_is_the_503(client, published, address):
    client.get("/demarches/")
    refused = while_away(client, address)
    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    assert "Le site reprend son souffle" in refused.text


def test_a_search_is_kept_by_nobody(client, published):
    """Endless addresses would push the pages out."""
    assert client.get("/demarches/?q=pont").status_code == 200
    assert while_away(client, "/demarches/?q=pont").status_code == 503


def test_after_a_day_a_copy_is_no_longer_good(client, published):
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False) as clock:
        client.get("/")
        clock.shift(24 * 60 * 60 + 1)
        assert while_away(client, "/").status_code == 503


@pytest.mark.parametrize("address", ["/temoin/", "/seance/", "/prive/", "/r/", "/sitemap.xml"])
def test_what_belongs_to_somebody_is_never_copied(client, published, settings, address):
    settings.ROOT_URLCONF = __name__
    assert client.get(address).status_code == 200
    assert while_away(client, address).status_code == 503


def test_what_the_region_reads_is_never_copied(client, lead):
    client.raise_request_exception = False
    publish(appraisal=adopted_appraisal(lead=lead), level=PublicationLevel.REGION, user=lead)
    client.force_login(lead)
    assert client.get(ENTRY).status_code == 200
    assert while_away(client, ENTRY).status_code == 503
    client.logout()
    assert while_away(client, ENTRY).status_code == 503


def test_a_withdrawn_entry_is_forgotten_at_once_everywhere(
    client, published, lead, django_capture_on_commit_callbacks
):
    """Even where nobody asked for its address, or for the list that names it, since."""
    client.get(ENTRY)
    client.get("/demarches/")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(appraisal=published, user=lead, reason="Erreur")
    assert while_away(client, ENTRY).status_code == 503
    assert while_away(client, "/demarches/").status_code == 503
    assert client.get("/demarches/").status_code == 200
    assert while_away(client, "/demarches/").status_code == 200


def test_an_address_that_answers_410_loses_its_copy(client, published, lead):
    """The rows alone say so here, as after a restore: no signal is needed."""
    client.get(ENTRY)
    withdraw(appraisal=published, user=lead, reason="Erreur")
    assert client.get(ENTRY).status_code == 410
    assert while_away(client, ENTRY).status_code == 503


def test_a_lower_level_forgets_what_was_public(
    client, published, lead, django_capture_on_commit_callbacks
):
    client.get(ENTRY)
    with django_capture_on_commit_callbacks(execute=True):
        publish(appraisal=published, level=PublicationLevel.REGION, user=lead)
    assert while_away(client, ENTRY).status_code == 503


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.unpublish(),
        lambda page: page.delete(),
        lambda page: page.save_revision().publish(),
        lambda page: page.view_restrictions.create(restriction_type="login"),
    ],
    ids=["unpublished", "deleted", "corrected", "closed"],
)
def test_what_an_editor_changes_is_forgotten(
    client, published, change, django_capture_on_commit_callbacks
):
    client.get("/la-demarche/")
    assert while_away(client, "/la-demarche/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        change(Page.objects.get(slug="la-demarche").specific)
    assert while_away(client, "/la-demarche/").status_code == 503


def test_the_name_of_a_person_taken_off_the_foot_of_the_pages_is_forgotten(
    client, published, django_capture_on_commit_callbacks
):
    client.get("/la-demarche/")
    with django_capture_on_commit_callbacks(execute=True):
        SiteSettings.for_site(Site.objects.get(is_default_site=True)).save()
    assert while_away(client, "/la-demarche/").status_code == 503


def test_the_first_page_read_of_a_new_site_is_kept(
    client, published, django_capture_on_commit_callbacks
):
    SiteSettings.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        read = client.get("/la-demarche/")
    assert SiteSettings.objects.count() == 1
    assert while_away(client, "/la-demarche/").content == read.content
