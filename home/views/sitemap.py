"""The map of the site for search engines: a few queries, however many pages and kinds of pages."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap as WagtailSitemap
from wagtail.contrib.sitemaps.views import sitemap as sitemap_view
from wagtail.models import Page

from cms.models import BasePage

LONE_SCREENS = ("open_data", "pratiques:propose", "interest_form")


class PagesSitemap(WagtailSitemap):
    """Every public page. Only types that name other addresses than their own are read whole."""

    def items(self) -> list[Page]:
        root = self.get_wagtail_site().root_page
        pages = root.get_descendants(inclusive=True).live().public().order_by("path")
        rows = list(pages.defer("draft_title", "search_description", "seo_title"))
        names_more = [page.pk for page in rows if _names_more(page)]
        whole = {page.pk: page for page in Page.objects.filter(pk__in=names_more).specific()}
        return [whole.get(page.pk, page) for page in rows]

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        return [url for one in self.paginator.page(page).object_list for url in self._named_by(one)]

    def _named_by(self, page: Page) -> list[dict[str, Any]]:
        if isinstance(page, BasePage):
            return page.get_sitemap_urls(self.request)
        location = self.request.build_absolute_uri(page.get_url(self.request))
        return [{"location": location, "lastmod": page.last_published_at}]


class LoneSitemap(Sitemap):
    """Screens that everyone may read and that are no page of the tree."""

    def items(self) -> tuple[str, ...]:
        return LONE_SCREENS

    def location(self, item: str) -> str:
        return reverse(item)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return sitemap_view(request, {"pages": PagesSitemap, "screens": LoneSitemap()})


def _names_more(page: Page) -> bool:
    model = page.specific_class
    return model is not None and model.get_sitemap_urls is not BasePage.get_sitemap_urls
