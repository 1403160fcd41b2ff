"""One stylesheet per page, made of those that it names."""

import gzip
import re

import pytest
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client

from core.joined_styles import joined, kept

pytestmark = pytest.mark.once


def address_on(client, page) -> str:
    [address] = re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get(page).text)
    return address


def test_a_page_names_one_sheet_that_is_kept_for_good(client):
    address = address_on(client, "/comptes/connexion/")
    assert re.fullmatch(r"/styles/[0-9a-f]{12}/tokens-site-account\.css", address)
    sheet = client.get(address)
    assert (sheet.status_code, sheet["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--paper:" in sheet.text
    assert sheet.text.index("--paper:") < sheet.text.index(".site-header")
    assert 'url("/static/fonts/atkinson-hyperlegible-next.woff2")' in sheet.text
    assert "/*" not in sheet.text
    assert "Set-Cookie" not in sheet


def test_it_travels_compressed(client):
    address = joined(("tokens", "site")).address
    sheet = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(sheet.content) == client.get(address).content
    assert len(sheet.content) < 8_000


def test_an_old_imprint_is_given_what_there_is_now_and_not_for_good(client):
    old = client.get("/styles/0123456789ab/tokens-site.css")
    assert old.content == joined(("tokens", "site")).content
    assert old["Cache-Control"] == "public, max-age=0"


@pytest.mark.parametrize(
    "names", ["inconnu", "tokens-inconnu", "-".join(["tokens"] * 9), "tokens-", "TOKENS"]
)
def test_what_is_no_sheet_of_ours_is_not_found(client, names):
    assert client.get(f"/styles/0123456789ab/{names}.css").status_code == 404


def test_a_sheet_named_twice_is_carried_once_in_its_place():
    link = '<link rel="stylesheet" href="/static/css/{}.css">'
    text = "".join(link.format(name) for name in ("tokens", "site", "tokens"))
    page = Template("{% load styles %}{% joined_styles %}" + text + "{% endjoined_styles %}")
    assert page.render(Context()).endswith('/tokens-site.css">')


def test_a_screen_that_adds_a_sheet_keeps_those_of_its_layout():
    link = '<link rel="stylesheet" href="/static/css/{}.css">'
    base = Template(
        "{% load styles %}{% joined_styles %}{% block styles %}"
        + link.format("site")
        + "{% endblock %}{% endjoined_styles %}"
    )
    screen = Template(
        "{% extends base %}{% block styles %}{{ block.super }}"
        + link.format("space")
        + "{% endblock %}"
    )
    assert screen.render(Context({"base": base})).endswith('/site-space.css">')


@pytest.fixture
def nothing_joined_yet():
    kept.cache_clear()
    yield
    kept.cache_clear()


@pytest.mark.usefixtures("nothing_joined_yet")
def test_collected_files_are_joined_by_their_imprints(settings, tmp_path):
    """As in production: the font is asked for by the name under which it is kept for good."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = False
    # Nobody asks here for a compressed file, nor for Wagtail's own, which take a dozen seconds.
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("js", "css", "svg", "json", "map", "txt", "md")
    manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["wagtail*"])
    address = address_on(Client(), "/r/")
    sheet = Client().get(address)
    assert address.endswith("/tokens-phone.css")
    assert re.search(r'url\("/static/fonts/atkinson-[a-z-]+\.[0-9a-f]{12}\.woff2"\)', sheet.text)
