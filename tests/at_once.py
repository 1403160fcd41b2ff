"""Several calls at the same moment: real threads, real transactions."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from core.errors import DomainError

PATIENCE = 60
"""Seconds; the database itself gives up long before."""


def at_once(*calls: Callable, refusals: tuple[type[Exception], ...] = (DomainError,)) -> list:
    """Each call in a thread of its own, started together: its result, or its refusal."""
    gate = threading.Barrier(len(calls))

    def run(call: Callable):
        try:
            gate.wait(timeout=20)
            return call()
        except refusals as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls, timeout=PATIENCE))
