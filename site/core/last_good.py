"""The last good copy of what everyone reads, shown only while the database is away (row 23).

A copy is made of answers that any shared cache may keep, and of nothing else: no session was
read, no cookie set, no question asked in the address (searches would be endless).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import TypeGuard

from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]
ALIAS = "last_good"
KEPT_SECONDS = 24 * 60 * 60
EMPTIED = "emptied"
PAGE_ADDRESS = "wagtail_serve"
KEPT_HEADERS = ("Content-Type", "Content-Language")


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
    """Keep a copy of each public page; give it, with its `Age`, in the place of a 503.

    Placed outside the sessions, where it is settled whether an answer is private, and inside
    what adds headers, which a copy needs anew.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked_at = time.time()
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD") or request.META.get("QUERY_STRING"):
            return response
        if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            return _copy_of(request) or response
        if request.method == "GET" and _is_for_everyone(response):
            copy = {
                "at": asked_at,
                "content": response.content,
                "headers": {name: response[name] for name in KEPT_HEADERS if name in response},
            }
            caches[ALIAS].set(_key(request), copy, KEPT_SECONDS)
        elif response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR and _is_a_page(request):
            caches[ALIAS].delete(_key(request))
        return response


def _key(request: HttpRequest) -> str:
    address = f"{request.get_host()}{request.path}"
    return sha256(address.encode()).hexdigest()


def _is_for_everyone(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    said = {part.strip() for part in response.get("Cache-Control", "").lower().split(",")}
    return (
        response.status_code == HTTPStatus.OK
        and not response.streaming
        and "public" in said
        and not said & {"private", "no-store"}
        and not response.cookies
        and "cookie" not in response.get("Vary", "").lower()
    )


def _is_a_page(request: HttpRequest) -> bool:
    """Whether the address is one of the public tree: no other has copies to erase."""
    match = request.resolver_match
    return match is not None and match.url_name == PAGE_ADDRESS


def _copy_of(request: HttpRequest) -> HttpResponse | None:
    copy = caches[ALIAS].get(_key(request))
    if copy is None or copy["at"] <= caches[ALIAS].get(EMPTIED, 0):
        return None
    age = int(time.time() - copy["at"])
    stale = {"Age": str(age), "Warning": '110 - "Response is Stale"', "Cache-Control": "no-cache"}
    return HttpResponse(copy["content"], headers=copy["headers"] | stale)
