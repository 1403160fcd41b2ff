"""Wagtail's screen that deletes a film, which says no in words rather than by an error page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtailmedia.views.media import delete as wagtail_delete

from cms.media import MediaFile, why_media_stays


def delete_media(request: HttpRequest, media_id: int) -> HttpResponse:
    """Said before the question too: nobody is asked to confirm what will be refused."""
    reason = why_media_stays(get_object_or_404(MediaFile, pk=media_id))
    if reason:
        messages.error(request, reason)
        return redirect("wagtailmedia:edit", media_id)
    return wagtail_delete(request, media_id)
