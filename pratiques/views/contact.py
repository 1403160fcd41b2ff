"""The e-mail of an organisation, after a button."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from core.origin import origin_is_enough, visitor_address
from pratiques.domain.contact_asked import count_shown
from pratiques.models import PracticePage


@origin_is_enough
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """A GET shows a button, a POST the address."""
    sheets = PracticePage.objects.live().public().exclude(contact_email="")
    page = get_object_or_404(sheets, slug=slug)
    context = {"page": page, "is_shown": request.method == "POST", "refusal": ""}
    status = HTTPStatus.OK
    if context["is_shown"]:
        try:
            count_shown(visitor=visitor_address(request))
        except DomainError as refusal:
            context |= {"is_shown": False, "refusal": str(refusal)}
            status = HTTPStatus.TOO_MANY_REQUESTS
    return render(request, "pratiques/contact.html", context, status=status)
