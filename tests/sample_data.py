"""Where the real sample files lie. Tests that read them are collected only when they are there.

`SAMPLE_DATA_DIR` may point elsewhere; its absence is announced at the end of the run, and small
typed fixtures keep the same checks always running.
"""

import csv
import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SAMPLE_DATA_DIR = Path(
    os.environ.get("SAMPLE_DATA_DIR", str(REPOSITORY.parent / "shared" / "data"))
)
HAS_SAMPLE_DATA = SAMPLE_DATA_DIR.is_dir()
FIXTURES = REPOSITORY / "tests" / "fixtures"


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
