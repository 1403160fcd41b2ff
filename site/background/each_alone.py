"""Rows of a job, each alone: one that cannot be done keeps no other waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from django.db import transaction

logger = logging.getLogger("consortium.schedule")

Due = Iterable[tuple[str, Callable[[], object]]]
"""What the log calls a row (its model and number), and what is done of it."""


def each_alone(job: str, due: Due) -> int:
    """How many were done, each in its own transaction.

    One that fails is left as it was, logged, and met again by the next run.
    """
    return sum(_is_done(job, name, act) for name, act in due)


def _is_done(job: str, name: str, act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
    except Exception:
        logger.exception("%s: %s", job, name)
        return False
    return True
