"""A real PostgreSQL that falls silent, then comes back (QUALITY.md §4 row 23)."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import psycopg
import pytest

from tests.faults.relay import Relay
from tests.services_postgres import free_port, running_postgres

pytestmark = pytest.mark.once  # its PostgreSQL is its own
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 5
"""Seconds that an answer may take: the socket gives up after them, and the test with it."""
FIRST_PAGES = """
from home.domain.starter_pages import ensure_site_pages
from tests.factories.site import ensure_site_tree
ensure_site_tree()
ensure_site_pages()
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Site:
    url: str
    env: dict[str, str]

    def get(self, path: str, timeout: float = PATIENCE, **headers: str) -> Answer:
        request = Request(self.url + path, headers=headers)  # noqa: S310  our own loopback address
        try:
            reply = urlopen(request, timeout=timeout)  # noqa: S310
        except HTTPError as refusal:
            reply = refusal
        with reply:
            return Answer(reply.status, dict(reply.headers), reply.read().decode())

    def database(self) -> str:
        return json.loads(self.get("/sante/").text)["checks"]["database"]


@pytest.fixture
def relay() -> Iterator[Relay]:
    with running_postgres() as url, Relay(urlsplit(url).port) as relay:
        relay.url = url.replace(f":{relay.target}/", f":{relay.port}/")
        yield relay


@pytest.fixture
def site(relay, tmp_path) -> Iterator[Site]:
    """The site itself, one process of eight threads as the embedded default has."""
    port = free_port()
    env = os.environ | {
        "DATABASE_URL": relay.url,
        "DJANGO_SETTINGS_MODULE": "consortium.settings.test",
        "TEST_DIR": str(tmp_path),
    }
    command = [sys.executable, "-m", "gunicorn", "--pythonpath", "site", "--threads", "8"]
    process = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "consortium.wsgi"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    site = Site(f"http://127.0.0.1:{port}", env)
    try:
        for _ in range(150):
            try:
                site.get("/sante/")
                break
            except OSError:
                time.sleep(0.1)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_silent_database_is_said_in_time_and_the_site_recovers_alone(relay, site):
    assert site.database() == "ok"
    relay.silence()
    page = site.get("/demarches/")
    assert page.status == 503
    assert page.headers["Retry-After"] == "10"
    assert "Le site reprend son souffle" in page.text
    as_json = site.get("/r/ABC234/", Accept="application/json")
    assert as_json.status == 503
    assert "Le site est très occupé" in json.loads(as_json.text)["message"]
    health = site.get("/sante/")
    assert (health.status, health.headers["Retry-After"]) == (503, "10")
    assert json.loads(health.text)["status"] == "down"
    relay.let_through()
    assert site.database() == "ok"


def test_public_pages_go_on_from_their_last_good_copy(relay, site):
    prepare = ["migrate", "--run-syncdb", "-v0"], ["shell", "-v0", "-c", FIRST_PAGES]
    tables_only = site.env | {"DJANGO_SETTINGS_MODULE": "tests.faults.unmigrated"}
    for command in prepare:
        asked = [sys.executable, "manage.py", *command]
        subprocess.run(asked, check=True, cwd=ROOT, env=tables_only, timeout=200)
    read_before = {path: site.get(path) for path in ("/", "/la-demarche/")}
    assert {page.status for page in read_before.values()} == {200}
    relay.silence()
    for path, page in read_before.items():
        copy = site.get(path)
        assert (copy.status, copy.text) == (200, page.text)
        assert int(copy.headers["Age"]) >= 0
        assert "Age" not in page.headers
    assert site.get("/accessibilite/").status == 503  # nobody had read it
    assert site.get("/espace/").status != 200
    relay.let_through()
    assert "Age" not in site.get("/").headers


def test_server_that_refuses_is_said_too(relay, site):
    assert site.database() == "ok"
    relay.target = free_port()  # nobody listens there
    relay.let_through()
    assert site.get("/").status == 503
    assert site.database() == "failed"


def test_no_connection_left_is_said_too_and_the_site_recovers_alone(relay, site):
    assert site.database() == "ok"
    relay.let_through()  # what the site holds is cut
    with ExitStack() as held:
        take_every_connection(held, relay.url.replace(f":{relay.port}/", f":{relay.target}/"))
        page = site.get("/demarches/")
        assert (page.status, page.headers["Retry-After"]) == (503, "10")
        assert site.database() == "failed"
    assert any(site.database() == "ok" for _ in range(20))


def take_every_connection(held: ExitStack, url: str) -> None:
    """Until the server has no client but us: those that it was told to drop leave in their time."""
    taken = []
    while True:
        try:
            taken.append(held.enter_context(psycopg.connect(url, autocommit=True)))
        except psycopg.OperationalError:
            clients = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
            if taken[0].execute(clients).fetchone()[0] == len(taken):
                return
