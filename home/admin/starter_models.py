"""The screen that offers models when an ordinary page is added."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.models import Page

from core.errors import DomainError
from home.domain.starter_models import start_page, starter_models
from home.models import StandardPage

EMPTY = "vide"


def offer_models(request: HttpRequest, parent: Page, page_class: type) -> HttpResponse | None:
    """Before an ordinary page is added, unless an empty one was asked for."""
    if page_class is not StandardPage or request.method != "GET" or EMPTY in request.GET:
        return None
    empty = reverse("wagtailadmin_pages:add", args=["home", "standardpage", parent.pk])
    return render(
        request,
        "home/admin/choose_model.html",
        {"models": starter_models(), "parent": parent, "empty_url": f"{empty}?{EMPTY}=oui"},
    )


@require_POST
def start_from_model(request: HttpRequest, parent_pk: int) -> HttpResponse:
    parent = get_object_or_404(Page, pk=parent_pk).specific
    allowed = parent.permissions_for_user(request.user).can_add_subpage()
    if not allowed or not StandardPage.can_create_at(parent):
        raise PermissionDenied
    try:
        page = start_page(parent=parent, key=request.POST.get("modele", ""), user=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_pages:add", "home", "standardpage", parent.pk)
    return redirect("wagtailadmin_pages:edit", page.pk)
