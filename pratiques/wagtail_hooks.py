"""What the catalogue adds to Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static

from cms.admin_menu import PublishersMenuItem
from cms.imports.views import ImportersMenuItem, import_urls
from pratiques.admin.review_screens import say_what_is_left, speak_of_reading
from pratiques.admin.starter_sheet import offer_example, start_sheet
from pratiques.domain.imports.jobs import PRACTICES
from pratiques.views import adaptations, ageing, proposal_review

hooks.register("construct_page_action_menu", speak_of_reading)
hooks.register("after_edit_page", say_what_is_left)
hooks.register("before_create_page", offer_example)


@hooks.register("register_admin_urls")
def example_urls() -> list[URLPattern]:
    return [path("pratiques/<int:parent_pk>/exemple/", start_sheet, name="pratiques_start_sheet")]


@hooks.register("insert_global_admin_css")
def lay_out_the_sheet() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("css/admin_sheet.css"))


@hooks.register("insert_editor_js")
def count_words_live() -> SafeString:
    return format_html(
        '<script type="module" src="{}"></script>', versioned_static("js/word-count.js")
    )


@hooks.register("register_admin_urls")
def ageing_urls() -> list[URLPattern]:
    return [
        path("pratiques/a-verifier/", ageing.ageing, name="pratiques_ageing"),
        path("pratiques/a-verifier/<int:pk>/", ageing.confirm, name="pratiques_confirm"),
    ]


@hooks.register("register_admin_menu_item")
def ageing_menu_item() -> MenuItem:
    return PublishersMenuItem(
        "Fiches à vérifier", reverse("pratiques_ageing"), icon_name="history", order=240
    )


@hooks.register("register_log_actions")
def verification_in_the_log(actions) -> None:
    actions.register_action("pratiques.verify", "Vérifier la fiche", "Fiche vérifiée")
    actions.register_action("pratiques.read", "Relire la fiche", "Approuvée par une personne")


@hooks.register("register_admin_urls")
def practice_import_urls() -> list[URLPattern]:
    return import_urls(PRACTICES, "pratiques/importer/")


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportersMenuItem(
        "Importer des fiches", reverse("pratiques_import"), icon_name="upload", order=241
    )


class ReadersMenuItem(MenuItem):
    """For whoever holds a role somewhere: coordination, edition, moderation."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_superuser or user.role_assignments.exists()


@hooks.register("register_admin_urls")
def proposal_urls() -> list[URLPattern]:
    one = "pratiques/propositions/<int:pk>/"
    return [
        path("pratiques/propositions/", proposal_review.proposals, name="pratiques_proposals"),
        path(
            "pratiques/propositions/effacer/",
            proposal_review.dismiss,
            name="pratiques_proposals_dismiss",
        ),
        path(one, proposal_review.review, name="pratiques_proposal"),
        path(f"{one}fiche/", proposal_review.draft, name="pratiques_proposal_draft"),
        path(f"{one}photo/", proposal_review.photo, name="pratiques_proposal_photo"),
    ]


@hooks.register("register_admin_menu_item")
def proposals_menu_item() -> MenuItem:
    return ReadersMenuItem(
        "Pratiques proposées", reverse("pratiques_proposals"), icon_name="mail", order=235
    )


@hooks.register("register_admin_urls")
def adaptation_urls() -> list[URLPattern]:
    return [
        path("pratiques/adaptations/", adaptations.adaptations, name="pratiques_adaptations"),
        path("pratiques/adaptations/<int:pk>/", adaptations.settle, name="pratiques_adaptation"),
    ]


@hooks.register("register_admin_menu_item")
def adaptations_menu_item() -> MenuItem:
    return ReadersMenuItem(
        "Adaptations", reverse("pratiques_adaptations"), icon_name="comment", order=236
    )
