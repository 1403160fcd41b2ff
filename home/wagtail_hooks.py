"""The admin obeys the rules of publication, whatever the rights of the person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.snippets.models import register_snippet

from accounts.domain.groups import committee_group
from appreciation.models import AppraisalPage
from cms.admin_menu import PublishersMenuItem
from home.admin.dashboard import EditorsPanel
from home.admin.organisations import OrganisationViewSet
from home.admin.starter_models import offer_models, start_from_model
from home.models import TerritoryPage
from home.views import useful

register_snippet(OrganisationViewSet)

REFUSAL = (
    "Cette page porte des démarches publiées: elle ne se supprime pas ici. "
    "Une démarche se retire dans l’espace des animatrices et animateurs."
)


hooks.register("before_create_page", offer_models)


@hooks.register("register_admin_urls")
def model_urls() -> list[URLPattern]:
    return [
        path("pages/<int:parent_pk>/modele/", start_from_model, name="home_start_from_model"),
    ]


@hooks.register("after_create_page")
def open_to_its_committee(request: HttpRequest, page: Page) -> None:
    if isinstance(page, TerritoryPage):
        committee_group(page.place)


@hooks.register("construct_homepage_panels")
def say_what_waits(request: HttpRequest, panels: list) -> None:
    """Not to whoever only reads: what she is asked is in Wagtail's own panel."""
    if PagePermissionPolicy().user_has_any_permission(request.user, {"add", "change"}):
        panels.append(EditorsPanel())


@hooks.register("before_delete_page")
def keep_published_addresses(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Deleting a parent would take its entries along: a given address must go on answering."""
    if not AppraisalPage.objects.descendant_of(page, inclusive=True).exists():
        return None
    messages.error(request, REFUSAL)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def keep_published_addresses_in_bulk(
    request: HttpRequest, action_type: str, objects: list, action_class: type
) -> HttpResponse | None:
    if action_type != "delete":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    if not any(
        AppraisalPage.objects.descendant_of(page, inclusive=True).exists() for page in pages
    ):
        return None
    messages.error(request, REFUSAL)
    return redirect("wagtailadmin_explore_root")


@hooks.register("register_admin_urls")
def useful_urls() -> list[URLPattern]:
    return [path("pages-utiles/", useful.report, name="useful_report")]


@hooks.register("register_admin_menu_item")
def useful_menu_item() -> MenuItem:
    return PublishersMenuItem(
        "Pages utiles?", reverse("useful_report"), icon_name="help", order=250
    )
