"""What every answer carries, and what a shared cache may not keep."""

import pytest

from home.models import StandardPage
from tests.factories.starter_site import ensure_site_pages

PUBLIC_POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.mark.parametrize("path", ["/comptes/connexion/", "/rien-ici/", "/r/", "/sante/"])
def test_public_answers_allow_nothing_but_ourselves(client, path):
    response = client.get(path)
    assert set(response["Content-Security-Policy"].split("; ")) == PUBLIC_POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"]


def test_admin_has_a_policy_of_its_own(admin_client):
    policy = admin_client.get("/admin/")["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "object-src 'none'" in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", ["/comptes/", "/admin/", "/comptes/securite/"])
def test_signed_in_answers_are_kept_by_no_cache(admin_client, path):
    response = admin_client.get(path)
    assert response.status_code in (200, 302)
    assert response["Cache-Control"] == "private, no-store"


def test_sign_in_page_sets_guarded_cookies(client):
    response = client.get("/comptes/connexion/")
    csrf = response.cookies["csrftoken"]
    assert csrf["httponly"]
    assert csrf["samesite"] == "Lax"


def test_session_cookie_is_out_of_reach_of_scripts(client, stranger):
    client.post(
        "/comptes/connexion/", {"login": stranger.email, "password": "mot-de-passe-long-42"}
    )
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


def test_a_preview_keeps_the_public_policy_but_for_its_frame(admin_client):
    ensure_site_pages()
    page = StandardPage.objects.get(slug="vie-privee")
    response = admin_client.get(f"/admin/pages/{page.pk}/view_draft/")
    assert "<h1>Vie privée</h1>" in response.text
    policy = set(response["Content-Security-Policy"].split("; "))
    assert policy == PUBLIC_POLICY - {"frame-ancestors 'none'"} | {"frame-ancestors 'self'"}
