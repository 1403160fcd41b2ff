"""The minutes of one meeting: one address, one form, both texts on a conflict."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from appreciation.domain.minutes import minutes_of, save_minutes
from appreciation.interfaces.conflicts import differences
from appreciation.interfaces.evening_forms import MinutesForm
from appreciation.models import Meeting
from appreciation.views.guards import SAVED, meeting_view, typed_text
from core.errors import ConcurrentEditError
from core.typography import fr_time


@meeting_view("GET", "HEAD", "POST", to_edit=True)
def minutes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = MinutesForm(typed_text(request), minutes=minutes_of(meeting))
    context, status = {"meeting": meeting, "form": form}, 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            save_minutes(meeting=meeting, user=request.user, **form.cleaned_data)
        except ConcurrentEditError as conflict:
            stored = MinutesForm(minutes=minutes_of(meeting))
            context |= {"conflict": str(conflict), "differences": differences(form, stored)}
            form.data, status = form.data.copy(), 409
            form.data["version"] = stored.initial["version"]
        else:
            words = f"Tout est enregistré, {fr_time(timezone.localtime())}."
            messages.success(request, words, extra_tags=SAVED)
            return redirect("space:meeting_page", meeting.reference)
    return render(request, "evening/minutes.html", context, status=status)
