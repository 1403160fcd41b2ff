"""The catalogue: the list of practice sheets."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.models import BasePage
from pratiques.domain.queries import sheets


class CataloguePage(BasePage):
    introduction = RichTextField("introduction", blank=True, features=["bold", "italic", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["pratiques.PracticePage", "pratiques.DossierPage"]
    template = "pratiques/catalogue.html"

    class Meta:
        verbose_name = "catalogue des pratiques"
        verbose_name_plural = "catalogues des pratiques"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        paginator = Paginator(sheets.live_sheets(), sheets.PAGE_SIZE)
        return super().get_context(request, *args, **kwargs) | {
            "results": paginator.get_page(request.GET.get("page"))
        }
