"""Every answer of 2,000 meetings of 60 items: counted again, kept, folded in, downloaded.

The ratio is to the same counts asked by hand of the same database, in turn, in one process: the
median of the rounds (processor's time on SQLite, by the watch on PostgreSQL, whose work is done
elsewhere). Memory is the peak of a process that does that one thing. The download is asked over
HTTP from one gunicorn process. Ends with 1 if a promise is not kept.

`python -m tests.benchmarks.bench_synthesis SQLite` (or `PostgreSQL`) for one engine;
`… PostgreSQL 100` with 100 seats at each meeting: twelve million answers, and what is promised of
them alone; `… 10 20` with 20 meetings, to see that it runs: no ratio of so few is held.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping

from tests.benchmarks.engines import HOST, MEMORY, embedded, postgres, served, workshop
from tests.sample_data import REPOSITORY

SEATS, MEETINGS = 10, 2000
MOST_RATIO = {10: 1.5, 100: 2.0}
"""Times the same counts by hand, by seats at each meeting."""
MOST_FOLDING = 2.0
MOST_MEMORY = 400
MOST_FIRST_BYTE = 2.0
MOST_GROWTH = 30
"""Megabytes that the server may take more for a whole download."""
UNPROMISED = (
    ("avec médianes et accords", "answers_told"),
    ("décomptes gardés", "kept"),
    ("preuve de tous les décomptes", "proof"),
)
LONGEST = 3600
PIECE = 2**20
DOWNLOAD = "/espace/coordination/reponses.csv"


ENGINES = {"SQLite": embedded, "PostgreSQL": postgres}


def main() -> int:
    chosen = [name for name in ENGINES if name in sys.argv[1:]] or list(ENGINES)
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    seats, meetings = (*numbers, *(SEATS, MEETINGS)[len(numbers) :])[:2]
    broken: list[str] = []
    for name in chosen:
        with (
            workshop() as folder,
            ENGINES[name](folder) as engine,
            served(engine, folder) as (port, env),
        ):
            broken += _measure_all(name, env, port, seats, meetings)
    print("\n".join(broken) or "Tout est tenu.")
    return 1 if broken and meetings == MEETINGS else 0


def _measure_all(
    name: str, env: Mapping[str, str], port: int, seats: int, meetings: int
) -> list[str]:
    start = time.perf_counter()
    filled = _ask(env, "fill", str(seats), str(meetings))
    took, load = time.perf_counter() - start, os.getloadavg()[0]
    print(
        f"\n{name}: {filled['ratings']} réponses, {filled['counts']} décomptes, écrits en "
        f"{took:.0f} s, charge {load:.1f}"
    )
    most = MOST_RATIO.get(seats, MOST_RATIO[SEATS])
    seen = _ask(env, "read", "answers")
    promises = {_ratio("tout recompté", seen, most): seen["ratio"] <= most}
    for title, what in (("recompter et dire", "answers_told"), ("prouver", "proof")):
        memory = _ask(env, "alone", what)["memory"]
        promises[f"mémoire pour {title}: {memory:.0f} Mo (promis: {MOST_MEMORY})"] = (
            memory < MOST_MEMORY
        )
    if seats == SEATS:
        for title, what in UNPROMISED:
            print(_ratio(title, _ask(env, "read", what)))
        for title, fold in _ask(env, "fold").items():
            said = _ratio(f"1000 réponses de plus, {title}", fold, MOST_FOLDING)
            promises[said] = fold["ratio"] <= MOST_FOLDING
        promises |= _downloaded(port, _ask(env, "session"), filled["ratings"])
    for promise in promises:
        print(promise, flush=True)
    return [f"NON TENU, {name}: {promise}" for promise, is_kept in promises.items() if not is_kept]


def _ratio(title: str, seen: Mapping[str, float], most: float | None = None) -> str:
    promised = f" (promis: {most:g})" if most else ""
    return (
        f"{title}: {seen['ours']:.3f} s, à la main {seen['by_hand']:.3f} s, "
        f"rapport {seen['ratio']:.2f}{promised}"
    )


def _downloaded(port: int, cookies: Mapping[str, str], ratings: int) -> dict[str, bool]:
    """The whole CSV over HTTP: its first byte, its rows, and what the server holds meanwhile."""
    line, aside = (http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST) for _ in range(2))
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Cookie": cookie}
    _fetched(line, "/espace/", headers)
    before = float(_fetched(aside, MEMORY, headers))
    start = time.perf_counter()
    line.request("GET", DOWNLOAD, headers=headers)
    response = line.getresponse()
    if response.status != 200:
        raise SystemExit(f"{DOWNLOAD}: {response.status}")
    response.read(1)
    first = time.perf_counter() - start
    rows, size, held = 0, 1, []
    while piece := response.read(PIECE):
        rows, size = rows + piece.count(b"\n"), size + len(piece)
        held.append(float(_fetched(aside, MEMORY, headers)))
    print(f"CSV: {rows} lignes, {size / 1e6:.0f} Mo en {time.perf_counter() - start:.1f} s")
    growth = max(held) - before
    return {
        f"CSV, une ligne par réponse: {rows - 1}": rows == ratings + 1,
        f"CSV, premier octet: {first:.2f} s (promis: {MOST_FIRST_BYTE:g})": first < MOST_FIRST_BYTE,
        f"CSV, mémoire de plus: {growth:.0f} Mo (promis: {MOST_GROWTH})": growth < MOST_GROWTH,
    }


def _fetched(line: http.client.HTTPConnection, address: str, headers: Mapping[str, str]) -> bytes:
    line.request("GET", address, headers=dict(headers))
    response = line.getresponse()
    content = response.read()
    if response.status != 200:
        raise SystemExit(f"{address}: {response.status}")
    return content


def _ask(env: Mapping[str, str], *asked: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.many_ratings", *asked],
        env=env,
        cwd=REPOSITORY,
        check=True,
        stdout=subprocess.PIPE,
        timeout=LONGEST,
    )
    return json.loads(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
