"""Codes read from a wall, right and wrong; the shared tablet."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.joining import code_candidates, count_wrong_code, tablet_pass
from appreciation.models import JoinAttempt, Rating, Seat
from tests.appreciation.views.participant import Phone
from tests.factories import MeetingFactory


@pytest.fixture
def meeting():
    return MeetingFactory(open=True, join_code="K7M2PX")


def type_code(code, client=None):
    return (client or Client()).get(reverse("participant:join"), {"code": code})


@pytest.mark.parametrize("typed", ["K7M2PX", "k7m 2px", " K7M-2PX ", "k7m\u00a02px", "K.7.M.2.P.X"])
def test_a_code_is_forgiving(meeting, typed):
    response = type_code(typed)
    assert (response.status_code, response["Location"]) == (302, "/r/K7M2PX/")


def test_a_sign_that_codes_do_not_hold_is_read_as_its_look_alike():
    MeetingFactory(open=True, join_code="QJ2345")
    for typed in ("O12345", "0I2345", "ol2345"):
        assert type_code(typed)["Location"] == "/r/QJ2345/"


def test_candidates_stay_few():
    assert code_candidates("OOOOOO") == ()
    assert code_candidates("K7M2PX") == ("K7M2PX",)
    assert len(code_candidates("0K1MPX")) == 16
    assert code_candidates("K7M2P") == code_candidates("") == code_candidates("K7M2PXX") == ()


def test_the_printed_address_is_forgiving_too(meeting):
    response = Client().get("/r/k7m-2px/")
    assert (response.status_code, response["Location"]) == (302, "/r/K7M2PX/")


def test_unknown_planned_and_closed_answer_alike(meeting, django_assert_num_queries):
    MeetingFactory(join_code="PPPPPP")
    MeetingFactory(
        join_code="FFFFFF", state="closed", opened_at=timezone.now(), closed_at=timezone.now()
    )
    pages = set()
    for code in ("UUUUUU", "PPPPPP", "FFFFFF"):
        type_code("ZZZZZZ")
        with django_assert_num_queries(8):
            response = Client().get(f"/r/{code}/")
        assert response.status_code == 404
        pages.add(response.content.decode().replace(code, "CODE"))
    assert len(pages) == 1
    assert "n’ouvre aucune rencontre" in pages.pop()


def test_the_wrong_code_stays_in_the_box(meeting):
    page = type_code('Z9Z"9Z<').content.decode()
    assert 'value="Z9Z&quot;9Z&lt;"' in page


def test_twenty_wrong_codes_then_wait_but_right_ones_pass(meeting):
    assert {type_code("ZZZZZZ").status_code for _ in range(20)} == {404}
    refused = type_code("ZZZZZZ")
    assert refused.status_code == 429
    assert 590 <= int(refused["Retry-After"]) <= 600
    assert "Attendez 10 minutes" in refused.content.decode()
    assert JoinAttempt.objects.count() == 20
    assert type_code("K7M2PX").status_code == 302
    assert Phone(meeting).sit().vote().status_code == 201


def test_the_wait_ends_and_addresses_are_told_apart(meeting):
    for _ in range(20):
        count_wrong_code("192.0.2.1")
    assert count_wrong_code("192.0.2.1") > 0
    assert count_wrong_code("192.0.2.2") == 0
    JoinAttempt.objects.update(at=timezone.now() - dt.timedelta(minutes=10, seconds=1))
    assert count_wrong_code("192.0.2.1") == 0


def test_no_address_is_kept(meeting):
    type_code("ZZZZZZ")
    attempt = JoinAttempt.objects.get()
    assert "127.0.0.1" not in attempt.address_key
    assert len(attempt.address_key) == 64
    JoinAttempt.objects.update(at=timezone.now() - dt.timedelta(days=2))
    type_code("YYYYYY")
    assert JoinAttempt.objects.count() == 1


def test_the_address_told_by_our_proxy_counts(meeting, settings):
    settings.TRUSTED_PROXIES = 1
    for number in (1, 2):
        headers = {"X-Forwarded-For": f"198.51.100.9, 192.0.2.{number}"}
        Client(headers=headers).get("/r/ZZZZZZ/")
    assert JoinAttempt.objects.values("address_key").distinct().count() == 2


def test_joining_by_hand_starts_without_cookie():
    client = Client()
    assert client.get(reverse("participant:join")).status_code == 200
    assert client.get(reverse("participant:data_use")).status_code == 200
    assert not client.cookies


def test_a_start_from_another_site_is_refused(meeting):
    for headers in ({"Origin": "https://ailleurs.example"}, {"Sec-Fetch-Site": "cross-site"}, {}):
        client = Client(enforce_csrf_checks=True, headers=headers)
        assert client.post("/r/K7M2PX/commencer/").status_code == 403
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Referer": "http://testserver/r/K7M2PX/"}):
        client = Client(enforce_csrf_checks=True, headers=headers)
        assert client.post("/r/K7M2PX/commencer/").status_code == 302


def test_a_device_that_refuses_the_cookie_is_told(meeting):
    """QUALITY.md §4 row 6: neither an endless loop nor a silent one."""
    started = Client().post("/r/K7M2PX/commencer/")
    page = Client().get(started["Location"])
    assert page.status_code == 200
    assert "Votre appareil n’a pas gardé votre place." in page.content.decode()
    assert "n’a pas gardé" not in Client().get("/r/K7M2PX/").content.decode()


def test_a_start_at_a_closed_meeting_is_refused_as_an_unknown_code(meeting):
    meeting.state, meeting.closed_at = "closed", timezone.now()
    meeting.save()
    assert Client().post("/r/K7M2PX/commencer/").status_code == 404
    assert not Seat.objects.exists()


@pytest.fixture
def tablet(meeting):
    tablet = Phone(meeting)
    tablet.client.get(reverse("participant:tablet", args=[tablet_pass(meeting)]))
    return tablet


def test_the_tablet_seats_one_person_after_the_other(tablet):
    assert "Tablette partagée" in tablet.get().content.decode()
    first = tablet.sit().seat
    tablet.vote(1, 4, comment="Mot de la première")
    assert "personne suivante" in tablet.get().content.decode()
    after = tablet.client.post(tablet.url("next_person"), follow=True).content.decode()
    assert "Tablette partagée" in after
    assert "Commencer" in after
    second = tablet.sit().seat
    assert first != second
    assert {first.medium, second.medium} == {"shared_tablet"}
    page = tablet.get("?question=1").content.decode()
    assert "checked" not in page
    assert "Mot de la première" not in page
    tablet.vote(1, 1)
    assert sorted(Rating.objects.values_list("answer", flat=True)) == [1, 4]


def test_between_two_people_the_tablet_shows_nothing_of_the_last(tablet):
    tablet.sit().vote(1, 4, comment="Mot de la première")
    tablet.client.post(tablet.url("next_person"))
    for query in ("?question=1", "", "?attente"):
        page = tablet.get(query).content.decode()
        assert "Commencer" in page
        assert "Mot de la première" not in page
    assert tablet.vote(1, 2).status_code == 410
    assert Rating.objects.count() == 1


def test_a_phone_is_no_tablet(meeting):
    phone = Phone(meeting).sit()
    assert "personne suivante" not in phone.get().content.decode()
    phone.client.post(phone.url("next_person"))
    assert phone.vote().status_code == 201


@pytest.mark.parametrize("value", ["x", "1:x:y", "é"])
def test_a_tablet_link_that_the_console_did_not_make_is_refused(meeting, value):
    assert Client().get(reverse("participant:tablet", args=[value])).status_code == 404


def test_a_tablet_link_lasts_for_the_evening(meeting):
    address = reverse("participant:tablet", args=[tablet_pass(meeting)])
    assert Client().get(address).status_code == 302
    meeting.state, meeting.closed_at = "closed", timezone.now()
    meeting.save()
    assert Client().get(address).status_code == 404
