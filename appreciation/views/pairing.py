"""« Jumelage »: who led this in a community like mine and agrees to be called."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from appreciation.domain.queries.pairing import pairings
from appreciation.models import Appraisal, DirectoryEntry
from appreciation.views.guards import appraisal_view
from appreciation.views.stepper import stepper


@appraisal_view("GET", "HEAD", to_edit=True)
def pairing(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    mine = DirectoryEntry.objects.editable_by(request.user).first()
    context = {
        "appraisal": appraisal,
        "pairings": pairings(appraisal, request.user),
        "agrees": mine is not None and mine.agrees_to_be_called,
        **stepper(appraisal),
    }
    return render(request, "space/pairing.html", context)
