"""A form that sets no cookie before it is sent, and still refuses other sites.

Django's CSRF check compares a cookie with the form. The participant's first screen may set no
cookie before « Commencer » (QUALITY.md P4): its view is marked `origin_is_enough`, and the
browser's own word about where the form comes from is checked instead. The rest keeps Django's.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def origin_is_enough(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose form carries no token: only a form of this very site may send it."""
    view.origin_is_enough = True  # type: ignore[attr-defined]
    return view


def comes_from_this_site(request: HttpRequest) -> bool:
    """By `Origin`; by `Sec-Fetch-Site` or `Referer` where an old browser sends no origin."""
    here = (request.scheme, request.get_host())
    origin = request.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin)[:2] == here
    if request.headers.get("Sec-Fetch-Site") is not None:
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    return urlsplit(request.headers.get("Referer", ""))[:2] == here


def visitor_address(request: HttpRequest) -> str:
    """The address of the visitor, as told by our own proxies when there are some."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted and hops[-trusted]:
        return hops[-trusted]
    return request.META.get("REMOTE_ADDR", "")


class OriginMiddleware:
    """Stands before Django's CSRF middleware, which takes what is proven here as done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if getattr(view, "origin_is_enough", False) and comes_from_this_site(request):
            request.csrf_processing_done = True  # type: ignore[attr-defined]
