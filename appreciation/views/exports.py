"""« Emporter la démarche »: ask for the whole copy, see whether it is ready, take it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from appreciation.domain.exports import (
    ask_for_export,
    export_of_link,
    latest_export,
    open_export,
    sign_link,
)
from appreciation.enums import ExportState
from appreciation.models import Appraisal
from appreciation.views.guards import appraisal_view
from appreciation.views.stepper import stepper


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def export(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    if request.method == "POST":
        ask_for_export(appraisal=appraisal, user=request.user)
        messages.success(request, "La copie se prépare: une minute ou deux d’ordinaire.")
        return redirect("space:export", appraisal.reference)
    job = latest_export(appraisal, request.user)
    is_ready = job is not None and job.state == ExportState.READY
    context = {
        "appraisal": appraisal,
        "job": job,
        "signed": sign_link(job) if is_ready else "",
        **stepper(appraisal),
    }
    return render(request, "space/export.html", context)


@appraisal_view("GET", "HEAD", to_edit=True)
def export_file(request: HttpRequest, appraisal: Appraisal, signed: str) -> HttpResponseBase:
    job = export_of_link(appraisal=appraisal, user=request.user, signed=signed)
    try:
        content = open_export(job) if job else None
    except OSError:
        content = None
    if content is None:
        context = {"appraisal": appraisal, **stepper(appraisal)}
        return render(request, "space/export_over.html", context, status=410)
    name = f"demarche-{appraisal.reference}.zip"
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
