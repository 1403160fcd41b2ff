"""A rule that refuses in the admin says so there: a sentence and a way back, never an error 500."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from core.errors import DomainError
from core.typography import fr_typo

logger = logging.getLogger("consortium.refusals")

STILL_USED = "Autre chose s’en sert encore: rien n’a été supprimé."
Handler = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """For the screens of Wagtail that know nothing of our rules: lists, approvals, moves, copies.

    Whoever reads is sent back where she was; a window or a script is answered in JSON.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        words = _words(exception)
        is_home = request.path_info == settings.ADMIN_PREFIX
        if not words or is_home or not request.path_info.startswith(settings.ADMIN_PREFIX):
            return None
        view = request.resolver_match.view_name if request.resolver_match else ""
        logger.warning("Refusé dans l’administration: %s (%s)", view, type(exception).__name__)
        if _is_script(request):
            said = {"success": False, "error_code": "refused", "error_message": fr_typo(words)}
            return JsonResponse(said, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.error(request, fr_typo(f"C’est refusé. {words}"))
        return redirect(_way_back(request))


def _words(exception: Exception) -> str:
    if isinstance(exception, DomainError):
        return " ".join(str(exception).splitlines())
    if isinstance(exception, ValidationError):
        return " ".join(exception.messages)
    if isinstance(exception, (ProtectedError, RestrictedError)):
        return STILL_USED
    return ""


def _is_script(request: HttpRequest) -> bool:
    by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return by_script or not request.accepts("text/html")


def _way_back(request: HttpRequest) -> str:
    """Where she pressed the button; the admin's first screen when reading itself is refused."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    if request.method != "POST" or not came_from or not is_ours:
        return settings.ADMIN_PREFIX
    return came_from
