"""What search engines are told: of the site itself, on its home page; elsewhere, where one is."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from wagtail.models import Page

from cms.models import SiteSettings
from core.citation import organisation
from home.domain.navigation import ancestors_of

register = template.Library()
HOME_DEPTH = 2


@register.simple_tag
def site_data(
    request: HttpRequest, page: Page, settings: SiteSettings, above: list[Page] | str = ""
) -> dict[str, Any]:
    """schema.org: the organisation, its site, and how to search it; on other pages, the way there.

    `above`: the pages above this one, where its template knows them.
    """
    if page.depth != HOME_DEPTH:
        return _way_to(request, [*(above or ancestors_of(page, request)), page])
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


def _way_to(request: HttpRequest, pages: list[Page]) -> dict[str, Any]:
    steps = [("Accueil", "/"), *((page.title, page.get_url(request) or "/") for page in pages)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": request.build_absolute_uri(url),
            }
            for position, (name, url) in enumerate(steps, start=1)
        ],
    }
