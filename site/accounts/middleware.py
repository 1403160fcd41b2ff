"""In production, nobody enters the admin with a password alone."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.sealed_secrets import UnreadableSecretError

GUARDED = (settings.ADMIN_PREFIX, "/espace/")


class SecondFactorMiddleware:
    """Administrators without a second factor are sent to choose one (QUALITY.md §4 row 18)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SECOND_FACTOR_REQUIRED
            and request.path_info.startswith(GUARDED)
            and request.user.is_authenticated
            and request.user.enters_admin
            and not is_mfa_enabled(request.user)
        ):
            messages.warning(
                request,
                "Votre compte ouvre l’administration: ajoutez d’abord une deuxième preuve"
                " d’identité, une clé d’accès ou une application de codes.",
            )
            return redirect("mfa_index")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A screen that shows secrets which no key opens any more says so, and what to do."""
        if not isinstance(exception, UnreadableSecretError):
            return None
        messages.error(request, exception.message)
        return redirect("mfa_index")
