"""For `bench_public`, in a process of its own: so many sheets, and what each page asks of SQL.

`python -m tests.benchmarks.public_pages 2000`: the addresses and their statements, in JSON.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from home.domain.starter_pages import ensure_site_pages  # noqa: E402
from pratiques.models import PracticePage  # noqa: E402
from tests.benchmarks.engines import COLD, HOST  # noqa: E402
from tests.benchmarks.many_sheets import fill  # noqa: E402


def main() -> None:
    ensure_site_pages()
    fill(int(sys.argv[1]))
    print(json.dumps({name: (address, _sql(address)) for name, address in _pages().items()}))


def _pages() -> dict[str, str]:
    sheet = PracticePage.objects.live().earliest("pk")
    return {
        "liste": "/pratiques/",
        "facettes": "/pratiques/?enjeu=transport&cout=none&tri=titre",
        "mots": "/pratiques/?q=jardin",
        "faute de frappe": "/pratiques/?q=navetet",
        "carte": "/pratiques/?vue=carte",
        "fiche": f"/pratiques/{sheet.slug}/",
        "accueil": "/",
        "recherche": "/recherche/?q=jardin",
    }


def _sql(address: str) -> int:
    """Of a page that is made; 0 where there is none.

    Asked twice before: the first reader of a new site writes its settings, and that changes what
    the process keeps.
    """
    client = Client(headers={"host": HOST, **COLD})
    for _ in range(2):
        if client.get(address, secure=True).status_code != 200:
            return 0
    with CaptureQueriesContext(connection) as seen:
        client.get(address, secure=True)
        return len(seen)  # counted now: the next request empties the log


if __name__ == "__main__":
    main()
