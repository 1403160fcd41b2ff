"""Whether an address on another site answers. Asked politely, and never of a machine of ours.

Every address that a name leads to must be a public one, and the connection is made to that very
address: a name that changes its mind in between (DNS rebinding) is not followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

PATIENCE = 8.0
REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
WHO = "VerificationDeLiens/1.0 (une visite par nuit au plus)"
GONE = frozenset({404, 410})
MOVED = frozenset({301, 302, 303, 307, 308})
NO_HEAD = frozenset({400, 403, 405, 501})
FIRST_ERROR = 400
REFUSED = "adresse refusée"
"""For the log of whoever wrote it: an inner address, another scheme, another port."""

Allowed = Callable[[str], bool]


class LinkRefusedError(Exception):
    """An address that this site never asks for."""


def is_public_address(ip: str) -> bool:
    """Not of this machine, of a private network, reserved, or a name for all at once."""
    address = ipaddress.ip_address(ip.split("%", maxsplit=1)[0])
    inner = getattr(address, "ipv4_mapped", None) or address
    return inner.is_global and not inner.is_multicast


def outside_problem(url: str, *, is_allowed: Allowed = is_public_address) -> str:
    """Why it cannot be read, in a few French words; "" when it can."""
    try:
        status = _status(url, is_allowed)
    except LinkRefusedError:
        return REFUSED
    except socket.gaierror:
        return "site introuvable"
    except (OSError, http.client.HTTPException, ValueError):
        return "ne répond pas"
    if status in GONE:
        return "page disparue"
    return f"erreur {status}" if status >= FIRST_ERROR else ""


def _status(url: str, is_allowed: Allowed) -> int:
    for _ in range(REDIRECTS + 1):
        status, location = _ask("HEAD", url, is_allowed)
        if status in NO_HEAD:
            status, location = _ask("GET", url, is_allowed)
        if status not in MOVED or not location:
            return status
        url = urljoin(url, location)
    raise LinkRefusedError


def _ask(method: str, url: str, is_allowed: Allowed) -> tuple[int, str]:
    """The status and where it leads; the body is never read."""
    parts = urlsplit(url)
    host, port = parts.hostname, parts.port or PORTS.get(parts.scheme)
    if parts.scheme not in PORTS or not host or port is None or parts.username:
        raise LinkRefusedError
    is_usual = port == PORTS[parts.scheme]
    if not is_usual and is_allowed is is_public_address:
        raise LinkRefusedError
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ips = [str(row[4][0]) for row in found]
    if not ips or not all(is_allowed(ip) for ip in ips):
        raise LinkRefusedError
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    connection.sock = _socket(ips[0], port, host if parts.scheme == "https" else "")
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        name = host if is_usual else f"{host}:{port}"
        connection.request(method, path, headers={"Host": name, "User-Agent": WHO})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


def _socket(ip: str, port: int, tls_name: str) -> socket.socket:
    plain = socket.create_connection((ip, port), timeout=PATIENCE)
    if not tls_name:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=tls_name)
    except BaseException:
        plain.close()
        raise
