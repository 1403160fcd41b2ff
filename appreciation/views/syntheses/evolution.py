"""« Avant et maintenant »: this synthesis beside another one, where they may be compared."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from appreciation.domain.synthesis.evolution import compare_syntheses
from appreciation.domain.synthesis.publishing import read_for_region
from appreciation.domain.synthesis.reading import read_synthesis
from appreciation.interfaces.synthesis_evolution import present_evolution
from appreciation.models import Synthesis, SynthesisEdition
from appreciation.views.guards import synthesis_view


@synthesis_view("GET", "HEAD")
def synthesis_evolution(request: HttpRequest, synthesis: Synthesis) -> HttpResponse:
    others = SynthesisEdition.objects.filter(
        synthesis__region=synthesis.region, withdrawn_at=None, superseded_at=None
    ).exclude(synthesis=synthesis)
    context = {"synthesis": synthesis, "others": others.light().select_related("synthesis")}
    asked = request.GET.get("avec", "")
    if asked:
        before = get_object_or_404(
            others.select_related("synthesis__region"), pk=int(asked) if asked.isdecimal() else 0
        )
        evolution = compare_syntheses(
            before=read_for_region(edition=before), now=read_synthesis(synthesis=synthesis)
        )
        context |= {"before": before, "shown": present_evolution(evolution)}
    return render(request, "space/syntheses/evolution.html", context)
