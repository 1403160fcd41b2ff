"""« On l’a adaptée ici »: read before it is shown, by its territory alone."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cms.public_forms import start_form
from core.errors import DomainError
from pratiques.domain.adaptations import (
    erase_old_adaptations,
    next_old_adaptation,
    settle_adaptation,
)
from pratiques.models import Adaptation
from tests.factories import PlaceFactory, RoleAssignmentFactory, UserFactory
from tests.factories.practices import practice

NOW = dt.datetime(2026, 11, 2, 15, 0, tzinfo=dt.UTC)


def page_opened() -> str:
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=5), tick=False):
        return start_form("adaptation")


def typed(**changes):
    return {
        "territory": PlaceFactory(territory=True).pk,
        "group": "Table fictive de Rive-Témoin",
        "words": "Nous passons le jeudi. <script>alert(1)</script>",
        "email": "ida@exemple.org",
        "website": "",
        "started": page_opened(),
    } | changes


def adaptation(**fields) -> Adaptation:
    values = {
        "group": "Table fictive",
        "words": "Le jeudi.",
        "email": "ida@exemple.org",
        "received_at": NOW,
        "erase_on": dt.date(2027, 11, 2),
        "form_key": f"cle-{Adaptation.objects.count()}",
    }
    return Adaptation.objects.create(**values | fields)


def test_sent_read_shown(client, admin_client):
    sheet = practice()
    address = reverse("pratiques:adapted", args=[sheet.pk])
    assert address in client.get(sheet.url).content.decode()
    form = typed()
    assert client.post(address, form)["Location"] == f"{address}?envoye=oui"
    client.post(address, form)
    client.post(address, form | {"started": page_opened()})
    kept = Adaptation.objects.get()
    assert "C’est reçu, merci!" in client.get(f"{address}?envoye=oui").content.decode()
    assert "Rive-Témoin" not in client.get(sheet.url).content.decode()
    assert "ida@exemple.org" in admin_client.get(reverse("pratiques_adaptations")).content.decode()
    admin_client.post(reverse("pratiques_adaptation", args=[kept.pk]), {"show": "1"})
    page = client.get(sheet.url).content.decode()
    assert "Table fictive de Rive-Témoin" in page
    assert "<script>alert(1)" not in page
    assert "ida@exemple.org" not in page
    admin_client.post(reverse("pratiques_adaptation", args=[kept.pk]), {"hide": "1"})
    assert "Rive-Témoin" not in client.get(sheet.url).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": ""}, "Racontez en quelques mots"),
        ({"words": "http://a.example http://b.example"}, "un seul lien"),
        ({"territory": ""}, "Choisissez le territoire"),
        ({"website": "x"}, "case cachée"),
        ({"started": "faux"}, "restée ouverte longtemps"),
    ],
)
def test_a_refusal_is_kind_and_nothing_is_lost(client, changes, words):
    response = client.post(reverse("pratiques:adapted", args=[practice().pk]), typed(**changes))
    assert words in response.content.decode()
    assert "Table fictive de Rive-Témoin" in response.content.decode()
    assert not Adaptation.objects.exists()


def test_a_sheet_that_is_not_public_takes_no_reply(client):
    address = reverse("pratiques:adapted", args=[practice(live=False).pk])
    assert client.get(address).status_code == 404
    assert client.post(address, typed()).status_code == 404


def test_only_its_territory_lets_it_out(client):
    here, elsewhere = PlaceFactory(territory=True), PlaceFactory(territory=True)
    mine = RoleAssignmentFactory(role="moderator", place=here).user
    other = RoleAssignmentFactory(role="moderator", place=elsewhere).user
    kept = adaptation(practice=practice(), territory=here)
    with pytest.raises(DomainError, match="équipe de son territoire"):
        settle_adaptation(adaptation=kept, user=other, is_shown=True, now=NOW)
    settle_adaptation(adaptation=kept, user=mine, is_shown=True, now=NOW)
    kept.refresh_from_db()
    assert (kept.state, kept.settled_by) == ("shown", mine)
    assert client.post(reverse("pratiques_adaptation", args=[kept.pk])).status_code == 302
    kept.refresh_from_db()
    assert kept.state == "shown"


def test_the_address_goes_after_twelve_months_and_what_never_appeared_too():
    sheet, here = practice(), PlaceFactory(territory=True)
    shown = adaptation(practice=sheet, territory=here)
    settle_adaptation(adaptation=shown, user=UserFactory(is_superuser=True), is_shown=True, now=NOW)
    adaptation(practice=sheet, territory=here)
    assert next_old_adaptation().date() == dt.date(2027, 11, 2)
    assert erase_old_adaptations(NOW + dt.timedelta(days=364)) == 0
    assert erase_old_adaptations(NOW + dt.timedelta(days=366)) == 2
    assert [(one.pk, one.email) for one in Adaptation.objects.all()] == [(shown.pk, "")]
    assert next_old_adaptation() is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_queries(admin_client, django_assert_num_queries, count):
    for _ in range(count):
        adaptation(practice=practice(), territory=PlaceFactory(territory=True))
    admin_client.get(reverse("pratiques_adaptations"))
    with django_assert_num_queries(8):
        page = admin_client.get(reverse("pratiques_adaptations"))
    assert page.content.decode().count("Laisser paraître") == count
