"""« Ma sélection »: a list by its numbers, to read, print, take along and share."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.settings import SiteSettings
from core.errors import DomainError
from core.slowdown import slow_down
from core.word import DOCX
from home.domain.doors import doors_of
from home.domain.selection import AT_MOST, Selection, selection_of
from home.domain.selection_files import selection_pdf, selection_word

FILES_AN_HOUR = 40
MAKERS = {"pdf": (selection_pdf, "application/pdf"), "docx": (selection_word, DOCX)}


@never_cache
@require_safe
def selection(request: HttpRequest) -> HttpResponse:
    return _page(request, selection_of(request.GET.get("p", "")))


def _page(request: HttpRequest, found: Selection, *, refusal: str = "") -> HttpResponse:
    context = {
        "selection": found,
        "is_asked": "p" in request.GET,
        "at_most": AT_MOST,
        "share_url": request.build_absolute_uri(f"{reverse('selection')}?p={found.query}"),
        "refusal": refusal,
        "doors": [] if found.pages else doors_of(request),
    }
    return render(request, "selection/selection.html", context)


@never_cache
@require_safe
def selection_file(request: HttpRequest, extension: str) -> HttpResponse:
    """PDF or Word, of pages that everyone may read; nothing left to read, back to the list."""
    if extension not in MAKERS:
        raise Http404
    found = selection_of(request.GET.get("p", ""))
    if not found.pages:
        return redirect(f"{reverse('selection')}?p=")
    make, content_type = MAKERS[extension]
    slow_down(request, "selection_file", most=FILES_AN_HOUR)
    try:
        content = make(found, organisation=SiteSettings.of_default_site().organisation)
    except DomainError as refusal:
        return _page(request, found, refusal=str(refusal))
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="ma-selection.{extension}"'
    return response
