"""The catalogue: the list of practice sheets."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.url_routing import RouteResult

from cms.models import BasePage
from pratiques.pages.practice_rights import CataloguePermissions
from pratiques.pages.unreviewed import UnreviewedMixin


class CataloguePage(UnreviewedMixin, BasePage):
    introduction = RichTextField("introduction", blank=True, features=["bold", "italic", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["pratiques.PracticePage", "pratiques.DossierPage"]
    template = "pratiques/catalogue.html"

    class Meta:
        verbose_name = "catalogue des pratiques"
        verbose_name_plural = "catalogues des pratiques"

    def permissions_for_user(self, user: Any) -> CataloguePermissions:
        return CataloguePermissions(user, self)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """A sheet is found by its own table: one query for it and its parent, instead of three."""
        if not path_components:
            return super().route(request, path_components)
        sheets_here = apps.get_model("pratiques", "PracticePage").objects.child_of(self)
        sheet = sheets_here.filter(slug=path_components[0]).first()
        if sheet is None:
            return super().route(request, path_components)
        sheet._cached_parent_obj = self  # noqa: SLF001  treebeard's own way of remembering it
        return sheet.route(request, path_components[1:])

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """The list, or the file of what it lists."""
        from pratiques.interfaces.open_data import data_response  # it reads sheets

        return data_response(request, self.address(request)) or super().serve(
            request, *args, **kwargs
        )

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        from pratiques.interfaces.catalogue_screen import catalogue_context  # it reads sheets

        context = super().get_context(request, *args, **kwargs)
        return context | catalogue_context(request.GET, self.get_url(request))
