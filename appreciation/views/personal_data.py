"""« Renseignements personnels »: what the site holds on people, and when it goes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from appreciation.domain.queries.retention import last_purge, retention_clock
from appreciation.permissions import coordinates_everything
from appreciation.views.guards import coordination_view
from core.personal_data import read_register


@coordination_view("GET", "HEAD")
def personal_data(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "holdings": list(read_register().values()),
        "clock": retention_clock(now),
        "last": last_purge(now),
        "sees_one_person": coordinates_everything(request.user),
    }
    return render(request, "space/personal_data.html", context)
