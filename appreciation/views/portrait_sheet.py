"""« Portrait de … » on one page, for the room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from appreciation.domain.portraits import portrait_of
from appreciation.models import Appraisal
from appreciation.views.guards import appraisal_view


@appraisal_view("GET", "HEAD")
def portrait_sheet(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    context = {"appraisal": appraisal, "portrait": portrait_of(appraisal)}
    return render(request, "space/portrait_sheet.html", context)
