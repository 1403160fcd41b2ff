"""The regional syntheses that everybody may read: their list, and one page for each."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PagePermissionTester

from appreciation.domain.synthesis.out import edition_out, editions_listed, texts_of_synthesis
from appreciation.interfaces.synthesis.answers import answer_of
from appreciation.models.syntheses import SynthesisEdition
from appreciation.pages.register import HeldPermissions
from cms.caching import for_everyone
from cms.models import BasePage
from cms.slug_route import SlugRouteMixin

PLAIN = ["bold", "italic", "link"]


class SynthesisIndexPage(SlugRouteMixin, BasePage):
    """Syntheses are found by their editions: the page tree decides nothing."""

    introduction = RichTextField("introduction", blank=True, features=PLAIN)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["appreciation.SynthesisPage"]
    template = "syntheses/index.html"

    class Meta:
        verbose_name = "liste des synthèses"
        verbose_name_plural = "listes des synthèses"

    def permissions_for_user(self, user) -> PagePermissionTester:
        """Once it holds a synthesis, the list stays where it is."""
        if self.numchild:
            return HeldPermissions(user, self)
        return super().permissions_for_user(user)

    def serve(self, request: HttpRequest, slug: str = "") -> HttpResponseBase:
        if not slug:
            return super().serve(request)
        found = SynthesisPage.objects.filter(slug=slug).select_related("synthesis__region").first()
        if found is None:
            raise Http404
        return found.serve(request)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"editions": editions_listed()}

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Its own address, then those of the syntheses that everyone may read."""
        own = super().get_sitemap_urls(request)
        return own + [
            {
                "location": f"{own[0]['location']}{edition.synthesis.page.slug}/",
                "lastmod": edition.published_at,
            }
            for edition in editions_listed()
        ]


class SynthesisPage(BasePage):
    """The public shell of a synthesis: slug and editorial text; the rest is its frozen edition."""

    synthesis = models.OneToOneField(
        "appreciation.Synthesis",
        on_delete=models.PROTECT,
        related_name="page",
        verbose_name="synthèse",
    )
    introduction = RichTextField("mot de l’éditeur", blank=True, features=PLAIN)

    content_panels = [FieldPanel("introduction")]
    promote_panels: list[FieldPanel] = []
    settings_panels: list[FieldPanel] = []
    is_creatable = False
    parent_page_types = ["appreciation.SynthesisIndexPage"]
    subpage_types: list[str] = []
    template = "syntheses/synthesis.html"

    class Meta:
        verbose_name = "page d’une synthèse"
        verbose_name_plural = "pages des synthèses"

    def permissions_for_user(self, user) -> PagePermissionTester:
        return HeldPermissions(user, self)

    def is_found_by_search(self) -> bool:
        return SynthesisEdition.objects.out().filter(synthesis=self.synthesis_id).exists()

    def public_texts(self) -> list[str]:
        return texts_of_synthesis(self.synthesis_id)

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """Also what the admin previews: the published edition under the text being written."""
        index_url = f"{request.path.rstrip('/').rpartition('/')[0]}/"
        edition = edition_out(self.synthesis_id)
        if edition is None:
            gone = TemplateResponse(
                request, "syntheses/gone.html", {"index_url": index_url}, status=410
            )
            return for_everyone(gone)
        return for_everyone(answer_of(request, self, edition, index_url=index_url))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        return self.serve(request)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The list names the syntheses itself, all at once."""
        return []
