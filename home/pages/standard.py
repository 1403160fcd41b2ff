"""The ordinary page: a title and blocks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from appreciation.domain.queries.help import frequent_questions
from cms.models import BasePage
from cms.stream_fields import BlocksField
from home.blocks import PAGE_BLOCKS
from home.domain.navigation import ancestors_of, toolkit_page

PROCESS_SLUG = "la-demarche"


class StandardPage(BasePage):
    body = BlocksField(PAGE_BLOCKS, verbose_name="contenu", blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    template = "home/standard_page.html"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        """The page that tells the démarche leads to the toolkit and to what people ask."""
        tells = self.slug == PROCESS_SLUG
        return super().get_context(request, *args, **kwargs) | {
            "ancestors": ancestors_of(self, request),
            "frequent_questions": frequent_questions() if tells else [],
            "toolkit_page": toolkit_page(request) if tells else None,
        }

    class Meta:
        verbose_name = "page ordinaire"
        verbose_name_plural = "pages ordinaires"
