"""The catalogue: the list of practice sheets."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.models import BasePage


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
        from pratiques.interfaces.catalogue_screen import catalogue_context  # it reads sheets

        context = super().get_context(request, *args, **kwargs)
        return context | catalogue_context(request.GET, self.get_url(request))
