"""« Choisir les démarches »: each one with what may be compared, and why not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.synthesis.selection import candidates, choose_sources, lost_sources
from appreciation.interfaces.synthesis_forms import ChoiceForm
from appreciation.models import Synthesis
from appreciation.views.guards import SAVED, synthesis_view, typed_text
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal


@synthesis_view("GET", "HEAD", "POST")
def synthesis_choice(request: HttpRequest, synthesis: Synthesis) -> HttpResponse:
    shown = dict(synthesis.sources.values_list("appraisal", "shown"))
    form = ChoiceForm(
        typed_text(request),
        candidates=candidates(region=synthesis.region),
        shown=shown,
        initial={"version": synthesis.version},
    )
    context, status = {"synthesis": synthesis, "form": form}, 200
    if request.method == "POST" and form.is_valid():
        try:
            choose_sources(
                synthesis=synthesis,
                user=request.user,
                appraisals=form.values,
                version=form.cleaned_data["version"],
            )
        except ConcurrentEditError as refusal:
            context["conflict"], status = str(refusal), 409
            form.data = form.data.copy()
            form.data["version"] = synthesis.version
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Le choix est enregistré.", extra_tags=SAVED)
            return redirect("space:synthesis", synthesis.reference)
    context["lost"] = lost_sources(synthesis=synthesis)
    status = 422 if form.errors else status
    return render(request, "space/syntheses/choice.html", context, status=status)
