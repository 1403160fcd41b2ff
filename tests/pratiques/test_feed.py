"""The feed of new sheets."""

import datetime as dt
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from cms import feeds
from pratiques.models import PracticePage
from tests.factories.practices import catalogue, issue, practice

pytestmark = pytest.mark.django_db
URL = "/pratiques/fil.rss"


def published(title: str, *, days_ago: int, **fields) -> PracticePage:
    sheet = practice(title=title, **fields)
    at = timezone.now() - dt.timedelta(days=days_ago)
    PracticePage.objects.filter(pk=sheet.pk).update(first_published_at=at)
    return sheet


def items(client, **query):
    response = client.get(URL, query)
    assert response.status_code == 200
    return ET.fromstring(response.content).findall("channel/item")  # noqa: S314  ours


def test_the_latest_published_come_first_whatever_was_verified_since(client):
    old = published("Vieille", days_ago=30, verified_on=dt.date(2026, 11, 1))
    new = published("Neuve & <vive>", days_ago=1, verified_on=dt.date(2026, 1, 1), slug="neuve")
    practice(title="Brouillon", live=False)
    found = items(client)
    assert [each.findtext("title") for each in found] == ["Neuve & <vive>", "Vieille"]
    assert found[0].findtext("link") == "http://testserver/pratiques/neuve/"
    assert [each.findtext("guid") for each in found] == [f"pratique-{new.pk}", f"pratique-{old.pk}"]
    assert parsedate_to_datetime(found[0].findtext("pubDate")) < timezone.now()
    assert "navette@exemple.org" not in client.get(URL).text


def test_it_follows_the_choices_of_the_list(client):
    practice(title="Verger", issues=[issue("food", "Sécurité alimentaire")])
    practice(title="Navette")
    response = client.get(URL, {"enjeu": "transport", "page": "9", "vue": "carte"})
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    channel = ET.fromstring(response.content).find("channel")  # noqa: S314  ours
    assert "Nouvelles pratiques (Transport collectif) –" in channel.findtext("title")
    assert channel.findtext("link") == "http://testserver/pratiques/?enjeu=transport"
    assert [each.findtext("title") for each in channel.findall("item")] == ["Navette"]


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_whatever_was_published(client, rows, django_assert_num_queries):
    for _ in range(rows):
        practice()
    items(client)
    with django_assert_num_queries(5):
        assert len(items(client)) == rows


def test_an_empty_catalogue_has_an_empty_feed_and_the_list_names_it(client, monkeypatch):
    catalogue()
    assert items(client) == []
    assert '<link rel="alternate" type="application/rss+xml"' in client.get("/pratiques/").text
    text = client.get("/pratiques/", {"enjeu": "transport", "tri": "titre"}).text
    assert 'href="/pratiques/fil.rss' in text
    assert client.post(URL).status_code == 405
    monkeypatch.setattr(feeds, "FEEDS_AN_HOUR", 1)
    assert client.get(URL).status_code == 429
