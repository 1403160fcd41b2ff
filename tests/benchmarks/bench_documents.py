"""The report of an evening of 300 people and 24 statements, in every format: time and memory.

Each document is made by a process that has just started, so that its memory is its own and that
the first file of a worker is what is measured. The processor's time is held against the promise: a
machine shared with other work makes everybody wait, and is not what is measured. Ends with 1 if a
promise is not kept.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.benchmarks.engines import PRODUCTION, embedded, workshop
from tests.sample_data import REPOSITORY

PROMISED: dict[str, tuple[float, float]] = {"rapport-pdf": (5, 300)}
"""Seconds, megabytes."""
MADE = (
    "rapport-pdf",
    "rapport-word",
    "restitution-diapositives",
    "rapport-classeur",
    "rapport-nombres",
)
LONGEST = 300


def main() -> int:
    with workshop() as folder, embedded(folder) as engine:
        env = os.environ | PRODUCTION | engine
        env |= {"MEDIA_ROOT": str(folder / "media"), "PRIVATE_ROOT": str(folder / "private")}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            env=env,
            cwd=REPOSITORY,
            check=True,
            timeout=LONGEST,
        )
        evening = _ask(env, "prepare")
        load = os.getloadavg()[0]
        print(f"{evening['answers']} réponses, {os.cpu_count()} cœurs, charge {load:.1f}")
        broken = [code for code in MADE if not _measure(env, evening["reference"], code)]
    return 1 if broken else 0


def _measure(env: dict[str, str], reference: str, code: str) -> bool:
    seen = _ask(env, "make", reference=reference, code=code)
    seconds, megabytes = PROMISED.get(code, (float("inf"), float("inf")))
    is_kept = seen["processor"] < seconds and seen["memory"] < megabytes
    promise = f" (promis: {seconds:g} s, {megabytes:g} Mo)" if code in PROMISED else ""
    print(
        f"{code:26} processeur {seen['processor']:5.2f} s, à la montre {seen['wall']:5.2f} s, "
        f"mémoire {seen['memory']:4.0f} Mo, fichier {seen['size']:5.0f} ko{promise}"
        f"{'' if is_kept else ' NON TENU'}"
    )
    return is_kept


def _ask(env: dict[str, str], command: str, **values: str) -> dict:
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.report", command],
        env=env,
        cwd=REPOSITORY,
        input=json.dumps(values).encode(),
        stdout=subprocess.PIPE,
        check=True,
        timeout=LONGEST,
    )
    return json.loads(told.stdout)


if __name__ == "__main__":
    sys.exit(main())
