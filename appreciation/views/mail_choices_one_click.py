"""One-click unsubscription (RFC 8058): the mail program posts, without page nor cookie."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from background.preferences import refuse_mail


@csrf_exempt
@never_cache
@require_POST
def one_click(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The link is the secret and no session is read: there is nothing to forge. Always 200."""
    refuse_mail(token=token, kind=kind)
    return HttpResponse("C’est fait.", content_type="text/plain; charset=utf-8")
