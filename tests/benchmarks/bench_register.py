"""The register with 20 and 5,000 entries over 107 territories, on SQLite: SQL, size, growth.

Each page is made whole, without its copy, in this process; the times of 5,000 are told as times
those of 20 in the same run. Ends with 1 if a promise is not kept.

`python -m tests.benchmarks.bench_register`
"""

from __future__ import annotations

import gzip
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from tests.benchmarks.engines import COLD, HOST, PRODUCTION, embedded, workshop

NUMBERS = (20, 5000)
PAGES = {
    "liste": "/demarches/",
    "facettes": "/demarches/?annee=2012&annee=2013&niveau=full&dimension={dimension}",
    "mots": "/demarches/?q=jardin",
    "tableau": "/demarches/?vue=tableau&page=2",
    "carte": "/demarches/?vue=carte",
    "carte choisie": "/demarches/?vue=carte&annee=2012",
}
MOST_SQL = 12
MOST_BYTES = 300_000
USUAL_GROWTH = 2.0
GROWTH = {"mots": 4.0, "tableau": 4.0}
"""A page of 20 lines out of 5,000 costs about one out of 20. Looking for words reads them all, and
the table has 50 lines where there were 20."""
ROUNDS = 9


@dataclass(frozen=True)
class Measure:
    """Seconds of this process's processor; bytes before and after compression."""

    sql: int
    seconds: float
    size: int
    wire: int


def main() -> int:
    if "DATABASE_URL" in os.environ and os.environ.get("BANC") == "1":
        return _measure_all()
    with workshop() as folder, embedded(folder) as engine:
        env = os.environ | PRODUCTION | engine | {"BANC": "1"}
        env |= {"STATIC_ROOT": str(folder / "static"), "MEDIA_ROOT": str(folder / "media")}
        for command in (("migrate", "-v", "0"), ("collectstatic", "--no-input", "-v", "0")):
            subprocess.run([sys.executable, "manage.py", *command], env=env, check=True)
        again = [sys.executable, "-m", "tests.benchmarks.bench_register"]
        return subprocess.run(again, env=env, check=False).returncode


def _measure_all() -> int:
    import django

    django.setup()
    from home.domain.starter_pages import ensure_site_pages
    from tests.benchmarks.many_entries import fill

    ensure_site_pages()
    print(f"{os.cpu_count()} cœurs, charge {os.getloadavg()[0]:.1f}")
    print("| page | démarches | SQL | fois le temps de 20 | ko | ko compressés |")
    print("|---|---|---|---|---|---|", flush=True)
    first: dict[str, Measure] = {}
    broken: list[str] = []
    for number in NUMBERS:
        fill(number)
        for name, address in PAGES.items():
            found = _measure(address.format(dimension=_dimension()))
            known = first.setdefault(name, found)
            growth = found.seconds / known.seconds
            print(
                f"| {name} | {number} | {found.sql} | {growth:.2f} "
                f"| {found.size / 1000:.0f} | {found.wire / 1000:.0f} |",
                flush=True,
            )
            promises = {
                f"au plus {MOST_SQL} SQL": found.sql <= MOST_SQL,
                "SQL constant": found.sql == known.sql,
                "au plus 300 ko": found.size <= MOST_BYTES,
                "croissance": growth <= GROWTH.get(name, USUAL_GROWTH),
            }
            broken += [f"NON TENU {name}: {words}" for words, kept in promises.items() if not kept]
    print("\n".join(broken) or "Tout est tenu.")
    return 1 if broken else 0


def _dimension() -> str:
    from reference.models import Dimension

    return Dimension.objects.get(name="Dimension-Banc 1").code


def _measure(address: str) -> Measure:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": HOST, **COLD})

    def page() -> bytes:
        response = client.get(address, secure=True)
        if response.status_code != 200:
            raise SystemExit(f"{address}: {response.status_code}")
        return response.content

    page()
    page()  # a new site writes its settings at its first visit
    with CaptureQueriesContext(connection) as seen:
        content = page()
    sql = len(seen)
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        page()
        rounds.append(time.process_time() - start)
    return Measure(sql, statistics.median(rounds), len(content), len(gzip.compress(content)))


if __name__ == "__main__":
    sys.exit(main())
