"""The register of what is erased when its time has come (Loi 25). Apps add theirs in `ready()`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

logger = logging.getLogger("consortium.purges")

Erase = Callable[[datetime], int]


@dataclass(frozen=True)
class Purge:
    """`erase(now)` erases what is due at `now` and returns how many. Running it again is harmless.

    `label` is a French plural that begins a line: « Invitations expirées ».
    """

    label: str
    erase: Erase


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


def register_purge(label: str, erase: Erase) -> None:
    _register[label] = Purge(label, erase)


def run_purges(now: datetime, *, dry_run: bool = False) -> Iterator[PurgeOutcome]:
    """Run every purge, each in a transaction of its own; a dry run does the same, then takes back.

    One that fails does not keep the others from their duty.
    """
    for purge in sorted(_register.values(), key=lambda purge: purge.label):
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
