"""Importing sheets in the admin: send a file, look at what it would do, confirm, follow."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from core.errors import DomainError
from core.form_errors import add_refusal
from pratiques.domain.import_rights import may_import
from pratiques.domain.imports.jobs import confirm_import, forget_import, prepare_import
from pratiques.enums import ImportState
from pratiques.interfaces.import_form import ImportForm
from pratiques.models import CataloguePage, ImportJob

View = Callable[..., HttpResponse]
SHOWN = 20


def for_importers(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_import(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@for_importers
def upload(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (job := _prepared(request, form)):
        return redirect("pratiques_import_job", job.token)
    jobs = ImportJob.objects.visible_to(request.user)[:SHOWN]
    status = 422 if form.errors else 200
    return render(
        request, "pratiques/admin/import.html", {"form": form, "jobs": jobs}, status=status
    )


def _prepared(request: HttpRequest, form: ImportForm) -> ImportJob | None:
    """The file, looked at; otherwise the form says why."""
    if not form.is_valid():
        return None
    try:
        return prepare_import(
            content=form.cleaned_data["file"],
            name=request.FILES["file"].name or "fichier",
            mapping=form.cleaned_data["mapping"],
            user=request.user,
        )
    except DomainError as refusal:
        add_refusal(form, refusal)
        return None


@require_http_methods(["GET", "HEAD"])
@for_importers
def look(request: HttpRequest, token: str) -> HttpResponse:
    """With `?etat=oui`, the part that moves: the page asks for it while the worker is at it."""
    job = _job(request, token)
    etag = f"{job.state}-{job.percent}-{len(job.words)}"
    context = {
        "job": job,
        "report": job.report,
        "etag": etag,
        "is_followed": job.is_in_hand,
        "catalogue": CataloguePage.objects.first() if job.state == ImportState.DONE else None,
    }
    if "etat" not in request.GET:
        return render(request, "pratiques/admin/import_job.html", context)
    if request.headers.get("If-None-Match") == f'"{etag}"':
        return HttpResponse(status=304, headers={"ETag": f'"{etag}"'})
    html = render_to_string("pratiques/admin/_import_job.html", context, request)
    said = job.words or job.get_state_display()
    return JsonResponse({"html": html, "said": said}, headers={"ETag": f'"{etag}"'})


@require_POST
@for_importers
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    job = _job(request, token)
    try:
        confirm_import(job=job)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("pratiques_import_job", job.token)


@require_POST
@for_importers
def forget(request: HttpRequest, token: str) -> HttpResponse:
    job = _job(request, token)
    try:
        forget_import(job=job)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("pratiques_import_job", job.token)
    messages.success(request, "Le fichier est effacé. Les fiches restent comme elles sont.")
    return redirect("pratiques_import")


def _job(request: HttpRequest, token: str) -> ImportJob:
    return get_object_or_404(ImportJob.objects.visible_to(request.user), token=token)
