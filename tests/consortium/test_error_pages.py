"""Error pages: French, a reference number, a way on; the worst ones without the database."""

import logging
import re

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, DataError, InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_POST

from consortium import urls as site_urls

REFERENCE = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")
ERRORS = {
    "suspicious": SuspiciousOperation,
    "denied": PermissionDenied,
    "big": RequestDataTooBig,
    "boom": ValueError,
    "overflow": OverflowError,
    "range": DataError,
    "operational": OperationalError,
    "interface": InterfaceError,
    "database": DatabaseError,
}


def fail(request, name):
    raise ERRORS[name]("integer out of range" if name == "range" else name)


@require_POST
def only_post(request):
    return HttpResponse()


urlpatterns = [
    path("panne/<str:name>/", fail),
    path("envoi/", only_post),
    path("", include(site_urls)),
]
handler400, handler403 = site_urls.handler400, site_urls.handler403
handler404, handler500 = site_urls.handler404, site_urls.handler500
handler429 = site_urls.handler429


@pytest.fixture
def fragile(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("name", "status", "title"),
    [
        ("suspicious", 400, "Cette demande n’a pas pu être comprise"),
        ("denied", 403, "Cette page ne vous est pas ouverte"),
        ("big", 413, "C’est trop lourd"),
        ("overflow", 400, "Cette demande n’a pas pu être comprise"),
        ("range", 400, "Cette demande n’a pas pu être comprise"),
        ("boom", 500, "Quelque chose n’a pas fonctionné de notre côté"),
        ("operational", 503, "Le site reprend son souffle"),
        ("interface", 503, "Le site reprend son souffle"),
        ("database", 500, "Quelque chose n’a pas fonctionné de notre côté"),
    ],
)
def test_each_failure_has_its_page(fragile, django_assert_num_queries, name, status, title):
    with django_assert_num_queries(0):
        response = fragile.get(f"/panne/{name}/")
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert REFERENCE.search(page)
    assert "Aller à l’accueil" in page
    assert name not in page


def test_unknown_address_is_a_french_404(client):
    response = client.get("/rien-ici/")
    assert response.status_code == 404
    assert "Cette page n’existe pas" in response.content.decode()


def test_database_away_says_when_to_come_back(fragile):
    assert fragile.get("/panne/operational/")["Retry-After"] == "10"


def test_reference_on_the_page_is_the_one_in_the_log(fragile, caplog):
    with caplog.at_level(logging.ERROR, logger="django.request"):
        page = fragile.get("/panne/boom/").content.decode()
    record = next(r for r in caplog.records if r.name == "django.request")
    assert record.request.reference in page


def test_a_script_gets_json(fragile):
    response = fragile.get("/panne/operational/", headers={"Accept": "application/json"})
    assert response.status_code == 503
    assert response.json()["error"] == "Le site reprend son souffle"
    assert REFERENCE.fullmatch(response.json()["reference"])


def test_stale_form_is_explained(stranger):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/comptes/connexion/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "Cette page est restée ouverte trop longtemps" in response.content.decode()


def test_real_database_that_is_away_gives_503_then_recovers(client, settings, monkeypatch):
    """The session's own query fails, in a middleware: still the 503 page, and no restart needed."""
    client.raise_request_exception = False
    client.cookies["sessionid"] = "une-session-quelconque"

    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(away):
        response = client.get("/comptes/")
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert client.get("/comptes/connexion/").status_code == 200


@pytest.mark.parametrize("path", ["/suivi/a%00b/", "/invitation/%00/", "/espace/aide/?q=a%00b"])
def test_a_nul_in_an_address_finds_nothing(admin_client, path):
    """PostgreSQL would answer it by an error of the server."""
    response = admin_client.get(path)
    assert response.status_code == 404
    assert 'lang="fr-CA"' in response.text
