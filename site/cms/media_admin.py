"""Wagtail's screen that deletes a film, which says no in words rather than by an error page."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtailmedia.views.media import delete as wagtail_delete

STILL_SHOWN = (
    "Ce film sert encore à une page: il n’a pas été effacé. Retirez-le d’abord de la page, ou"
    " remplacez-le."
)


def delete_media(request: HttpRequest, media_id: int) -> HttpResponse:
    try:
        return wagtail_delete(request, media_id)
    except ProtectedError:
        messages.error(request, STILL_SHOWN)
        return redirect("wagtailmedia:edit", media_id)
