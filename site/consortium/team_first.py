"""Gunicorn's threads, with the team served first: a hall that answers all at once waits its turn.

Three hundred phones that send together are some seconds of work. The wall, the console and every
gesture of the team would wait behind them, in the one queue of the threads; here they go ahead of
them, and the phones notice nothing (docs/decisions/0009-the-team-first.md). All threads still serve
everybody. Without this worker the site works the same; it is only later in a storm.
"""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Callable
from concurrent import futures
from typing import Any

from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker

TEAM = (b"GET /espace/", b"POST /espace/")
LONGEST = max(map(len, TEAM))


class TeamFirstWorker(ThreadWorker):
    """`gthread`, with another queue in front of its threads."""

    def get_thread_pool(self) -> TeamFirstPool:
        return TeamFirstPool(self.cfg.threads)


class TeamFirstPool(futures.Executor):
    """Threads that serve connections in order, those of the team before the others."""

    def __init__(self, threads: int) -> None:
        self._pool = futures.ThreadPoolExecutor(max_workers=threads)
        self._team: deque[Work] = deque()
        self._others: deque[Work] = deque()

    def submit(self, serve: Callable[[TConn], Any], conn: TConn) -> futures.Future:  # type: ignore[override]
        future: futures.Future = futures.Future()
        came = first_bytes(conn.sock)
        if came is None and not (conn.initialized or conn.data_ready):
            # Who has not spoken yet cannot be told apart: gunicorn listens, and submits it again.
            future.set_result(_DEFER)
            return future
        queue = self._team if came and came.startswith(TEAM) else self._others
        queue.append((future, serve, conn))
        self._pool.submit(self._serve_next)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _serve_next(self) -> None:
        """As many calls as connections: one of the two queues holds something."""
        try:
            future, serve, conn = self._team.popleft()
        except IndexError:
            future, serve, conn = self._others.popleft()
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(serve(conn))
        except BaseException as error:  # noqa: BLE001  the worker reads it in the future, as ever
            future.set_exception(error)


Work = tuple[futures.Future, Callable[[TConn], Any], TConn]


def first_bytes(sock: socket.socket) -> bytes | None:
    """What came on this connection, looked at and left there; None when nothing can be seen.

    It says what is asked, not by whom: a page of the team sends a stranger away at once, so asking
    for one gains nothing.
    """
    try:
        return sock.recv(LONGEST, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except (OSError, ValueError):  # nothing came yet; ValueError: encrypted, gunicorn holds the key
        return None
