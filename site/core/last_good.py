"""Copies of what everyone reads: shown while nothing has changed, and while the database is away.

A copy is made of answers that any shared cache may keep, and of nothing else: no session was
read, no cookie set, no question asked in the address (searches would be endless). It is fresh for
a minute, and only while the mark of what is public (`register_mark`) is the one under which it was
made: a change is seen on the very next request. Later it serves in the place of a 503 (row 23).
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Any, TypeGuard

from django.conf import settings
from django.core.cache import caches
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from core.joined_styles import PREFIX

Handler = Callable[[HttpRequest], HttpResponseBase]
Copy = dict[str, Any]
ALIAS = "last_good"
KEPT_SECONDS = 24 * 60 * 60
EMPTIED = "emptied"
PAGE_ADDRESS = "wagtail_serve"
KEPT_HEADERS = (
    *("Content-Type", "Content-Language", "Cache-Control", "ETag"),
    *("Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy"),  # open data
)

_mark_readers: list[Callable[[HttpRequest], str]] = []


def register_mark(reader: Callable[[HttpRequest], str]) -> None:
    """Say how to read, in the database that all processes share, what the public state is."""
    _mark_readers[:] = [reader]


def forget_copies(**_signal: object) -> None:
    """Forget every copy once this transaction is in: what was withdrawn or corrected stays so."""
    transaction.on_commit(
        lambda: caches[ALIAS].set(EMPTIED, time.time(), KEPT_SECONDS), robust=True
    )


def forget_copies_once_changed(*, created: bool, **_signal: object) -> None:
    """For what the first reader of a new site has written by itself: that changes no page."""
    if not created:
        forget_copies()


class LastGoodMiddleware:
    """Give the fresh copy of a public page, or make it; give the last one in place of a 503.

    Placed outside the sessions, where it is settled whether an answer is private, and inside
    what adds headers, which a copy needs anew. Whoever sends a cookie is given no fresh copy and
    leaves none: she may be signed in.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_asked_plainly(request) or request.path_info.startswith(PREFIX):
            return self.get_response(request)
        asked_at = time.time()
        copy = _copy_of(request)
        try:
            mark = _mark(request)
        except (OperationalError, InterfaceError):
            if copy is None:
                raise
            return _stale_answer(copy)
        if copy and mark and copy["mark"] == mark and asked_at - copy["at"] < _fresh_seconds():
            return _fresh_answer(request, copy)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE and copy:
            return _stale_answer(copy)
        if _is_for_everyone(response):
            response.headers.setdefault("ETag", _etag(response.content))
            if request.method == "GET" and not request.COOKIES:
                caches[ALIAS].set(_key(request), _made(response, asked_at, mark), KEPT_SECONDS)
        elif response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR and _is_a_page(request):
            caches[ALIAS].delete(_key(request))
        return response


def _is_asked_plainly(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")


def _fresh_seconds() -> int:
    return settings.PAGE_COPIES_FRESH_SECONDS


def _mark(request: HttpRequest) -> str:
    """The present mark, read before the page so that a change made meanwhile outdates the copy."""
    if request.COOKIES or not _fresh_seconds() or not _mark_readers:
        return ""
    return _mark_readers[0](request)


def _key(request: HttpRequest) -> str:
    address = f"{request.scheme}://{request.get_host()}{request.path}"
    return sha256(address.encode()).hexdigest()


def _etag(content: bytes) -> str:
    return f'W/"{sha256(content).hexdigest()[:20]}"'


def _is_for_everyone(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    said = {part.strip() for part in response.get("Cache-Control", "").lower().split(",")}
    return (
        response.status_code == HTTPStatus.OK
        and not response.streaming
        and "public" in said
        and not said & {"private", "no-store"}
        and not response.cookies
        and "cookie" not in response.get("Vary", "").lower()
        and not hasattr(response, "_csp_update")
    )


def _is_a_page(request: HttpRequest) -> bool:
    """Whether the address is one of the public tree: no other has copies to erase."""
    match = request.resolver_match
    return match is not None and match.url_name == PAGE_ADDRESS


def _made(response: HttpResponse, at: float, mark: str) -> Copy:
    return {
        "at": at,
        "mark": mark,
        "content": response.content,
        "compressed": gzip.compress(response.content, 6, mtime=0),
        "headers": {name: response[name] for name in KEPT_HEADERS if name in response},
    }


def _copy_of(request: HttpRequest) -> Copy | None:
    copy = caches[ALIAS].get(_key(request))
    if copy is None or copy["at"] <= caches[ALIAS].get(EMPTIED, 0):
        return None
    return copy


def _fresh_answer(request: HttpRequest, copy: Copy) -> HttpResponseBase:
    """It holds no secret, so it was compressed once for all."""
    is_compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    content = copy["compressed"] if is_compressed else copy["content"]
    response = HttpResponse(content, headers=copy["headers"])
    response["Content-Length"] = str(len(content))
    if is_compressed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    etag = copy["headers"]["ETag"]
    return get_conditional_response(request, etag=etag, response=response) or response


def _stale_answer(copy: Copy) -> HttpResponse:
    age = int(time.time() - copy["at"])
    stale = {"Age": str(age), "Warning": '110 - "Response is Stale"', "Cache-Control": "no-cache"}
    return HttpResponse(copy["content"], headers=copy["headers"] | stale)
