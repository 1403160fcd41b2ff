"""A PostgreSQL of our own for one run: `python -m tests.services_postgres COMMAND…`.

The cluster lives in a temporary folder, listens on the loopback only, and dies with the run.
`DATABASE_URL` is given to the command.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = "-c listen_addresses=127.0.0.1 -c port={port} -c max_connections=60 -k {folder}"
SETTINGS += " -c shared_buffers=128MB"
SHORT_LIVED = (
    " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal"
    " -c max_wal_senders=0 -c autovacuum=off -c jit=off"
)
"""Nothing outlives the tests, and their tables are too small to be worth upkeep or compiling."""


def postgres_bin() -> Path:
    """The folder of `initdb` and `pg_ctl`: on the path, or where Debian keeps them."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        sys.exit("PostgreSQL est introuvable: installez le paquet Debian « postgresql ».")
    return found[-1].parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _as_server_user() -> list[str]:
    """PostgreSQL refuses to run as root: Debian's `postgres` account runs it then."""
    return ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[str]:
    """The `DATABASE_URL` of a fresh cluster; with `durable`, as PostgreSQL comes (benchmarks)."""
    folder = Path(tempfile.mkdtemp(prefix="appreciation-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
        user = "postgres"
    else:
        user = pwd.getpwuid(os.getuid()).pw_name
    binaries, data, prefix = postgres_bin(), folder / "data", _as_server_user()

    def run(*command: str) -> None:
        subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(f"{binaries}/initdb", "-D", str(data), "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust")
    port = free_port()
    options = SETTINGS.format(port=port, folder=folder) + ("" if durable else SHORT_LIVED)
    run(
        f"{binaries}/pg_ctl",
        "-D",
        str(data),
        "-w",
        "-l",
        str(folder / "log"),
        "-o",
        options,
        "start",
    )
    try:
        run(f"{binaries}/createdb", "-h", "127.0.0.1", "-p", str(port), "appreciation")
        yield f"postgres://{user}@127.0.0.1:{port}/appreciation"
    finally:
        run(f"{binaries}/pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    with running_postgres() as url:
        return subprocess.call(sys.argv[1:], env=os.environ | {"DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main())
