"""The rating contract over HTTP, code by code (DESIGN.md §5)."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.utils import timezone

from appreciation.domain.counts import counts_from_ratings
from appreciation.domain.frozen_questionnaire import questionnaire_in_memory
from appreciation.domain.locks import lock_meeting
from appreciation.models import Comment, Rating, Seat
from tests.appreciation.domain.test_ratings import kept_counts
from tests.appreciation.views.participant import Phone
from tests.factories import InstrumentFactory, MeetingFactory


@pytest.fixture
def meeting():
    return MeetingFactory(open=True)


@pytest.fixture
def phone(meeting):
    return Phone(meeting).sit()


def close(meeting):
    meeting.state, meeting.closed_at = "closed", timezone.now()
    meeting.save()


def test_a_first_answer_is_created(phone, meeting):
    response = phone.vote(answer=3, comment="Un mot")
    assert response.status_code == 201
    assert response.json() == {
        "status": "created",
        "answer": 3,
        "sequence": 1,
        "message": "C’est reçu.",
    }
    rating = Rating.objects.get()
    assert (rating.seat, rating.answer) == (phone.seat, 3)
    assert Comment.objects.get().text == "Un mot"
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_json_is_read_as_well_as_a_form(phone):
    sent = phone.fields(answer=2) | {"client_recorded_at": "2026-11-01T01:30:00-04:00"}
    response = phone.client.post(
        phone.url("answers"), json.dumps(sent), content_type="application/json"
    )
    assert response.status_code == 201
    assert response.json()["answer"] == 2
    assert Rating.objects.get().client_recorded_at.isoformat() == "2026-11-01T05:30:00+00:00"


@pytest.mark.parametrize("name", ["comment", "answer", "sequence"])
def test_a_sign_nul_breaks_nothing(phone, name):
    response = phone.vote(**{name: "un\0deux"})
    assert response.status_code in (201, 400, 422), response.content


def test_half_an_emoji_costs_nobody_an_answer(phone):
    """A script can cut a word in the middle of one; no database stores the half."""
    sent = phone.fields(answer=2) | {"comment": "Merci \ud83d"}
    response = phone.client.post(
        phone.url("answers"), json.dumps(sent), content_type="application/json"
    )
    assert response.status_code == 201
    assert Comment.objects.get().text == "Merci \N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("sent", "stored"),
    [("nsp", -1), ("NSP", -1), (-1, -1), ("passer", -2), ("REFUS", -2), ("-2", -2), (" 4 ", 4)],
)
def test_special_answers_have_names(phone, sent, stored):
    assert phone.vote(answer=sent).json()["answer"] == stored


def test_the_skip_button_wins_over_a_checked_level(phone):
    assert phone.vote(answer=4, passer="1").json()["answer"] == -2


def test_the_same_sending_again_is_ok(phone, meeting):
    first = phone.vote(answer=3, sequence=5)
    again = phone.vote(answer=3, sequence=5)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["answer"] == 3
    assert Rating.objects.count() == 1


def test_a_lower_sequence_is_ok_and_changes_nothing(phone):
    phone.vote(answer=3, sequence=5)
    late = phone.vote(answer=1, sequence=4)
    assert late.status_code == 200
    assert (late.json()["answer"], late.json()["sequence"]) == (3, 5)


def test_the_same_sequence_with_other_content_conflicts(phone):
    phone.vote(answer=3, sequence=5)
    other = phone.vote(answer=1, sequence=5)
    assert other.status_code == 409
    assert other.json()["status"] == "conflict"
    assert other.json()["answer"] == 3
    assert Rating.objects.get().answer == 3


def test_a_changed_answer_is_stored(phone, meeting):
    phone.vote(answer=3)
    assert phone.vote(answer=4).status_code == 200
    assert Rating.objects.get().answer == 4
    assert kept_counts(meeting) == counts_from_ratings(meeting)


def test_a_closed_meeting_is_said_in_json(phone, meeting):
    close(meeting)
    response = phone.vote()
    assert response.status_code == 409
    assert response.json()["status"] == "closed"
    assert "La rencontre est fermée" in response.json()["message"]
    assert response.json()["next"] == phone.url()
    assert not Rating.objects.exists()


def test_a_closed_meeting_keeps_the_answer_on_the_page(phone, meeting):
    close(meeting)
    response = phone.submit(answer=3, comment="Mon <b>mot</b>")
    assert response.status_code == 409
    text = response.content.decode()
    assert "La rencontre est fermée" in text
    assert "Bien avancé" in text
    assert "Mon &lt;b&gt;mot&lt;/b&gt;" in text
    assert not Comment.objects.exists()


def test_a_closed_question_is_said(phone, meeting):
    round_ = meeting.rounds.get(instrument_dimension__position=1)
    round_.state, round_.closed_at = "closed", timezone.now()
    round_.save()
    response = phone.vote()
    assert response.status_code == 409
    assert "Cette question est fermée" in response.json()["message"]
    assert response.json()["next"] == phone.url()
    page = phone.submit(answer=3, comment="Mon mot").content.decode()
    assert "La salle est rendue plus loin" in page
    assert "Bien avancé" in page
    assert "Mon mot" in page
    assert f'href="{phone.url()}">Continuer' in page


def test_a_question_in_pause_may_be_sent_again(phone, meeting):
    meeting.rounds.filter(instrument_dimension__position=1).update(state="paused")
    reply = phone.vote().json()
    assert "en pause" in reply["message"]
    assert "next" not in reply
    assert "La salle est rendue plus loin" not in phone.submit().content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": 5},
        {"answer": 0},
        {"answer": ""},
        {"answer": "beaucoup"},
        {"answer": "3.0"},
        {"answer": "٣"},
        {"answer": "9" * 400},
        {"item": ""},
        {"item": "x"},
        {"item": 10**9},
        {"item": "9" * 19},
        {"round": 10**9},
        {"round": "9" * 30},
        {"sequence": 0},
        {"sequence": ""},
        {"sequence": 2**63},
        {"sequence": "-1"},
        {"comment": "m" * 10_001},
    ],
)
def test_bad_values_are_refused_in_french(phone, meeting, changes):
    for response in (phone.vote(**changes), phone.submit(**changes)):
        assert response.status_code == 422, changes
    assert phone.vote(**changes).json()["status"] == "invalid"
    assert not Rating.objects.exists()
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "null",
        '"3"',
        "[" * 100_000,
        '{"item": true, "round": true, "answer": true, "sequence": true}',
        '{"item": [1], "round": {}, "answer": 3, "sequence": 1}',
        '{"comment": 3}',
        "\x00\xff",
    ],
)
def test_bad_json_is_refused(phone, body):
    response = phone.client.post(phone.url("answers"), body, content_type="application/json")
    assert response.status_code == 422
    assert response.json()["status"] == "invalid"


def test_an_item_of_another_instrument_is_refused(phone):
    other = InstrumentFactory(with_items=1).instrument_dimensions.get().items.get()
    assert phone.vote(item=other.pk).status_code == 422


@pytest.mark.parametrize("moment", ["hier", "", "9999-12-31T23:59:59-23:00", "0001-01-01T00:00"])
def test_a_wrong_clock_costs_nobody_an_answer(phone, moment):
    assert phone.vote(client_recorded_at=moment).status_code == 201


def test_a_word_too_long_stays_on_the_page(phone):
    text = "é" * 10_001
    response = phone.submit(answer=2, comment=text)
    assert response.status_code == 422
    page = response.content.decode()
    assert text in page
    assert "10001 caractères" in page
    assert 'value="2" required checked' in page


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "👩🏽‍🌾", "\u202eاختبار", "m" * 10_000]
)
def test_any_words_come_back_harmless(phone, text):
    phone.submit(answer=2, comment=text)
    page = phone.get("?question=1").content.decode()
    assert "<script>alert" not in page
    assert text.replace("<", "&lt;").replace(">", "&gt;") in page


def test_without_a_seat_it_is_gone(meeting):
    phone = Phone(meeting)
    for response in (phone.vote(), phone.submit()):
        assert response.status_code == 410
    assert "Entrez de nouveau le code" in phone.vote().json()["message"]


def test_an_erased_seat_is_gone(phone):
    Seat.objects.update(token=None)
    assert phone.vote().status_code == 410
    assert phone.submit().status_code == 410


def test_a_seat_of_another_meeting_is_gone(phone):
    other = MeetingFactory(open=True)
    phone.meeting = other
    assert phone.vote().status_code == 410
    assert not Rating.objects.exists()


def test_a_forged_cookie_is_no_seat(phone):
    token = phone.seat.token
    stranger = Phone(phone.meeting)
    for forged in (token, f"{token}:xxxx", "a:b:c"):
        stranger.client.cookies["place"] = forged
        assert stranger.vote().status_code == 410


def test_trying_without_a_seat_is_slowed_down(meeting):
    phone = Phone(meeting)
    codes = {phone.vote().status_code for _ in range(20)}
    refused = phone.vote()
    assert codes == {410}
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 600
    assert Phone(meeting).sit().vote().status_code == 201


def test_a_plain_form_leads_to_the_next_question(phone):
    response = phone.submit(answer=3, following="2")
    assert response.redirect_chain[0] == (phone.url() + "?question=2", 302)
    assert "Énoncé 2" in response.content.decode()


@pytest.mark.parametrize("following", ["", "x", "99", "²", "9" * 5000])
def test_any_following_leads_somewhere(phone, following):
    response = phone.submit(answer=3, following=following)
    assert response.status_code == 200


def test_a_form_of_another_site_is_refused(meeting):
    phone = Phone(meeting, enforce_csrf_checks=True)
    started = phone.client.post(phone.url("start"), headers={"Origin": "http://testserver"})
    assert started.status_code == 302
    assert phone.vote().status_code == 403
    token = phone.get("?question=1").context["csrf_token"]
    answered = phone.client.post(
        phone.url("answers"), phone.fields(), headers={"X-CSRFToken": str(token)}
    )
    assert answered.status_code == 302


def test_only_post_is_taken(phone):
    assert phone.client.get(phone.url("answers")).status_code == 405


@pytest.mark.parametrize("before", [0, 1, 3])
def test_an_answer_costs_six_statements(meeting, before, django_assert_num_queries):
    """Seat, situation, answer, count, two for the savepoint of the test; PostgreSQL asks a lock."""
    instrument = meeting.instrument
    instrument.frozen_at = timezone.now()
    instrument.save()
    questionnaire_in_memory(instrument)
    for _ in range(before + 1):
        Phone(meeting).sit().vote()
    phone = Phone(meeting).sit()
    fields = phone.fields()
    with django_assert_num_queries(6 + (connection.vendor == "postgresql")):
        response = phone.client.post(
            phone.url("answers"), fields, headers={"Accept": "application/json"}
        )
    assert response.status_code == 201


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("as_page", [False, True])
def test_a_locked_database_is_said_and_the_answer_comes_back(as_page):
    """QUALITY.md §4 row 23. Another connection holds the write lock."""
    meeting = MeetingFactory(open=True)
    phone = Phone(meeting).sit()
    fields = phone.fields(answer=3, comment="Mon <i>mot</i>")
    with locked_meeting(meeting):
        accept = "text/html" if as_page else "application/json"
        response = phone.client.post(phone.url("answers"), fields, headers={"Accept": accept})
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "très occupé" in json_or_page(response)
    if as_page:
        assert 'name="comment" value="Mon &lt;i&gt;mot&lt;/i&gt;"' in response.content.decode()
    assert not Rating.objects.exists()
    assert phone.client.post(phone.url("answers"), fields).status_code == 302
    assert Rating.objects.get().answer == 3


def json_or_page(response):
    is_json = response["Content-Type"] == "application/json"
    return response.json()["message"] if is_json else response.content.decode()


@contextmanager
def locked_meeting(meeting) -> Iterator[None]:
    """Somebody else, on a connection of her own, holds the meeting's lock and does not let go."""
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                lock_meeting(meeting)
                held.set()
                release.wait(timeout=30)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(timeout=10)
    try:
        yield
    finally:
        release.set()
        holder.join(timeout=30)
