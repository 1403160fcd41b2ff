"""The editors' list of ageing sheets: what is due, what holders answered, one button to confirm."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from pratiques.domain.freshness import confirm_sheet
from pratiques.domain.queries.ageing import ageing_sheets_of
from pratiques.models import PracticePage

PER_PAGE = 50


@require_http_methods(["GET", "HEAD"])
def ageing(request: HttpRequest) -> HttpResponse:
    sheets = Paginator(ageing_sheets_of(request.user), PER_PAGE)
    context = {"page": sheets.get_page(request.GET.get("page")), "today": timezone.localdate()}
    return render(request, "pratiques/admin/ageing.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor called, or read it again: it is still true."""
    practice = get_object_or_404(PracticePage, pk=pk, live=True)
    if not practice.permissions_for_user(request.user).can_publish():
        return render(request, "errors/404.html", status=404)
    confirm_sheet(practice=practice, on=timezone.localdate(), user=request.user)
    messages.success(request, f"«\N{NO-BREAK SPACE}{practice}\N{NO-BREAK SPACE}» est à jour.")
    return redirect("pratiques_ageing")
