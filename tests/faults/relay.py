"""A wire between two programs that a test may cut: through, silent, or closed."""

from __future__ import annotations

import contextlib
import socket
import threading


class Relay:
    """Listens on a port of its own and passes bytes to `target`, until told otherwise."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.is_silent = False
        self._open: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Relay:
        return self

    def __exit__(self, *failure: object) -> None:
        # Closing alone would not wake the thread that waits for a connection.
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._cut()

    def silence(self) -> None:
        """What was connected is cut; who connects again gets no answer at all."""
        self.is_silent = True
        self._cut()

    def let_through(self) -> None:
        self.is_silent = False
        self._cut()

    def _cut(self) -> None:
        while self._open:
            one = self._open.pop()
            with contextlib.suppress(OSError):  # already closed by the thread that reads
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            self._open.append(near)
            if self.is_silent:
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self.target), timeout=5)
            except OSError:
                near.close()
                continue
            self._open.append(far)
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    @staticmethod
    def _pass_on(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        finally:
            source.close()
            sink.close()
