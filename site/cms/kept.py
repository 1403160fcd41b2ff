"""What a process keeps in memory of what is public, for as long as its mark stands (`public_mark`).

    kept(request, "menus", read_menus)

`make` is called once per process and mark. What it gives is shared by all requests: it holds
nothing of a person, and nobody changes it. A write to whatever is public changes the mark, so the
very next request makes it anew. A request that may write, or a site without marks, keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.http import HttpRequest

from cms.public_mark import read_mark

Made = TypeVar("Made")
MOST = 1000
"""Then all is forgotten: it costs less to make it anew than to tell what serves least."""


class Shelf(NamedTuple):
    mark: str
    things: dict[Hashable, Any]


_shelf = Shelf("", {})


def mark_of(request: HttpRequest) -> str:
    """The mark under which this request reads: asked once, before anything is read. Or nothing."""
    if request.method not in ("GET", "HEAD") or not settings.PAGE_COPIES_FRESH_SECONDS:
        return ""
    if not hasattr(request, "public_mark"):
        request.public_mark = read_mark()
    return request.public_mark


def kept(request: HttpRequest | None, key: Hashable, make: Callable[[], Made]) -> Made:
    mark = mark_of(request) if request is not None else ""
    if not mark:
        return make()
    things = _things_under(mark)
    if key not in things:
        things[key] = make()
    return things[key]


def _things_under(mark: str) -> dict[Hashable, Any]:
    global _shelf  # noqa: PLW0603  one shelf per process, replaced whole so that no thread sees half
    shelf = _shelf
    if shelf.mark != mark or len(shelf.things) > MOST:
        _shelf = shelf = Shelf(mark, {})
    return shelf.things
