"""Canaries put everywhere a visitor can write: none is found in a log (QUALITY.md §4 row 29)."""

import logging

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consortium.logs import scrub
from tests.appreciation.views.participant import Phone
from tests.factories import MeetingFactory, UserFactory

TOKEN = "Zx9fJq3rT7vLb2NcKw8sYd4mHa6pQe1uGo5i"  # a made-up token


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("sent to canari@exemple.org today", "sent to […] today"),
        ("GET /r/ABC234/reponses/ 409", "GET /r/[…]/reponses/ 409"),
        (f"GET /r/soir/{TOKEN}/ 404", "GET /r/soir/[…]/ 404"),
        ("POST /suivre/arreter/jeton-court/un-clic/", "POST /suivre/arreter/[…]/un-clic/"),
        ("POST /courriels/arreter/jeton/help/", "POST /courriels/arreter/[…]/help/"),
        ("GET /suivi/jeton-court/?reponse=done 200", "GET /suivi/[…]/?[…] 200"),
        (f"/comptes/invitations/accepter/{TOKEN}/", "/comptes/invitations/accepter/[…]/"),
        ("GET /r/photos/court/ 404", "GET /r/photos/[…]/ 404"),
        ("GET /r/tablette/court/ 404", "GET /r/tablette/[…]/ 404"),
        (f"/invitation/{TOKEN}/", "/invitation/[…]/"),
        (f"/rencontre/R-2026-0042/rappel/{TOKEN}/", "/rencontre/R-2026-0042/rappel/[…]/"),
        ("/comptes/mot-de-passe/nouveau/3-abc-def/", "/comptes/mot-de-passe/nouveau/[…]/"),
        ("/recherche/?q=canari&page=2", "/recherche/?[…]"),
        ("comment='canari bavard' ok", "comment=[…] ok"),
        ("sessionid=abcdef", "sessionid=[…]"),
        ("from 203.0.113.77", "from 203.0.113.0"),
        ("from 2001:db8:85a3:8d3:1319:8a2e:370:7348", "from 2001:db8:85a3::"),
        (f"key {TOKEN}", "key […]"),
        ("DETAIL:  Key (email)=(canari) already exists.", "DETAIL: […]"),
        ("plain 12:30:45 line", "plain 12:30:45 line"),
    ],
)
def test_scrub_blots_what_is_personal_only(line, kept):
    assert scrub(line) == kept


def test_traceback_does_not_repeat_what_was_typed(log_stream):
    try:
        int("canari")
    except ValueError:
        logging.getLogger("consortium").exception("Lecture de %s", "canari@exemple.org")
    written = log_stream.getvalue()
    assert "ValueError" in written
    assert "test_traceback_does_not_repeat" in written
    assert "canari" not in written.replace('int("canari")', "")


def test_canaries_in_every_form_stay_out_of_the_logs(client, log_stream):
    canary = "canari-7f3a"
    client.get(f"/r/{canary}/")
    client.get(f"/rien/?q={canary}")
    client.get(f"/comptes/invitations/accepter/{canary}/")
    client.get(f"/comptes/mot-de-passe/nouveau/3-{canary}/")
    client.post("/comptes/connexion/", {"login": f"{canary}@exemple.org", "password": canary})
    client.post("/comptes/connexion/code/", {"email": f"{canary}@exemple.org"})
    client.post("/comptes/mot-de-passe/oublie/", {"email": f"{canary}@exemple.org"})
    written = log_stream.getvalue()
    assert "Not Found" in written
    assert canary not in written


CANARY = "canari-9c1d"


def test_a_message_over_several_lines_and_its_cause_stay_out_too(log_stream):
    def break_down() -> None:
        try:
            {}[CANARY]
        except KeyError as cause:
            raise ValueError(f"un\n{CANARY}\n  File {CANARY}") from cause

    try:
        break_down()
    except ValueError:
        logging.getLogger("consortium").exception("Panne")
    written = log_stream.getvalue()
    assert "KeyError: […]" in written
    assert written.rstrip().endswith("ValueError: […]")
    assert CANARY not in written


def test_what_the_machine_says_of_itself_is_kept(log_stream):
    def connect() -> None:
        raise OperationalError("connection to 203.0.113.77 refused")

    try:
        connect()
    except OperationalError:
        logging.getLogger("consortium").exception("Panne")
    assert "OperationalError: connection to 203.0.113.0 refused" in log_stream.getvalue()


@pytest.fixture
def site_that_fails(settings, monkeypatch):
    """Every domain call of these screens breaks, with what was typed in its message."""

    def fail(*args, **kwargs):
        raise ValueError(f"impossible: {CANARY} {kwargs!r}")

    monkeypatch.setattr("appreciation.domain.portraits.save_portrait", fail)
    monkeypatch.setattr("accounts.views.invitations.accept_invitation", fail)


def test_canaries_of_a_meeting_stay_out_of_the_logs(log_stream):
    phone = Phone(MeetingFactory(open=True)).sit()
    assert phone.vote(answer=3, comment=CANARY).status_code == 201
    assert phone.vote(answer=3, comment=CANARY, sequence=1).status_code in (200, 409)
    assert phone.vote(answer=99, comment=CANARY).status_code == 422
    assert CANARY in phone.client.get("/r/", {"code": CANARY}).text
    phone.client.get(f"/r/soir/{CANARY}/")
    phone.client.get("/r/ZZZZZZ/", headers={"Referer": f"http://testserver/r/{CANARY}/"})
    assert CANARY not in log_stream.getvalue()


def test_canaries_of_a_breakdown_stay_out_of_the_logs(log_stream, lead, appraisal, site_that_fails):
    """A 500 while somebody was writing: its traceback is logged, not what she wrote."""
    client = Client(raise_request_exception=False)
    client.force_login(lead)
    type(appraisal).objects.update(phase="portrait", framing_done_at=timezone.now())
    url = reverse("space:step", args=[appraisal.reference, "portrait"])
    response = client.post(url, {"version": 0, "text": CANARY, "source": CANARY})
    assert response.status_code == 500
    assert CANARY not in response.text
    written = log_stream.getvalue()
    assert "ValueError" in written
    assert CANARY not in written


def test_refused_values_of_the_database_stay_out_of_the_logs(log_stream, stranger):
    """SQLite and PostgreSQL each have their way of repeating what was refused."""
    stranger.email = f"{CANARY}@exemple.org"
    stranger.save()
    try:
        with transaction.atomic():
            UserFactory(email=stranger.email)
    except IntegrityError:
        logging.getLogger("consortium").exception("Refus")
    written = log_stream.getvalue()
    assert "IntegrityError" in written
    assert CANARY not in written
