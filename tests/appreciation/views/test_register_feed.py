"""The feed of the register."""

from xml.etree import ElementTree as ET

import pytest

from appreciation.domain.publications import withdraw
from appreciation.enums import PublicationLevel
from tests.factories import PlaceFactory, UserFactory
from tests.factories.register import publish_entry, publish_historical

pytestmark = pytest.mark.django_db
URL = "/demarches/fil.rss"


def channel(client, **query):
    response = client.get(URL, query)
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    return ET.fromstring(response.content).find("channel")  # noqa: S314  ours


def test_the_last_published_come_first_and_follow_the_choices(client):
    old = publish_entry(place=PlaceFactory(name="Val-Essai"), summary="Un tour & <demi>.")
    past = publish_historical(place=PlaceFactory(name="Rang-Ancien"))
    publish_entry(place=PlaceFactory(name="Discrète"), level=PublicationLevel.REGION)
    gone = publish_entry(place=PlaceFactory(name="Retirée"))
    withdraw(appraisal=gone.appraisal, user=UserFactory(is_superuser=True), reason="Erreur")
    items = channel(client).findall("item")
    assert [(each.findtext("title"), each.findtext("guid")) for each in items] == [
        ("Rang-Ancien, 2018 (historique, non comparable)", f"demarche-{past.pk}"),
        ("Val-Essai, 2026", f"demarche-{old.pk}"),
    ]
    assert items[1].findtext("description") == "Un tour & <demi>."
    assert items[1].findtext("link") == "http://testserver/demarches/val-essai-2026/"
    of_the_year = channel(client, annee="2026", vue="carte")
    assert "Démarches publiées (2026) –" in of_the_year.findtext("title")
    assert of_the_year.findtext("link") == "http://testserver/demarches/?annee=2026"
    assert [each.findtext("title") for each in of_the_year.findall("item")] == ["Val-Essai, 2026"]


@pytest.mark.parametrize("rows", [1, 4])
def test_as_many_queries_whatever_was_published(client, rows, django_assert_num_queries):
    for _ in range(rows):
        publish_entry()
    channel(client)
    with django_assert_num_queries(5):
        channel(client)
