"""One-click unsubscription (RFC 8058): the mail program posts, without page nor cookie."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from appreciation.domain.followers import stop_following


@csrf_exempt
@never_cache
@require_POST
def one_click(request: HttpRequest, token: str) -> HttpResponse:
    """The link is the secret and no session is read: there is nothing to forge. Always 200."""
    stop_following(token=token)
    return HttpResponse("Désabonnement fait.", content_type="text/plain; charset=utf-8")
