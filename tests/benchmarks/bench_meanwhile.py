"""While the worker makes documents without a pause, pages answer as when nothing is made.

One visitor asks the same pages one after the other, idle then busy, in turns, so that what else the
machine does weighs on both. Promised: the 95th hundredth at most twice that of idle. Ends with 1 if
it is not kept.
"""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import time

from tests.benchmarks.engines import HOST, embedded, served, workshop
from tests.sample_data import REPOSITORY

PAGES = ("/", "/demarches/", "/trousse/tenir-la-rencontre/", "/r/", "/comptes/connexion/")
TURNS = 4
ASKED = 60
"""Requests in a turn; the making of one PDF lasts longer than what they take."""
PROMISED = 2.0
OK = 200
CREATED = ("load_reference", "create_site_pages")


def main() -> int:
    with workshop() as folder, embedded(folder) as engine, served(engine, folder) as (port, env):
        for command in CREATED:
            subprocess.run(
                [sys.executable, "manage.py", command],
                env=env,
                cwd=REPOSITORY,
                check=True,
                stdout=subprocess.DEVNULL,
                timeout=300,
            )
        reference = json.loads(_report(env, "prepare").communicate(b"{}", timeout=300)[0])
        _ask_all(port)  # templates are read once
        idle: list[float] = []
        busy: list[float] = []
        for _ in range(TURNS):
            idle += _ask_all(port)
            busy += _while_making(port, env, reference["reference"])
    ratio = _slow(busy) / _slow(idle)
    print(
        f"p95 au repos {_slow(idle) * 1000:.0f} ms, pendant les PDF {_slow(busy) * 1000:.0f} ms, "
        f"rapport {ratio:.2f} (promis: {PROMISED:g}), {len(busy)} demandes"
    )
    return 0 if ratio <= PROMISED else 1


def _while_making(port: int, env: dict[str, str], reference: str) -> list[float]:
    """Only what was asked while the PDF was being made counts."""
    making = _report(env, "make")
    assert making.stdin is not None
    making.stdin.write(json.dumps({"reference": reference, "code": "rapport-pdf"}).encode())
    making.stdin.close()
    taken: list[float] = []
    while making.poll() is None and len(taken) < ASKED:
        taken += _ask_all(port, times=len(PAGES))
    making.wait(timeout=300)
    return taken


def _report(env: dict[str, str], command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.report", command],
        env=env,
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _ask_all(port: int, times: int = ASKED) -> list[float]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    taken = []
    for number in range(times):
        begun = time.perf_counter()
        line.request(
            "GET", PAGES[number % len(PAGES)], headers={"Host": HOST, "X-Forwarded-Proto": "https"}
        )
        response = line.getresponse()
        response.read()
        taken.append(time.perf_counter() - begun)
        if response.status != OK:
            raise SystemExit(f"{PAGES[number % len(PAGES)]}: {response.status}")
    line.close()
    return taken


def _slow(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
