"""What everyone reads, at 20, 200 and 2,000 practice sheets, on PostgreSQL: processor and SQL.

Asked over HTTP from one gunicorn process in production's settings, compressed as for a browser.
What is measured is the processor's time of that process. The floor is a bare Django page behind
Django's usual middleware, in a gunicorn of its own, asked in turn with each page: the ratio is the
median of the rounds. « À froid »: the reader sends a cookie, so no copy of the page is given;
« copie »: the page is given from its copy. Ends with 1 if a promise is not kept.

`python -m tests.benchmarks.bench_public [20 200]` for other numbers of sheets.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass

from tests.benchmarks.engines import (
    BARE,
    COLD,
    HOST,
    PROCESSOR,
    running,
    served,
    workshop,
)
from tests.sample_data import REPOSITORY
from tests.services_postgres import running_postgres

PROMISED = {
    "liste": 35,
    "facettes": 35,
    "mots": 40,
    "faute de frappe": 40,
    "carte": 35,
    "fiche": 30,
    "accueil": 35,
    "recherche": 40,
}
"""Times the floor, at most."""
MOST_SQL = 12
GROWTH = 1.3
CACHED = 5
ROUNDS = 7
PAGE_REQUESTS, FLOOR_REQUESTS = 20, 200
WARMING = 30
"""More than the server has threads."""
LONGEST = 1800


@dataclass(frozen=True)
class Measure:
    name: str
    sheets: int
    sql: int
    milliseconds: float
    ratio: float
    copy: float | None

    def __str__(self) -> str:
        copy = "" if self.copy is None else f"{self.copy:.1f}"
        return (
            f"| {self.name} | {self.sheets} | {self.sql} | {self.milliseconds:.1f} "
            f"| {self.ratio:.1f} (promis: {PROMISED[self.name]}) | {copy} |"
        )

    def broken(self, first: Measure) -> list[str]:
        """SQL must not follow the number of sheets, nor the processor by more than its growth."""
        promises = {
            f"au plus {MOST_SQL} SQL": self.sql <= MOST_SQL,
            "SQL constant": self.sql == first.sql,
            f"au plus {PROMISED[self.name]} fois le plancher": self.ratio <= PROMISED[self.name],
            f"au plus {GROWTH} fois le coût du premier": self.ratio <= GROWTH * first.ratio,
            f"copie: au plus {CACHED} fois": self.copy is None or self.copy <= CACHED,
        }
        kept = f"NON TENU {self.name}, {self.sheets} fiches:"
        return [f"{kept} {promise}" for promise, is_kept in promises.items() if not is_kept]


class Server:
    """One connection to one process, and the processor's time that it takes."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, address: str, headers: dict[str, str]) -> bytes:
        usual = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip"}
        self.line.request("GET", address, headers=usual | headers)
        response = self.line.getresponse()
        content = response.read()
        if response.status != 200:
            raise SystemExit(f"{address}: {response.status}")
        return content

    def cost(self, address: str, headers: dict[str, str], times: int) -> float:
        """Seconds of processor for one request."""
        self.line.close()  # a server hangs up on whoever was silent for long: it opens by itself
        start = float(self.ask(PROCESSOR, {}))
        for _ in range(times):
            self.ask(address, headers)
        return (float(self.ask(PROCESSOR, {})) - start) / times


def main() -> int:
    numbers = [int(number) for number in sys.argv[1:]] or [20, 200, 2000]
    with workshop() as folder, running_postgres(durable=True) as database:
        engine = {"DATABASE_URL": database, "WEB_CONCURRENCY": "1"}
        usual = {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.floor_settings"}
        with (
            served(engine, folder) as (port, env),
            running(env | usual, folder) as floor_port,
        ):
            return _measure_all(Server(port), Server(floor_port), numbers, env)


def _measure_all(site: Server, floor: Server, numbers: list[int], env: dict[str, str]) -> int:
    print(f"{os.cpu_count()} cœurs, charge {os.getloadavg()[0]:.1f}")
    print("| page | fiches | SQL | à froid, ms | à froid / plancher | copie / plancher |")
    print("|---|---|---|---|---|---|", flush=True)
    first: dict[str, Measure] = {}
    broken: list[str] = []
    for number in numbers:
        for name, (address, sql) in _filled(number, env).items():
            if not sql:
                print(f"| {name} | {number} | pas encore là | | | |")
                continue
            measure = _measure(site, floor, name, number, address, sql)
            print(measure, flush=True)
            broken += measure.broken(first.setdefault(name, measure))
    print("\n".join(broken) or "Tout est tenu.")
    return 1 if broken else 0


def _filled(number: int, env: dict[str, str]) -> dict[str, tuple[str, int]]:
    command = [sys.executable, "-m", "tests.benchmarks.public_pages", str(number)]
    done = subprocess.run(
        command, env=env, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, timeout=LONGEST
    )
    return json.loads(done.stdout)


def _measure(
    site: Server, floor: Server, name: str, sheets: int, address: str, sql: int
) -> Measure:
    cold, ratio = _against_floor(site, floor, address, COLD)
    copy = None if "?" in address else _against_floor(site, floor, address, {})[1]
    return Measure(name, sheets, sql, cold * 1000, ratio, copy)


def _against_floor(
    site: Server, floor: Server, address: str, headers: dict[str, str]
) -> tuple[float, float]:
    """The median of the rounds: seconds of processor, and times the floor of the same round."""
    floor.cost(BARE, {}, WARMING)
    site.cost(address, headers, WARMING)
    rounds = [
        (site.cost(address, headers, PAGE_REQUESTS), floor.cost(BARE, {}, FLOOR_REQUESTS))
        for _ in range(ROUNDS)
    ]
    return (
        statistics.median(page for page, _ in rounds),
        statistics.median(page / bare for page, bare in rounds),
    )


if __name__ == "__main__":
    sys.exit(main())
