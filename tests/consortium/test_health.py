from collections import namedtuple

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from consortium import health

Usage = namedtuple("Usage", "total used free")


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
            ("database", "migrations", "cache", "storage", "private_storage", "disk"), "ok"
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
    settings.CACHES = {
        "default": {
            "BACKEND": "core.patient_cache.PatientRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }
    response = client.get("/sante/")
    assert response.status_code == 200
    assert response.json()["checks"]["cache"] == "failed"
    # Sign-in counts its tries in the cache: it must open all the same.
    assert client.get("/comptes/connexion/").status_code == 200
