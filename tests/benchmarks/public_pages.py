"""The measuring of `bench_public`, in a process that has production's settings."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from home.domain.starter_pages import ensure_site_pages  # noqa: E402
from pratiques.enums import CostBand, EffortBand, EvidenceStatus, MilieuSize  # noqa: E402
from pratiques.models import PracticePage  # noqa: E402
from tests.benchmarks.engines import HOST  # noqa: E402
from tests.benchmarks.urls import BARE  # noqa: E402
from tests.factories.places import PlaceFactory  # noqa: E402
from tests.factories.practices import issue, practice  # noqa: E402

USUAL = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
MOST_SQL = 12
GROWTH = 1.3
CACHED = 5
REQUESTS = 20
ROUNDS = 5
WORDS = ["jardin", "vélo", "navette", "repas", "école", "logement"]
WORDS += ["forêt", "rivière", "bénévole", "marché", "atelier", "fête"]


@dataclass(frozen=True)
class Page:
    name: str
    address: str
    ceiling: float


@dataclass(frozen=True)
class Measure:
    sql: int
    ratio: float
    cached: float
    milliseconds: float


def pages() -> list[Page]:
    detail = PracticePage.objects.live().order_by("pk").first()
    return [
        Page("liste", "/pratiques/", 35),
        Page("liste, facettes", "/pratiques/?enjeu=transport&cout=none&tri=titre", 35),
        Page("liste, mots", "/pratiques/?q=jardin", 40),
        Page("liste, faute de frappe", "/pratiques/?q=navetet", 40),
        Page("liste, carte", "/pratiques/?vue=carte", 35),
        Page("fiche", f"/pratiques/{detail.slug}/", 30),
        Page("accueil", "/", 35),
        Page("recherche", "/recherche/?q=jardin", 40),
    ]


def main() -> int:
    numbers = [int(number) for number in sys.argv[1:]] or [20, 200, 2000]
    ensure_site_pages()
    print(f"{os.cpu_count()} cœurs, charge {os.getloadavg()[0]:.1f}")
    print("| page | fiches | SQL | à froid, ms | à froid / plancher | copie / plancher |")
    print("|---|---|---|---|---|---|")
    first: dict[str, Measure] = {}
    broken: list[str] = []
    for number in numbers:
        _fill(number)
        for page in pages():
            measure = _measure(page.address)
            if measure is None:
                print(f"| {page.name} | {number} | pas encore là | | | |")
                continue
            print(
                f"| {page.name} | {number} | {measure.sql} | {measure.milliseconds:.1f} "
                f"| {measure.ratio:.1f} | {measure.cached:.1f} |"
            )
            broken += _broken(page, number, measure, first.setdefault(page.name, measure))
    print("\n".join(broken) or "Tout est tenu.")
    return 1 if broken else 0


def _broken(page: Page, number: int, measure: Measure, first: Measure) -> list[str]:
    """SQL must not follow the number of sheets, nor the processor by more than its growth."""
    promises = {
        f"au plus {MOST_SQL} SQL": measure.sql <= MOST_SQL,
        "SQL constant": measure.sql == first.sql,
        f"au plus {page.ceiling} fois le plancher": measure.ratio <= page.ceiling,
        f"au plus {GROWTH} fois le coût du premier": measure.ratio <= GROWTH * first.ratio,
        f"copie: au plus {CACHED} fois": "?" in page.address or measure.cached <= CACHED,
    }
    return [
        f"NON TENU {page.name}, {number}: {name}" for name, kept in promises.items() if not kept
    ]


def _measure(address: str) -> Measure | None:
    """The least of several rounds: what a busy machine adds is not the page's."""
    with override_settings(PAGE_COPIES_FRESH_SECONDS=0):
        client = Client(headers={"host": HOST})
        if client.get(address, secure=True).status_code != 200:
            return None
        client.get(address, secure=True)
        with CaptureQueriesContext(connection) as seen:
            client.get(address, secure=True)
            sql = len(seen)  # counted now: the next request empties the log
        floor, cold = _alternated(_bare(), lambda: client.get(address, secure=True))
    copied = Client(headers={"host": HOST})
    copied.get(address, secure=True)
    _, warm = _alternated(_bare(), lambda: copied.get(address, secure=True))
    return Measure(sql, cold / floor, warm / floor, cold * 1000)


def _bare() -> Callable[[], object]:
    with override_settings(MIDDLEWARE=USUAL):
        client = Client(headers={"host": HOST})
        client.get(BARE, secure=True)  # its middleware is loaded now, and stays
    return lambda: client.get(BARE, secure=True)


def _alternated(one: Callable, other: Callable) -> tuple[float, float]:
    rounds = [(_processor(one), _processor(other)) for _ in range(ROUNDS)]
    return min(each[0] for each in rounds), min(each[1] for each in rounds)


def _processor(ask: Callable[[], object]) -> float:
    start = time.process_time()
    for _ in range(REQUESTS):
        ask()
    return (time.process_time() - start) / REQUESTS


@transaction.atomic
def _fill(number: int) -> None:
    """Up to so many sheets, of every kind, spread over six territories and five issues."""
    made = PracticePage.objects.count()
    territories = [_territory(at) for at in range(6)]
    issues = [issue("transport"), *(issue(f"enjeu-{at}", f"Enjeu {at}") for at in range(4))]
    for at in range(made, number):
        practice(
            title=f"{WORDS[at % 12].capitalize()} et {WORDS[at * 7 % 11]} {at}",
            summary=" ".join(WORDS[(at + step * step) % 12] for step in range(40)),
            places=[territories[at % 6]],
            issues=[issues[at % 5]],
            status=EvidenceStatus.values[at % 4],
            cost_band=CostBand.values[at % 5],
            effort_band=EffortBand.values[at % 3],
            milieu_size=MilieuSize.values[at % 4],
        )


def _territory(at: int):
    from reference.models import Place

    found = Place.objects.filter(slug=f"banc-{at}").first()
    return found or PlaceFactory(territory=True, name=f"Territoire {at}", slug=f"banc-{at}")


if __name__ == "__main__":
    assert settings.ROOT_URLCONF == "tests.benchmarks.urls"
    sys.exit(main())
