"""What browsers and search engines ask; the gallery, where developers look."""

import importlib
import json
import re

import pytest
from django.test import Client
from django.urls import clear_url_caches, reverse
from wagtail.models import Page, Site

import home.urls
from cms.models import SiteSettings
from tests.factories.organisation import organisation_site

pytestmark = pytest.mark.django_db


PNG = b"\x89PNG"


def served(client: Client, address: str) -> bytes:
    response = client.get(address)
    content = b"".join(response.streaming_content)
    response.close()
    return content


def test_crawlers_are_told_what_is_private_and_where_the_map_is(client: Client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert "Disallow: /espace/" in lines
    assert "Disallow: /r/" in lines
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_the_manifest_bears_the_name_of_the_site(client: Client):
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={"site_title": "Appréciation de la Gaspésie"},
    )
    response = client.get("/site.webmanifest")
    told = json.loads(response.content)
    assert told["name"] == "Appréciation de la Gaspésie"
    assert told["lang"] == "fr-CA"
    for icon in told["icons"]:
        assert served(client, icon["src"]).startswith(PNG), icon


@pytest.mark.parametrize("address", ["/favicon.ico", "/apple-touch-icon.png"])
def test_an_icon_is_found_by_programs_that_read_no_page(client: Client, address: str):
    moved = client.get(address)
    assert served(client, moved["Location"]).startswith(PNG)


def test_the_gallery_shows_each_component(client: Client):
    response = client.get(reverse("gallery"))
    page = response.content.decode()
    assert "Le formulaire est incomplet" in page
    assert page.count('<svg class="tour"') == 6


def test_a_real_site_has_no_gallery(settings):
    settings.COMPONENTS_GALLERY = False
    try:
        names = {pattern.name for pattern in importlib.reload(home.urls).urlpatterns}
    finally:
        settings.COMPONENTS_GALLERY = True
        importlib.reload(home.urls)
        clear_url_caches()
    assert "robots" in names
    assert "gallery" not in names


def test_engines_are_told_the_way_to_a_page_as_the_crumbs_say_it(client):
    organisation_site()
    text = client.get("/enjeux/transport-collectif/").text
    blocks = [json.loads(block) for block in re.findall(r'ld\+json">(.*?)</script>', text)]
    [way] = [block for block in blocks if block["@type"] == "BreadcrumbList"]
    steps = [(step["position"], step["name"], step["item"]) for step in way["itemListElement"]]
    assert steps == [
        (1, "Accueil", "http://testserver/"),
        (2, "Enjeux", "http://testserver/enjeux/"),
        (3, "Transport collectif", "http://testserver/enjeux/transport-collectif/"),
    ]
    crumbs = text.partition('class="crumbs"')[2].partition("</nav>")[0]
    assert re.findall(r">([^<]+)</(?:a|li)>", crumbs) == [name for _, name, _ in steps]


def test_every_page_is_described_to_engines_from_its_own_words(client):
    organisation_site()
    for page in Page.objects.live().filter(depth__gt=2).exclude(slug__in=["lexique"]):
        described = re.search(
            r'<meta name="description" content="(.+?)">', client.get(page.url).text
        )
        assert described, page.url
        assert len(described[1]) > 20
