"""Production refuses to start half-configured. Each case is a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

refused = pytest.mark.once  # by what the environment says, before database and Wagtail
ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "consortium.settings.production",
    "SECRET_KEY": "x" * 30 + "abcdefghijklmnopqrstuvwxyz0123456789",
    "ALLOWED_HOSTS": "exemple.org",
    "BASE_URL": "https://exemple.org",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "site@exemple.org",
}
S3 = {
    "S3_MEDIA_BUCKET": "medias",
    "S3_PRIVATE_BUCKET": "documents",
    "S3_ACCESS_KEY": "a",
    "S3_SECRET_KEY": "b",
}


def start(environment: dict[str, str], tmp_path) -> subprocess.CompletedProcess:
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": "site:.", "HOME": str(tmp_path)}
    kept["DATABASE_URL"] = f"sqlite:///{tmp_path}/base.sqlite3"
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_complete_production_starts_without_a_warning(tmp_path):
    result = start(COMPLETE, tmp_path)
    assert result.returncode == 0, result.stderr


@refused
@pytest.mark.parametrize("missing", sorted(set(COMPLETE) - {"DJANGO_SETTINGS_MODULE"}))
def test_production_names_what_is_missing(tmp_path, missing):
    result = start({name: value for name, value in COMPLETE.items() if name != missing}, tmp_path)
    assert result.returncode != 0
    assert missing in result.stderr


@refused
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"S3_PRIVATE_BUCKET": ""}, "S3_PRIVATE_BUCKET"),
        ({"S3_SECRET_KEY": ""}, "S3_SECRET_KEY"),
        ({"S3_PRIVATE_BUCKET": "medias"}, "consortium.E002"),
    ],
)
def test_half_given_buckets_are_refused(tmp_path, change, words):
    result = start(COMPLETE | S3 | change, tmp_path)
    assert result.returncode != 0
    assert words in result.stderr


def test_complete_buckets_are_accepted(tmp_path):
    result = start(COMPLETE | S3, tmp_path)
    assert result.returncode == 0, result.stderr


@refused
@pytest.mark.parametrize("value", ["http://exemple.org", "exemple.org"])
def test_base_url_must_be_https(tmp_path, value):
    result = start(COMPLETE | {"BASE_URL": value}, tmp_path)
    assert result.returncode != 0
    assert "BASE_URL" in result.stderr


@refused
def test_weak_secret_is_refused(tmp_path):
    result = start(COMPLETE | {"SECRET_KEY": "court"}, tmp_path)
    assert result.returncode != 0


@refused
def test_several_processes_without_a_shared_cache_are_refused(tmp_path):
    result = start(COMPLETE | {"WEB_CONCURRENCY": "2"}, tmp_path)
    assert result.returncode != 0
    assert "consortium.E001" in result.stderr


def test_demonstration_is_refused_in_production():
    code = (
        "from consortium.settings import production as p;"
        "assert p.DEMO_ALLOWED is False and p.SECOND_FACTOR_REQUIRED is True"
    )
    environment = COMPLETE | {"PATH": os.environ["PATH"], "PYTHONPATH": "site:."}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, timeout=120)
