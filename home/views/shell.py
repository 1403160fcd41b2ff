"""What browsers and search engines ask of every site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from cms.caching import for_everyone
from cms.models import SiteSettings

PRIVATE = (
    "/admin/",
    "/comptes/",
    "/documents/",
    "/espace/",
    "/invitation/",
    "/r/",
    "/rencontres/inscriptions/",
    "/suivi/",
)
"""Asking to stay out is a courtesy to crawlers: access is refused elsewhere."""
PAPER, INVITE = "#ffffff", "#12305e"
ICON_SIZES = (192, 512)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), ""]
    lines += [f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return for_everyone(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask without reading the page."""
    return for_everyone(HttpResponseRedirect(static("img/icon-192.png")))


@require_safe
def touch_icon(request: HttpRequest) -> HttpResponse:
    """Where an iPhone looks by itself: a line in every page would weigh on all the others."""
    return for_everyone(HttpResponseRedirect(static("img/icon-180.png")))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone needs to keep the site among its icons."""
    settings = SiteSettings.for_request(request)
    answer = JsonResponse(
        {
            "name": settings.site_title,
            "short_name": settings.site_title[:24],
            "lang": "fr-CA",
            "start_url": "/",
            "scope": "/",
            "display": "browser",
            "background_color": PAPER,
            "theme_color": INVITE,
            "icons": [
                {
                    "src": static(f"img/icon-{size}.png"),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                }
                for size in ICON_SIZES
            ],
        },
        content_type="application/manifest+json",
    )
    return for_everyone(answer)
