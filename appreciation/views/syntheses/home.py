"""« Synthèses »: those of the region, and a new one; then what is left to do in one of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.synthesis.progress import synthesis_progress
from appreciation.domain.synthesis.selection import edit_synthesis, start_synthesis
from appreciation.interfaces.conflicts import differences
from appreciation.interfaces.synthesis_forms import EditSynthesisForm, NewSynthesisForm
from appreciation.models import Synthesis
from appreciation.permissions import coordinated_regions
from appreciation.views.guards import SAVED, region_view, synthesis_view, typed_text
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal


@region_view("GET", "HEAD", "POST")
def syntheses(request: HttpRequest) -> HttpResponse:
    form = NewSynthesisForm(typed_text(request), regions=coordinated_regions(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            synthesis = start_synthesis(user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La synthèse est commencée.", extra_tags=SAVED)
            return redirect("space:synthesis_choice", synthesis.reference)
    visible = Synthesis.objects.visible_to(request.user).select_related("region")
    context = {"form": form, "syntheses": visible.with_editions()}
    return render(request, "space/syntheses/list.html", context, status=422 if form.errors else 200)


@synthesis_view("GET", "HEAD")
def synthesis_home(request: HttpRequest, synthesis: Synthesis) -> HttpResponse:
    """The next thing to do, once; then every step and where it stands."""
    context = {"synthesis": synthesis, "progress": synthesis_progress(synthesis)}
    return render(request, "space/syntheses/synthesis.html", context)


@synthesis_view("GET", "HEAD", "POST")
def synthesis_edit(request: HttpRequest, synthesis: Synthesis) -> HttpResponse:
    names = ("title", "headline", "year", "version")
    initial = {name: getattr(synthesis, name) for name in names}
    form = EditSynthesisForm(typed_text(request), initial=initial)
    context, status = {"synthesis": synthesis, "form": form}, 200
    if request.method == "POST" and form.is_valid():
        try:
            edit_synthesis(synthesis=synthesis, user=request.user, **form.cleaned_data)
        except ConcurrentEditError as refusal:
            context["conflict"], status = str(refusal), 409
            context["differences"] = differences(form, EditSynthesisForm(initial=initial))
            form.data = form.data.copy()
            form.data["version"] = synthesis.version
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Le titre est enregistré.", extra_tags=SAVED)
            return redirect("space:synthesis", synthesis.reference)
    return render(
        request, "space/syntheses/edit.html", context, status=422 if form.errors else status
    )
