"""Importing in the admin: send a file, look at what it would do, confirm, follow."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from cms.imports.forms import ImportForm
from cms.imports.jobs import confirm_import, forget_import, prepare_import
from cms.imports.kinds import ImportKind, may_import
from cms.imports.models import BaseImportJob, ImportState
from core.errors import DomainError
from core.form_errors import add_refusal
from core.typography import fr_typo

View = Callable[..., HttpResponse]
SHOWN = 20


class ImportersMenuItem(MenuItem):
    """For whoever edits a whole region."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


def import_urls(kind: ImportKind, root: str) -> list[URLPattern]:
    """The four addresses of one kind, under `root`."""
    names = kind.url_name
    options = {"kind": kind}
    one = f"{root}<str:token>/"
    return [
        path(root, upload, options, name=names),
        path(one, look, options, name=f"{names}_job"),
        path(f"{one}confirmer/", confirm, options, name=f"{names}_confirm"),
        path(f"{one}effacer/", forget, options, name=f"{names}_forget"),
    ]


def for_importers(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_import(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@for_importers
def upload(request: HttpRequest, kind: ImportKind) -> HttpResponse:
    form = ImportForm(kind, request.POST or None, request.FILES or None)
    if request.method == "POST" and (job := _prepared(request, kind, form)):
        return redirect(f"{kind.url_name}_job", job.token)
    jobs = kind.model.objects.visible_to(request.user)[:SHOWN]
    context = _names(kind) | {"form": form, "jobs": jobs}
    return render(request, "imports/upload.html", context, status=422 if form.errors else 200)


def _prepared(request: HttpRequest, kind: ImportKind, form: ImportForm) -> BaseImportJob | None:
    """The file, looked at; otherwise the form says why."""
    if not form.is_valid():
        return None
    upload: Any = request.FILES["file"]
    try:
        return prepare_import(
            kind,
            content=form.cleaned_data["file"],
            name=upload.name or "fichier",
            mapping=form.cleaned_data["mapping"],
            user=request.user,
        )
    except DomainError as refusal:
        add_refusal(form, refusal)
        return None


@require_http_methods(["GET", "HEAD"])
@for_importers
def look(request: HttpRequest, kind: ImportKind, token: str) -> HttpResponse:
    """With `?etat=oui`, the part that moves: the page asks for it while the worker is at it."""
    job = _job(request, kind, token)
    etag = f"{job.state}-{job.percent}-{len(job.words)}"
    context = _names(kind) | _facts(kind, job) | {"etag": etag}
    if "etat" not in request.GET:
        return render(request, "imports/job.html", context)
    if request.headers.get("If-None-Match") == f'"{etag}"':
        return HttpResponse(status=304, headers={"ETag": f'"{etag}"'})
    html = render_to_string("imports/_job.html", context, request)
    said = job.words or job.get_state_display()
    return JsonResponse({"html": html, "said": said}, headers={"ETag": f'"{etag}"'})


@require_POST
@for_importers
def confirm(request: HttpRequest, kind: ImportKind, token: str) -> HttpResponse:
    job = _job(request, kind, token)
    try:
        confirm_import(job=job)
    except DomainError as refusal:
        messages.error(request, fr_typo(str(refusal)))
    return redirect(f"{kind.url_name}_job", job.token)


@require_POST
@for_importers
def forget(request: HttpRequest, kind: ImportKind, token: str) -> HttpResponse:
    job = _job(request, kind, token)
    try:
        forget_import(job=job)
    except DomainError as refusal:
        messages.error(request, fr_typo(str(refusal)))
        return redirect(f"{kind.url_name}_job", job.token)
    messages.success(request, kind.words.erased)
    return redirect(kind.url_name)


def _job(request: HttpRequest, kind: ImportKind, token: str) -> BaseImportJob:
    return get_object_or_404(kind.model.objects.visible_to(request.user), token=token)


def _facts(kind: ImportKind, job: BaseImportJob) -> dict[str, object]:
    counted = (job.report.get(name, 0) for name in ("created", "updated", "unchanged"))
    counts = list(zip(kind.words.counts, counted, strict=True))
    return {
        "job": job,
        "report": job.report,
        "counts": counts,
        "is_followed": job.is_in_hand,
        "then": kind.then() if job.state == ImportState.DONE else None,
    }


def _names(kind: ImportKind) -> dict[str, object]:
    addresses = {f"{each}_name": f"{kind.url_name}_{each}" for each in ("job", "confirm", "forget")}
    return addresses | {"words": kind.words, "upload_name": kind.url_name}
