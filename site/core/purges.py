"""The register of what is erased when its time has come (Loi 25). Apps add theirs in `ready()`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, QuerySet

logger = logging.getLogger("consortium.purges")

Erase = Callable[[datetime], int]
NextDue = Callable[[], datetime | None]


@dataclass(frozen=True)
class Purge:
    """`erase(now)` erases what is due at `now` and returns how many. Running it again is harmless.

    `label` is a French plural that begins a line: « Invitations expirées ». `kept` is its delay in
    words, `next_due()` the moment the next one is due (past: the coming night), None when none is.
    """

    label: str
    erase: Erase
    kept: str = ""
    next_due: NextDue | None = None


@dataclass(frozen=True)
class PurgeOutcome:
    """How many were erased (or would be); None when the purge failed and erased nothing."""

    label: str
    erased: int | None

    @property
    def sentence(self) -> str:
        if self.erased is None:
            return f"{self.label}: échec, rien n’est effacé"
        return f"{self.label}: {self.erased or 'rien à effacer'}"


_register: dict[str, Purge] = {}


def register_purge(
    label: str, erase: Erase, *, kept: str = "", next_due: NextDue | None = None
) -> None:
    _register[label] = Purge(label, erase, kept, next_due)


def purges() -> list[Purge]:
    """All of them, in the order of their labels."""
    return sorted(_register.values(), key=lambda purge: purge.label)


def earliest_due(rows: QuerySet, *fields: str, kept: timedelta) -> datetime | None:
    """The earliest moment of `fields` among `rows`, plus the delay; None when there is none."""
    firsts = rows.aggregate(**{field: Min(field) for field in fields}).values()
    found = [first for first in firsts if first is not None]
    return min(found) + kept if found else None


def run_purges(now: datetime, *, dry_run: bool = False) -> Iterator[PurgeOutcome]:
    """Run every purge, each in a transaction of its own; a dry run does the same, then takes back.

    One that fails does not keep the others from their duty.
    """
    for purge in purges():
        outcome = PurgeOutcome(purge.label, _run(purge, now, dry_run=dry_run))
        if not dry_run:
            logger.info(outcome.sentence)
        yield outcome


def _run(purge: Purge, now: datetime, *, dry_run: bool) -> int | None:
    try:
        with transaction.atomic():
            erased = purge.erase(now)
            if dry_run:
                transaction.set_rollback(True)
    except Exception:
        logger.exception("Effacement: %s", purge.label)
        return None
    return erased
