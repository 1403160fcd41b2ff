"""Addresses of other sites: what answers, what does not, and what is never asked for."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from core.outside_links import REFUSED, is_public_address, outside_problem

pytestmark = pytest.mark.once


class Site(BaseHTTPRequestHandler):
    answers = {"/bien": 200, "/disparue": 410, "/absente": 404, "/panne": 500}

    def do_HEAD(self):
        if self.path == "/sans-head":
            self.send_error(405)
        elif self.path == "/ailleurs":
            self.send_response(302)
            self.send_header("Location", "/bien")
            self.end_headers()
        elif self.path == "/boucle":
            self.send_response(302)
            self.send_header("Location", "/boucle")
            self.end_headers()
        else:
            self.send_response(self.answers[self.path])
            self.end_headers()

    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def address():
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/bien", ""),
        ("/ailleurs", ""),
        ("/sans-head", ""),
        ("/disparue", "page disparue"),
        ("/absente", "page disparue"),
        ("/panne", "erreur 500"),
        ("/boucle", REFUSED),
    ],
)
def test_what_an_address_answers(address, path, problem):
    assert outside_problem(f"{address}{path}", is_allowed=lambda ip: True) == problem


def test_an_inner_address_is_never_asked_for(address):
    assert outside_problem(f"{address}/bien") == REFUSED
    assert outside_problem("http://127.0.0.1/admin/") == REFUSED
    assert outside_problem("http://[::1]/") == REFUSED
    assert outside_problem("http://localhost/") == REFUSED
    assert outside_problem("http://169.254.169.254/latest/") == REFUSED


def test_a_redirect_to_an_inner_address_is_refused(address):
    asked = []

    def first_only(ip: str) -> bool:
        asked.append(ip)
        return len(asked) == 1

    assert outside_problem(f"{address}/ailleurs", is_allowed=first_only) == REFUSED


@pytest.mark.parametrize("url", ["ftp://exemple.org/a", "http://", "http://moi:mot@exemple.org/"])
def test_other_kinds_of_addresses_are_refused(url):
    assert outside_problem(url) == REFUSED


@pytest.mark.parametrize(
    ("ip", "is_public"),
    [
        ("8.8.8.8", True),
        ("10.0.0.4", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("::ffff:127.0.0.1", False),
        ("fe80::1%eth0", False),
        ("224.0.0.1", False),
        ("2606:4700::1111", True),
    ],
)
def test_which_addresses_are_public(ip, is_public):
    assert is_public_address(ip) is is_public
