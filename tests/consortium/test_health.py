import datetime as dt
from collections import namedtuple

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from background.models import JobRun, OutgoingMail
from background.outbox import queue_mail
from consortium import health

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def worker():
    """It gave a sign of life a minute ago."""
    return JobRun.objects.create(name="heartbeat", done_at=timezone.now() - dt.timedelta(minutes=1))


@pytest.fixture(autouse=True)
def _roomy_disk(monkeypatch):
    """The machine that runs the tests may itself be nearly full."""
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: Usage(100, 20, 80))
    monkeypatch.setattr(health, "_migrated", {connection.alias})


def test_healthy_site_says_ok_without_any_session(client):
    response = client.get("/sante/")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": dict.fromkeys(
            ("database", "migrations", "worker", "cache", "storage", "private_storage", "disk"),
            "ok",
        ),
    }
    assert response.cookies == {}


def test_database_away_is_down(client):
    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(away):
        response = client.get("/sante/")
    assert response.status_code == 503
    assert response.json()["status"] == "down"
    assert response.json()["checks"]["database"] == "failed"


def test_nearly_full_disk_is_degraded(client, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: Usage(1000, 901, 99))
    response = client.get("/sante/")
    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["checks"]["disk"] == "low"


def test_unfinished_migration_is_down(client, monkeypatch, settings):
    settings.MIGRATION_MODULES = {}  # pytest --no-migrations hides them
    monkeypatch.setattr(health, "_migrated", set())
    recorder = MigrationRecorder(connection)
    if recorder.has_table():  # absent when the tests run with --no-migrations
        [latest] = MigrationLoader(connection).graph.leaf_nodes("accounts")
        recorder.record_unapplied(*latest)
    response = client.get("/sante/")
    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == "failed"


def test_cache_away_is_degraded(client, settings):
    away = {
        "BACKEND": "core.patient_cache.PatientRedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
        "OPTIONS": {"socket_connect_timeout": 1},
    }
    settings.CACHES = {"default": away, "last_good": away}
    response = client.get("/sante/")
    assert response.status_code == 200
    assert response.json()["checks"]["cache"] == "failed"
    # Sign-in counts its tries in the cache: it must open all the same.
    assert client.get("/comptes/connexion/").status_code == 200


def ago(minutes: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(minutes=minutes)


def test_a_worker_that_keeps_silent_is_degraded_and_said_in_french(client, worker):
    JobRun.objects.update(done_at=ago(14))
    assert client.get("/sante/").json()["status"] == "ok"
    JobRun.objects.update(done_at=ago(41))
    response = client.get("/sante/")
    assert response.status_code == 200
    told = response.json()
    assert (told["status"], told["checks"]["worker"]) == ("degraded", "late")
    said = "Le travail de fond se tait depuis 41 min\N{NO-BREAK SPACE}: relancez run_worker."
    assert told["words"] == said
    worker.delete()
    assert "n’a jamais tourné" in client.get("/sante/").json()["words"]


def test_mails_that_wait_are_counted_without_saying_for_whom(client):
    for minutes in (20, 95, 3):
        queue_mail(
            kind="essai",
            to="canari@exemple.org",
            subject="Canari",
            body="Canari",
            not_before=ago(minutes),
        )
    response = client.get("/sante/")
    assert response.json()["words"] == (
        "Des courriels attendent\N{NO-BREAK SPACE}: 2, le plus ancien depuis 95 min."
    )
    assert "canari" not in response.text.lower()
    OutgoingMail.objects.update(sent_at=timezone.now())
    assert client.get("/sante/").json()["status"] == "ok"


@pytest.mark.parametrize(("attempts", "status"), [(3, "ok"), (4, "degraded")])
def test_a_mail_server_that_takes_nothing_is_degraded(client, attempts, status):
    queue_mail(kind="essai", to="a@exemple.org", subject="s", body="b", not_before=ago(-60))
    OutgoingMail.objects.update(attempts=attempts)
    told = client.get("/sante/").json()
    assert told["status"] == status
    assert ("serveur de courriel" in told.get("words", "")) == (attempts == 4)


def test_a_mail_that_waits_for_its_day_is_not_late(client):
    later = timezone.now() + dt.timedelta(days=3)
    queue_mail(kind="essai", to="a@exemple.org", subject="s", body="b", not_before=later)
    assert client.get("/sante/").json()["status"] == "ok"
