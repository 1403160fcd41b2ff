"""What every page, image, document and media file of the site has in common."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.caching import for_everyone
from cms.document_files import (
    DocumentFileField,
    document_folder,
    is_where_it_belongs,
    move_where_it_belongs,
)
from cms.glossary import Glossary
from cms.imports.models import FigureImportJob
from cms.kept_site import no_restriction
from cms.media import MediaFile, MediaTrack
from cms.page_addresses import ADDRESS_TAKEN, leads_elsewhere, whole_address
from cms.page_forms import PageForm
from cms.page_help import PageHelp
from cms.public_mark import PublicMark
from cms.search.models import ContentVersion, PublicText, SearchWord
from cms.search.pieces import searched_texts
from cms.search.upkeep import follow_page, indexed_stems
from cms.sendings import PublicFormSending
from cms.settings import SiteSettings

__all__ = [
    "BasePage",
    "ContentVersion",
    "FigureImportJob",
    "MediaFile",
    "MediaTrack",
    "PublicFormSending",
    "PublicMark",
    "PublicText",
    "Rendition",
    "SearchWord",
    "SiteDocument",
    "SiteImage",
    "SiteSettings",
]


class BasePage(Page):
    """Parent of every page type."""

    base_form_class = PageForm
    content_panels = [PageHelp(), *Page.content_panels]
    search_fields = [*Page.search_fields, index.SearchField("indexed_stems")]
    search_auto_update = False  # `save` does it, once the rows below the page are written
    is_for_everyone = False
    """Known once the page was found by its address."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.path and leads_elsewhere(self.get_parent(), self.slug):
            raise ValidationError({"slug": ADDRESS_TAKEN})

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """What is found of the page follows it: whoever saves it, from whatever screen."""
        super().save(*args, **kwargs)
        fields = kwargs.get("update_fields")
        if fields is None or "live" in fields:
            follow_page(self)

    def public_texts(self) -> list[str]:
        """What everyone may read on the page once it is live, besides its title.

        By default the searched fields. Also what excerpts are cut from: plain texts, in order.
        """
        return searched_texts(self)

    def is_found_by_search(self) -> bool:
        """For pages that stay hidden while they are live."""
        return True

    def indexed_stems(self) -> str:
        return indexed_stems(self)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        self.is_for_everyone = no_restriction(request)
        return super().route(request, path_components)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Two queries less where the site is known to have none at all."""
        if self.is_for_everyone:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        return for_everyone(super().serve(request, *args, **kwargs))

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"glossary": Glossary()}

    def address(self, request: HttpRequest) -> str:
        """The whole address, under the name by which the site was asked."""
        return request.build_absolute_uri(self.get_url(request) or request.path)

    def get_full_url(self, request: HttpRequest | None = None) -> str | None:
        return whole_address(self, request)

    full_url = property(get_full_url)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        urls = super().get_sitemap_urls(request)
        return [{**url, "location": self.address(request)} for url in urls] if request else urls


class SiteImage(AbstractImage):
    credit = models.CharField("crédit", max_length=200, blank=True)
    licence = models.CharField("licence", max_length=100, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta:
        verbose_name = "image"
        verbose_name_plural = "images"


class Rendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]


class SiteDocument(AbstractDocument):
    is_private = models.BooleanField(
        "privé",
        default=True,
        help_text="Lu seulement par les personnes qui y ont droit. Décochez pour le rendre public.",
    )
    file = DocumentFileField("fichier", upload_to=document_folder, max_length=200)

    admin_form_fields = ("title", "file", "is_private", "collection", "tags")

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documents"

    def save(self, *args, **kwargs) -> None:
        """The file follows the flag: whoever changes it, from whatever screen or command."""
        has_stored_file = self.pk and self.file and self.file._committed  # noqa: SLF001
        if has_stored_file and not is_where_it_belongs(self):
            move_where_it_belongs(self)
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "file"}
        super().save(*args, **kwargs)
