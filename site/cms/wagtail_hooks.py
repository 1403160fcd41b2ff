"""What Wagtail is asked to do otherwise: private documents, and an admin that shows what serves."""

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtailmedia.wagtail_hooks import MediaSummaryItem

from cms.document_access import may_read
from cms.media_admin import delete_media
from cms.models import SiteDocument


@hooks.register("register_admin_urls", order=-1)
def delete_media_in_words() -> list[URLPattern]:
    """Before wagtailmedia's own, which it calls."""
    return [path("media/delete/<int:media_id>/", delete_media)]


@hooks.register("before_serve_document")
def refuse_private_document(document: SiteDocument, request: HttpRequest) -> None:
    """Whoever may not read it is told that nothing is there."""
    if not may_read(request.user, document):
        raise Http404


@hooks.register("construct_help_menu")
def keep_the_shortcuts(request: HttpRequest, items: list[MenuItem]) -> None:
    """Our guides are in `docs/guides/`; Wagtail's are elsewhere, and in English."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]


@hooks.register("construct_main_menu")
def keep_what_serves(request: HttpRequest, items: list[MenuItem]) -> None:
    """Reports are about workflows and locks, which editors and coordinators do not meet."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name != "reports"]


@hooks.register("construct_homepage_summary_items")
def count_pages_images_documents(request: HttpRequest, items: list) -> None:
    """The count of media speaks English only."""
    items[:] = [item for item in items if not isinstance(item, MediaSummaryItem)]
