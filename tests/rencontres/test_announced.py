"""Meetings to come are named where a visitor and a facilitator look first."""

import datetime as dt
import re

import pytest

from tests.factories import UserFactory
from tests.factories.meetings import NOW, STARTS, regional_meeting

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def agenda(client) -> str:
    text = client.get("/").text.partition('class="agenda')[2].partition("</section>")[0]
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_home_page_names_the_three_nearest_and_how_to_come(client, time_machine):
    for number in range(4):
        regional_meeting(f"r{number}", title=f"R{number}", starts_at=STARTS + (4 - number) * DAY,
                         ends_at=STARTS + (5 - number) * DAY)  # fmt: skip
    regional_meeting("finie", title="Finie", starts_at=NOW - 2 * DAY, ends_at=NOW - DAY,
                     registration_opens_at=None, registration_closes_at=None)  # fmt: skip
    text = agenda(client)
    assert re.findall(r"<h4><a href=\"/rencontres/r\d/\">(R\d)</a>", text) == ["R3", "R2", "R1"]
    assert "13 décembre 2026" in text
    assert 'href="/rencontres/r3/inscription/"' in text
    assert "avant le 11 décembre 2026, 9 h" in text
    time_machine.move_to(STARTS + 30 * DAY)
    assert "Rencontres à venir" not in client.get("/").text


def test_one_called_off_or_unpublished_does_not_call_people(client):
    off = regional_meeting(is_called_off=True, called_off_words="La neige.")
    assert "N’a pas lieu" in agenda(client)
    assert "/inscription/" not in agenda(client)
    off.unpublish()
    assert "Rencontres à venir" not in client.get("/").text


def test_the_space_names_them_to_whoever_accompanies(client):
    regional_meeting()
    client.force_login(UserFactory())
    text = client.get("/espace/").text.replace("\N{NO-BREAK SPACE}", " ")
    assert '<a href="/rencontres/automne/">Rencontre d’automne</a>' in text
    assert "<p>Le 12 décembre 2026, de 9 h à 16 h</p>" in text
    assert 'href="/rencontres/automne/inscription/"' in text


@pytest.mark.parametrize("count", [1, 3])
def test_kept_in_memory_the_home_page_asks_no_more_for_them(
    client, settings, django_assert_num_queries, count
):
    settings.PAGE_COPIES_FRESH_SECONDS = 60
    client.cookies["vu"] = "oui"  # whoever sends a cookie is given no copy
    for number in range(count):
        regional_meeting(f"r{number}")
    client.get("/")
    with django_assert_num_queries(6):
        client.get("/")


def test_a_change_is_seen_at_once(client, settings, django_capture_on_commit_callbacks):
    settings.PAGE_COPIES_FRESH_SECONDS = 60
    event = regional_meeting()
    assert "S’inscrire" in agenda(client)
    event.is_called_off, event.called_off_words = True, "La neige."
    with django_capture_on_commit_callbacks(execute=True):
        event.save_revision().publish()
    assert "N’a pas lieu" in agenda(client)
