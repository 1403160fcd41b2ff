"""What Wagtail is asked to do otherwise: private documents, and an admin that shows what serves."""

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page
from wagtailmedia.wagtail_hooks import MediaSummaryItem

from cms.bulk_publishing import keep_unready_pages_drafts
from cms.document_access import may_read
from cms.document_api import ReachableDocuments
from cms.imports.figures import FIGURES
from cms.imports.views import ImportersMenuItem, import_urls
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


@hooks.register("construct_admin_api", order=1)
def give_reachable_documents(router: WagtailAPIRouter) -> None:
    router.register_endpoint("documents", ReachableDocuments)


BULK_RIGHTS = {
    "publish": "can_publish",
    "unpublish": "can_unpublish",
    "delete": "can_delete",
    "move": "can_move",
}


@hooks.register("before_bulk_action", order=-1)
def ask_each_page(
    request: HttpRequest, action_type: str, objects: list, action_class: object
) -> None:
    """Wagtail asks the bare page; some types have rules of their own."""
    asked = BULK_RIGHTS.get(action_type)
    if asked is None:
        return
    objects[:] = [
        one
        for one in objects
        if not isinstance(one, Page)
        or getattr(one.specific.permissions_for_user(request.user), asked)()
    ]


hooks.register("before_bulk_action", keep_unready_pages_drafts)


@hooks.register("insert_global_admin_js")
def keep_dates_as_typed() -> SafeString:
    return format_html('<script src="{}"></script>', versioned_static("js/admin-dates.js"))


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


@hooks.register("register_admin_urls")
def figure_import_urls() -> list[URLPattern]:
    return import_urls(FIGURES, "chiffres/importer/")


@hooks.register("register_admin_menu_item")
def figure_import_menu_item() -> MenuItem:
    return ImportersMenuItem(
        "Importer des chiffres", reverse(FIGURES.url_name), icon_name="upload", order=321
    )
