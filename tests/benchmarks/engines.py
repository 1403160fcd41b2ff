"""The two ways to run the site, started for one benchmark and stopped with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.sample_data import REPOSITORY
from tests.services_postgres import free_port, running_postgres

HOST = "banc.exemple.org"
COLD = {"Cookie": "banc=1"}
"""Whoever sends a cookie is given no copy of a page."""
BARE, PROCESSOR = "/plancher/page/", "/plancher/processeur/"
MEMORY = "/plancher/memoire/"
PATIENCE = 120
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
    "PYTHONPATH": f"{REPOSITORY / 'site'}:{REPOSITORY}",
    "SECRET_KEY": "banc-d-essai-seulement-jamais-en-production-0123456789",
    "ALLOWED_HOSTS": f"{HOST},127.0.0.1",
    "BASE_URL": f"https://{HOST}",
    "EMAIL_URL": "dummymail://",
    "DEFAULT_FROM_EMAIL": "banc@exemple.org",
}


@contextmanager
def embedded(folder: Path) -> Iterator[dict[str, str]]:
    """SQLite in its file, one process, nothing else."""
    yield {"DATABASE_URL": f"sqlite:///{folder / 'banc.sqlite3'}", "WEB_CONCURRENCY": "1"}


@contextmanager
def postgres(_folder: Path) -> Iterator[dict[str, str]]:
    """A PostgreSQL that outlives nothing, one process."""
    with running_postgres() as database:
        yield {"DATABASE_URL": database, "WEB_CONCURRENCY": "1"}


@contextmanager
def postgres_and_redis(folder: Path) -> Iterator[dict[str, str]]:
    """A durable PostgreSQL (fsync on), a Redis, two processes."""
    with running_postgres(durable=True) as database, _redis(folder) as cache:
        yield {"DATABASE_URL": database, "CACHE_URL": cache, "WEB_CONCURRENCY": "2"}


@contextmanager
def served(env: Mapping[str, str], folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The site on a free port, as production runs it: (port, environment of its commands)."""
    whole = os.environ | PRODUCTION | dict(env) | {"STATIC_ROOT": str(folder / "static")}
    whole |= {"MEDIA_ROOT": str(folder / "media"), "PRIVATE_ROOT": str(folder / "private")}
    for command in (("migrate", "--verbosity", "0"), ("collectstatic", "--no-input", "-v", "0")):
        subprocess.run([sys.executable, "manage.py", *command], env=whole, check=True)
    with running(whole, folder) as port:
        yield port, whole


@contextmanager
def running(env: Mapping[str, str], folder: Path) -> Iterator[int]:
    """A gunicorn on a free port, on a database that is ready."""
    port = free_port()
    gunicorn = [sys.executable, "-m", "gunicorn"]
    gunicorn += ["--graceful-timeout", "3", "--log-level", "error"]
    address = ["--bind", f"127.0.0.1:{port}", "--workers", env["WEB_CONCURRENCY"]]
    with (folder / f"gunicorn-{port}.log").open("wb") as log:
        server = subprocess.Popen(
            [*gunicorn, *address, "consortium.wsgi"],
            env=env,
            cwd=REPOSITORY,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urlopen(f"http://127.0.0.1:{port}/sante/", timeout=5):
                return
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("Le serveur du banc d’essai ne répond pas.")


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    executable = shutil.which("redis-server")
    if not executable:
        raise SystemExit("Redis est introuvable: installez le paquet Debian « redis-server ».")
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen([executable, *options], stdout=subprocess.DEVNULL)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=30)


@contextmanager
def workshop() -> Iterator[Path]:
    """A temporary folder for one run."""
    with tempfile.TemporaryDirectory(prefix="appreciation-banc-") as name:
        yield Path(name)
