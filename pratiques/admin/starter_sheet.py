"""The screen that offers an example when a sheet is added."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.models import Page

from pratiques.domain.starter_sheet import start_from_example
from pratiques.models import CataloguePage, PracticePage

EMPTY = "vide"


def offer_example(request: HttpRequest, parent: Page, page_class: type) -> HttpResponse | None:
    """Before a sheet is added, unless an empty one was asked for."""
    if page_class is not PracticePage or request.method != "GET" or EMPTY in request.GET:
        return None
    empty = reverse("wagtailadmin_pages:add", args=["pratiques", "practicepage", parent.pk])
    context = {"parent": parent, "empty_url": f"{empty}?{EMPTY}=oui"}
    return render(request, "pratiques/admin/choose_start.html", context)


@require_POST
def start_sheet(request: HttpRequest, parent_pk: int) -> HttpResponse:
    catalogue = get_object_or_404(CataloguePage, pk=parent_pk)
    if not catalogue.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    sheet = start_from_example(catalogue=catalogue, user=request.user)
    return redirect("wagtailadmin_pages:edit", sheet.pk)
