"""The team is served before the hall: the worker's queue, with real sockets and real threads."""

import socket
import subprocess
import sys
from concurrent.futures import CancelledError
from threading import Event

import pytest
from gunicorn.workers import gthread

from consortium.team_first import TeamFirstPool
from tests.sample_data import REPOSITORY

WALL = b"GET /espace/rencontres/R-1/projection/etat.json HTTP/1.1\r\n\r\n"
GESTURE = b"POST /espace/rencontres/R-1/console/fermer/ HTTP/1.1\r\n\r\n"
PHONE = b"POST /r/K7M2PX/reponses/ HTTP/1.1\r\n\r\n"


class Connection:
    """As gunicorn's own, with the two ends of a socket."""

    def __init__(self, sent):
        self.sock, self.far_end = socket.socketpair()
        self.sock.setblocking(False)
        self.initialized, self.data_ready = False, False
        if sent:
            self.far_end.sendall(sent)


@pytest.fixture
def connect():
    """`connect(sent)`: a connection on which that came; hung up after the test."""
    opened = []

    def connect(sent=b""):
        opened.append(Connection(sent))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.sock.close()
        connection.far_end.close()


@pytest.fixture
def pool():
    pool = TeamFirstPool(threads=1)
    yield pool
    pool.shutdown()


@pytest.fixture
def busy(pool, connect):
    """The only thread is taken until this is set."""
    release, taken = Event(), Event()

    def hold(_):
        taken.set()
        release.wait(10)

    pool.submit(hold, connect(PHONE))
    taken.wait(10)
    return release


def test_the_team_goes_first_and_each_queue_keeps_its_order(pool, busy, connect):
    served = []
    asked = [PHONE, PHONE, WALL, PHONE, GESTURE]
    connections = [connect(sent) for sent in asked]
    futures = [pool.submit(served.append, connection) for connection in connections]
    busy.set()
    for future in futures:
        future.result(10)
    assert [connections.index(connection) for connection in served] == [2, 4, 0, 1, 3]


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /espace HTTP/1.1",
        b"GET /r/espace/ HTTP/1.1",
        b"GET /?GET /espace/ HTTP/1.1",
        b"\x16\x03\x01",
    ],
)
def test_nobody_else_goes_first(pool, busy, connect, sent):
    served = []
    connections = [connect(PHONE), connect(sent)]
    futures = [pool.submit(served.append, connection) for connection in connections]
    busy.set()
    futures[1].result(10)
    assert served == connections


def test_what_was_looked_at_is_still_there_to_read(pool, connect):
    read = pool.submit(lambda conn: conn.sock.recv(1000), connect(WALL)).result(10)
    assert read == WALL


def test_who_has_not_spoken_takes_no_thread_and_is_heard_later(pool, busy, connect):
    silent = connect()
    assert pool.submit(lambda _: None, silent).result(0) is gthread._DEFER
    silent.far_end.sendall(WALL)
    silent.data_ready = True
    heard = pool.submit(lambda _: "servi", silent)
    busy.set()
    assert heard.result(10) == "servi"


def test_who_hung_up_is_served_to_be_closed(pool, connect):
    gone = connect()
    gone.far_end.close()
    assert pool.submit(lambda conn: conn.sock.recv(1), gone).result(10) == b""


@pytest.mark.parametrize("error", [RuntimeError, SystemExit, CancelledError])
def test_an_error_is_told_to_the_worker_and_the_thread_goes_on(pool, connect, error):
    def fail(_):
        raise error

    with pytest.raises(error):
        pool.submit(fail, connect(PHONE)).result(10)
    assert pool.submit(lambda _: "servi", connect(PHONE)).result(10) == "servi"


def test_gunicorn_finds_its_configuration_by_itself():
    """Without an option: eight threads, and the worker that serves the team first."""
    command = [sys.executable, "-m", "gunicorn", "--print-config", "consortium.wsgi"]
    env = {"PATH": "", "DJANGO_SETTINGS_MODULE": "consortium.settings.dev"}
    told = subprocess.run(
        command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False, timeout=120
    )
    assert told.returncode == 0, told.stderr
    lines = dict(line.split(" = ", 1) for line in told.stdout.splitlines() if " = " in line)
    config = {name.strip(): value.strip() for name, value in lines.items()}
    assert config["threads"] == "8"
    assert config["limit_request_line"] == "8190"  # a search of 5,000 characters is ours to answer
    assert "TeamFirstWorker" in config["worker_class"]
    assert config["forwarder_headers"] == "[]"  # `SCRIPT_NAME: /ailleurs` would move every link
