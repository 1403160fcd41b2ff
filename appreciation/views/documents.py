"""« Documents »: what a démarche hands out, made at once or by the worker, for the asker alone."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from appreciation.domain.exports import (
    ask_for_export,
    export_of_link,
    latest_exports,
    open_export,
)
from appreciation.domain.team import can_edit
from appreciation.domain.tools import use_tools_of_document
from appreciation.interfaces.documents.catalogue import BY_CODE
from appreciation.interfaces.documents.contract import DocumentType, Making
from appreciation.interfaces.documents.making import build_document, clean_options, evenings_of
from appreciation.interfaces.documents.shelves import Shelves, shelves_of
from appreciation.models import Appraisal, Meeting
from appreciation.views.guards import appraisal_view
from appreciation.views.stepper import stepper
from core.errors import DomainError


@appraisal_view("GET", "HEAD")
def documents(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    return _page(request, appraisal)


@appraisal_view("GET", "HEAD")
def documents_state(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    """The lines being made, for the script that keeps the page fresh."""
    shelves = _shelves(request, appraisal)
    etag = f'"{_pulse(shelves)}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    context = {"appraisal": appraisal, "shelves": shelves}
    html = render_to_string("documents/_shelves.html", context, request)
    return JsonResponse({"html": html, "said": shelves.said}, headers={"ETag": etag})


@appraisal_view("GET", "HEAD", "POST")
def document(request: HttpRequest, appraisal: Appraisal, code: str) -> HttpResponseBase:
    """A short document comes at once; a long one is asked for, and the page says how far it is."""
    wanted = BY_CODE.get(code)
    if wanted is None or (wanted.for_editors and not can_edit(appraisal, request.user)):
        raise Http404
    typed = request.POST if request.method == "POST" else request.GET
    making = _making(appraisal, typed.get("rencontre", ""))
    try:
        options = clean_options(wanted, making, typed)
        if request.method == "POST" and wanted.is_long:
            return _ask(request, wanted, making, options)
        if wanted.is_long:
            return redirect(_address(making, wanted))
        content = build_document(
            wanted, Making(appraisal, making.meeting, making.base_url, options)
        )
    except DomainError as refusal:
        return _page(request, appraisal, refused=(wanted, refusal), status=422)
    response = HttpResponse(content, content_type=wanted.content_type)
    response["Content-Disposition"] = f'attachment; filename="{wanted.file_name(appraisal)}"'
    return response


@appraisal_view("GET", "HEAD", to_edit=True)
def document_file(request: HttpRequest, appraisal: Appraisal, signed: str) -> HttpResponseBase:
    job = export_of_link(appraisal=appraisal, user=request.user, signed=signed)
    made = BY_CODE.get(job.code) if job else None
    try:
        content = open_export(job) if job and made else None
    except OSError:
        content = None
    if content is None or made is None:
        context = {"appraisal": appraisal, **stepper(appraisal)}
        return render(request, "documents/over.html", context, status=410)
    return FileResponse(
        content,
        as_attachment=True,
        filename=made.file_name(appraisal),
        content_type=made.content_type,
    )


def _ask(
    request: HttpRequest, wanted: DocumentType, making: Making, options: dict[str, str]
) -> HttpResponse:
    if refusal := wanted.refusal(making):
        raise DomainError(refusal)
    ask_for_export(
        appraisal=making.appraisal,
        user=request.user,
        code=wanted.code,
        extension=wanted.extension,
        meeting=making.meeting,
        options=options,
    )
    use_tools_of_document(appraisal=making.appraisal, user=request.user, code=wanted.code)
    words = f"«\N{NO-BREAK SPACE}{wanted.title}\N{NO-BREAK SPACE}» se prépare."
    messages.success(request, words)
    return redirect(_address(making, wanted))


def _address(making: Making, wanted: DocumentType) -> str:
    query = f"?rencontre={making.meeting.reference}" if making.meeting else ""
    return f"{reverse('space:documents', args=[making.appraisal.reference])}{query}#{wanted.code}"


def _making(appraisal: Appraisal, asked: str) -> Making:
    """`asked` is the reference of an evening of this démarche; the last planned by default."""
    evenings = evenings_of(appraisal)
    return Making(appraisal, _chosen(evenings, asked), settings.WAGTAILADMIN_BASE_URL.rstrip("/"))


def _chosen(evenings: list[Meeting], asked: str) -> Meeting | None:
    named = [evening for evening in evenings if evening.reference == asked]
    return next(iter(named or evenings), None)


def _page(
    request: HttpRequest,
    appraisal: Appraisal,
    *,
    refused: tuple[DocumentType, DomainError] | None = None,
    status: int = 200,
) -> HttpResponse:
    shelves = _shelves(request, appraisal, refused=refused)
    context = {
        "appraisal": appraisal,
        "shelves": shelves,
        "versions": appraisal.adopted_versions.select_related("document"),
        "etag": _pulse(shelves),
        **stepper(appraisal),
    }
    return render(request, "documents/documents.html", context, status=status)


def _shelves(
    request: HttpRequest,
    appraisal: Appraisal,
    *,
    refused: tuple[DocumentType, DomainError] | None = None,
) -> Shelves:
    typed = request.POST if request.method == "POST" else request.GET
    evenings = evenings_of(appraisal)
    making = Making(
        appraisal,
        _chosen(evenings, typed.get("rencontre", "")),
        settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
    )
    return shelves_of(
        making,
        evenings=evenings,
        jobs=latest_exports(appraisal, request.user, meeting=making.meeting),
        may_edit=can_edit(appraisal, request.user),
        typed=typed,
        refused=refused,
    )


def _pulse(shelves: Shelves) -> str:
    return hashlib.sha256(repr(shelves.jobs_state).encode()).hexdigest()[:16]
