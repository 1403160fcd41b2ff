"""What somebody was sending when the line was cut is not taken for the whole of it.

Gunicorn gives what it received and then nothing: Django would keep half a film as a film.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class CutShortError(ConnectionResetError):
    """The body ended before the length that was announced (Django: `UnreadablePostError`)."""


class WholeBody:
    """The part of `wsgi.input` that Django uses. An end that comes too early is an error.

    `when_cut`: what to do first, such as erasing what was being written.
    """

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self.stream = stream
        self.missing = length
        self.when_cut: list[Callable[[], object]] = []

    def read(self, size: int | None = None) -> bytes:
        wanted = self.missing if size is None or size < 0 else min(size, self.missing)
        return self._counted(self.stream.read(wanted), wanted)

    def readline(self, size: int | None = None) -> bytes:
        wanted = self.missing if size is None or size < 0 else min(size, self.missing)
        return self._counted(self.stream.readline(wanted), wanted)

    def _counted(self, data: bytes, wanted: int) -> bytes:
        if wanted and not data:
            for forget in self.when_cut:
                forget()
            raise CutShortError
        self.missing -= len(data)
        return data


class WholeBodyApplication:
    """Around the WSGI application: its bodies come whole or not at all."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length):
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return self.application(environ, start_response)
