"""What every answer of the site has in common."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http import HTTPStatus

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control

from consortium.error_pages import (
    bad_request,
    database_is_away,
    service_unavailable,
    too_large,
    too_many,
)
from core.slowdown import TooManyAskedError

Handler = Callable[[HttpRequest], HttpResponse]
COMPRESSED_KINDS = frozenset(
    {
        *("text/html", "text/css", "text/csv", "text/plain", "text/javascript", "text/vtt"),
        *("application/json", "application/xml", "application/rss+xml", "image/svg+xml"),
    }
)
FRAMED_NOWHERE, FRAMED_HERE = "frame-ancestors 'none'", "frame-ancestors 'self'"
REFERENCE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_reference() -> str:
    """Eight signs without look-alikes, easy to read out on the telephone: `7F3K-92QD`."""
    signs = [secrets.choice(REFERENCE_SIGNS) for _ in range(8)]
    return "".join(signs[:4]) + "-" + "".join(signs[4:])


class ReferenceMiddleware:
    """Number each request; a database that is away gets 503 and a page that needs no database."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = new_reference()
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        """Nothing is named with the sign NUL, and PostgreSQL refuses to look for it."""
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if database_is_away(exception):
            return service_unavailable(request, exception)
        if isinstance(exception, RequestDataTooBig):
            return too_large(request)
        if isinstance(exception, TooManyAskedError):
            return too_many(request)
        if _cannot_be_stored(exception):
            return bad_request(request, exception)
        return None


def _cannot_be_stored(exception: Exception) -> bool:
    """A value that no screen of ours sends, and that the database is first to see.

    The sign NUL, half a surrogate pair, a number or a date beyond all bounds.
    """
    if isinstance(exception, DataError):
        return "NUL" in str(exception) or "out of range" in str(exception)
    return isinstance(exception, OverflowError | UnicodeEncodeError)


class CompressionMiddleware(GZipMiddleware):
    """Text travels compressed, whoever stands in front of us; files and parts of files do not.

    Django pads each answer at random, and masks its CSRF tokens, against BREACH.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.status_code == HTTPStatus.PARTIAL_CONTENT or kind not in COMPRESSED_KINDS:
            return response
        return super().process_response(request, response)


class PrivateAnswersMiddleware:
    """An answer for which a session was read belongs to one person: no cache may keep it.

    Placed just inside the session's own middleware, after which `accessed` no longer tells.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed or request.session.modified or response.cookies:
            del response["Cache-Control"]
            patch_cache_control(response, private=True, no_store=True)
            del response["Expires"]
        return response


class ContentPolicyMiddleware(CSPMiddleware):
    """The public policy everywhere; the admin's own under `/admin/`.

    A preview is a public page that the admin asks for and shows in a frame: it keeps the public
    policy, but for the frame.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        policy = response.get(HEADER, "")
        if request.path_info.startswith(settings.ADMIN_PREFIX) and FRAMED_NOWHERE in policy:
            response[HEADER] = policy.replace(FRAMED_NOWHERE, FRAMED_HERE)
        return response

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(settings.ADMIN_PREFIX) and not report_only:
            parts.config = parts.config or settings.ADMIN_DIRECTIVES
        return parts
