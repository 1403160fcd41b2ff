"""The public register: a list and one page per published démarche."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PagePermissionTester

from appreciation.domain.entries_found import texts_of_entry
from appreciation.domain.queries import register
from appreciation.interfaces.entry_page import (
    entry_citation,
    entry_context,
    numbers_response,
    report_response,
)
from appreciation.interfaces.register_screen import register_context, register_file_response
from appreciation.models.publications import Publication
from cms.caching import for_everyone
from cms.kept_pages import KeptPagePermissions
from cms.models import BasePage
from cms.slug_route import SlugRouteMixin
from core.citation import FILE_TYPES, citation_response


class HeldPermissions(KeptPagePermissions):
    """The rules of publication take it down too."""

    def can_unpublish(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return False


class RegisterPage(SlugRouteMixin, BasePage):
    """Entries are found by their publications: the page tree decides nothing."""

    introduction = RichTextField("introduction", blank=True, features=["bold", "italic", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["appreciation.AppraisalPage"]
    template = "appreciation/register_page.html"

    class Meta:
        verbose_name = "registre des démarches"
        verbose_name_plural = "registres des démarches"

    def permissions_for_user(self, user) -> PagePermissionTester:
        """Once it holds an entry, the register stays where it is."""
        if self.numchild:
            return HeldPermissions(user, self)
        return super().permissions_for_user(user)

    def serve(self, request: HttpRequest, slug: str = "") -> HttpResponseBase:
        if slug:
            return serve_entry(request, slug)
        return register_file_response(request, self.address(request)) or super().serve(request)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Its own address, then those of the entries that everyone may read."""
        own = super().get_sitemap_urls(request)
        editions = Publication.objects.listed().order_by("slug").values("slug", "published_at")
        return own + [
            {
                "location": f"{own[0]['location']}{edition['slug']}/",
                "lastmod": edition["published_at"],
            }
            for edition in editions
        ]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | register_context(request, self.get_url(request), self.address(request))


class AppraisalPage(BasePage):
    """The public shell of a démarche: slug and editorial text; facts come from its publication."""

    appraisal = models.OneToOneField(
        "appreciation.Appraisal",
        on_delete=models.PROTECT,
        related_name="page",
        verbose_name="démarche",
    )
    introduction = RichTextField(
        "mot de l’éditeur", blank=True, features=["bold", "italic", "link"]
    )

    content_panels = [FieldPanel("introduction")]
    promote_panels: list[FieldPanel] = []
    settings_panels: list[FieldPanel] = []
    is_creatable = False
    parent_page_types = ["appreciation.RegisterPage"]
    subpage_types: list[str] = []
    template = "appreciation/appraisal_page.html"

    def is_found_by_search(self) -> bool:
        """The tree decides nothing here either: only an edition that everyone may read is found."""
        return Publication.objects.listed().filter(appraisal_id=self.appraisal_id).exists()

    def public_texts(self) -> list[str]:
        return texts_of_entry(self.appraisal_id)

    class Meta:
        verbose_name = "entrée du registre"
        verbose_name_plural = "entrées du registre"

    def permissions_for_user(self, user) -> PagePermissionTester:
        return HeldPermissions(user, self)

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """Also what the admin previews: the published edition under the text being written."""
        return serve_entry(request, self.slug, introduction=self.introduction)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        return self.serve(request)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The register names its entries itself, all at once."""
        return []


def serve_entry(
    request: HttpRequest, slug: str, *, introduction: str | None = None
) -> HttpResponseBase:
    """The page of an edition, 410 for an address that was withdrawn, 404 for the rest."""
    edition = register.edition_at(slug, request.user)
    if edition is register.Absence.NEVER:
        raise Http404
    register_url = f"{request.path.rstrip('/').rpartition('/')[0]}/"
    if edition is register.Absence.GONE:
        gone = TemplateResponse(
            request, "appreciation/entry_gone.html", {"register_url": register_url}, status=410
        )
        return for_everyone(gone)
    asked = request.GET.get("format", "")
    if asked == "csv":
        return for_everyone(numbers_response(edition))
    if asked == "pdf":
        return for_everyone(report_response(edition))
    if asked in FILE_TYPES:
        return for_everyone(citation_response(entry_citation(request, edition), asked))
    page = edition.appraisal.page
    context = entry_context(
        request,
        edition,
        introduction=page.introduction if introduction is None else introduction,
        register_url=register_url,
    ) | {"page": page, "address": page.address(request)}
    response = TemplateResponse(request, "appreciation/appraisal_page.html", context)
    return for_everyone(response)
