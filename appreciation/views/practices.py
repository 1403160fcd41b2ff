"""« Pratiques »: what others did about the challenges of a démarche; keep, set aside, say no."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from appreciation.domain.practices import (
    decline_practices,
    practices_for,
    set_practice_aside,
    suggest_practices_again,
)
from appreciation.domain.team import can_edit
from appreciation.enums import FindingKind
from appreciation.models import Appraisal, PracticeSetAside
from appreciation.views.guards import appraisal_view
from pratiques.models import PracticePage


@appraisal_view("GET", "HEAD")
def practices(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    context = {
        "appraisal": appraisal,
        "can_edit": can_edit(appraisal, request.user),
        "challenges": appraisal.findings.filter(kind=FindingKind.CHALLENGE),
        "practices": practices_for(appraisal),
        "has_some_aside": PracticeSetAside.objects.filter(appraisal=appraisal).exists(),
    }
    return render(request, "space/practices.html", context)


@appraisal_view("POST")
def practice_aside(request: HttpRequest, appraisal: Appraisal, pk: int) -> HttpResponse:
    practice = get_object_or_404(PracticePage.objects.live(), pk=pk)
    set_practice_aside(appraisal=appraisal, practice=practice, user=request.user)
    messages.success(request, "Cette pratique ne vous sera plus proposée ici.")
    return redirect("space:practices", appraisal.reference)


@appraisal_view("POST")
def practices_declined(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    """« Aucune ne convient », or change her mind."""
    if "proposer" in request.POST:
        suggest_practices_again(appraisal=appraisal, user=request.user)
        messages.success(request, "Voici de nouveau ce que propose le catalogue.")
    else:
        decline_practices(appraisal=appraisal, user=request.user)
        messages.success(request, "C’est inscrit: plus rien n’est proposé pour cette démarche.")
    return redirect("space:practices", appraisal.reference)
