"""The photos of one evening: sent from a phone, described, let out or taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from appreciation.domain.photos import add_photos, describe_photo, remove_photo
from appreciation.domain.team import can_edit
from appreciation.interfaces.evening_forms import PhotoForm, PhotosForm
from appreciation.models import Meeting, MeetingPhoto
from appreciation.views.guards import SAVED, meeting_view, typed_text
from core.errors import DomainError
from core.form_errors import add_refusal

SANDBOX = "sandbox; default-src 'none'"
SHORT_WHILE = 300
"""A photo taken back out of the report is gone from neighbours' caches in minutes."""


@meeting_view("GET", "HEAD", "POST")
def photos(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Those that could be read are kept at once; the others are named with the reason."""
    is_sent = request.method == "POST"
    form = PhotosForm(request.POST, request.FILES) if is_sent else PhotosForm()
    if is_sent and form.is_valid():
        sent = add_photos(meeting=meeting, user=request.user, uploads=form.cleaned_data["photos"])
        if sent.kept:
            words = (
                "La photo est gardée." if sent.kept == 1 else f"{sent.kept} photos sont gardées."
            )
            messages.success(request, words)
        for refusal in sent.refused:
            form.add_error("photos", refusal)
        if not sent.refused:
            return redirect("space:meeting_photos", meeting.reference)
    context = {
        "meeting": meeting,
        "form": form,
        "photos": meeting.photos.all(),
        "can_edit": can_edit(meeting.appraisal, request.user),
    }
    return render(request, "evening/photos.html", context, status=422 if is_sent else 200)


@meeting_view("GET", "HEAD", "POST", to_edit=True)
def photo(request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    chosen = get_object_or_404(meeting.photos.select_related("meeting"), pk=pk)
    initial = {"alt": chosen.alt, "in_report": chosen.in_report}
    form = PhotoForm(typed_text(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            describe_photo(photo=chosen, user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La photo est décrite.", extra_tags=SAVED)
            return redirect("space:meeting_photos", meeting.reference)
    context = {"meeting": meeting, "photo": chosen, "form": form}
    return render(request, "evening/photo.html", context, status=422 if form.errors else 200)


@meeting_view("POST")
def photo_removal(request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    chosen = meeting.photos.select_related("meeting").filter(pk=pk).first()
    if chosen is not None:
        remove_photo(photo=chosen, user=request.user)
    messages.success(request, "La photo est retirée.")
    return redirect("space:meeting_photos", meeting.reference)


@meeting_view("GET", "HEAD")
def photo_file(_request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    return _file(get_object_or_404(meeting.photos, pk=pk))


@require_safe
def report_photo(_request: HttpRequest, token: str) -> HttpResponse:
    """In a report read without an account: as long as the team lets this photo out."""
    response = _file(get_object_or_404(MeetingPhoto, token=token, in_report=True))
    patch_cache_control(response, public=True, max_age=SHORT_WHILE)
    return response


def _file(photo: MeetingPhoto) -> HttpResponse:
    try:
        with photo.file.open("rb") as content:
            response = HttpResponse(content.read(), content_type="image/jpeg")
    except OSError as error:
        raise Http404 from error
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
