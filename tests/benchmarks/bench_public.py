"""What everyone reads, at 20, 200 and 2,000 practice sheets, on PostgreSQL: processor and SQL.

The floor is a bare Django page behind Django's usual middleware, measured in the same process just
before and just after each page. « À froid » means without the copies of the public pages; « copie »
is the same page given from its copy. Ends with 1 if a promise is not kept.

`python -m tests.benchmarks.bench_public [20 200]` for other numbers of sheets.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.benchmarks.engines import PRODUCTION, workshop
from tests.sample_data import REPOSITORY
from tests.services_postgres import running_postgres

LONGEST = 3600


def main() -> int:
    with workshop() as folder, running_postgres() as database:
        env = os.environ | PRODUCTION | {"DATABASE_URL": database, "WEB_CONCURRENCY": "1"}
        env |= {"MEDIA_ROOT": str(folder / "media"), "PRIVATE_ROOT": str(folder / "private")}
        env |= {"STATIC_ROOT": str(folder / "static")}
        for command in (("migrate", "-v", "0"), ("collectstatic", "--no-input", "-v", "0")):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                env=env,
                cwd=REPOSITORY,
                check=True,
                timeout=LONGEST,
            )
        measuring = [sys.executable, "-m", "tests.benchmarks.public_pages", *sys.argv[1:]]
        done = subprocess.run(measuring, check=False, env=env, cwd=REPOSITORY, timeout=LONGEST)
        return done.returncode


if __name__ == "__main__":
    sys.exit(main())
