"""What search engines are told of the site itself, once: on its home page."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from wagtail.models import Page

from cms.models import SiteSettings
from core.citation import organisation

register = template.Library()
HOME_DEPTH = 2


@register.simple_tag
def site_data(request: HttpRequest, page: Page, settings: SiteSettings) -> dict[str, Any] | None:
    """schema.org: the organisation, its site, and how to search it. None on other pages."""
    if page.depth != HOME_DEPTH:
        return None
    home = request.build_absolute_uri("/")
    search = request.build_absolute_uri(reverse("search"))
    return {
        "@graph": [
            organisation(
                settings.organisation,
                **{"@id": f"{home}#organisme"},
                url=home,
                slogan=settings.motto,
                logo=request.build_absolute_uri(static("img/icon-512.png")),
            ),
            {
                "@type": "WebSite",
                "url": home,
                "name": settings.site_title,
                "inLanguage": "fr-CA",
                "publisher": {"@id": f"{home}#organisme"},
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": {
                        "@type": "EntryPoint",
                        "urlTemplate": f"{search}?q={{search_term_string}}",
                    },
                    "query-input": "required name=search_term_string",
                },
            },
        ]
    }
