"""Files of a frozen synthesis: asked of the worker, followed, taken by the coordination."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import urlencode

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

from appreciation.domain.exports import FileLine
from appreciation.domain.synthesis.files import (
    FILE_KINDS,
    REGION,
    SCOPES,
    FileKind,
    ask_for_file,
    files_of,
    open_file,
)
from appreciation.interfaces.documents.contract import CONTENT_TYPES
from appreciation.models import ExportJob, Synthesis, SynthesisEdition
from appreciation.views.guards import synthesis_view


@dataclass(frozen=True)
class Line(FileLine):
    """A file, and how far it is."""

    code: str
    kind: FileKind
    job: ExportJob | None


@dataclass(frozen=True)
class Shelf:
    """The files of an edition, for one circle of readers."""

    edition: SynthesisEdition
    scope: str
    lines: tuple[Line, ...]

    @property
    def is_waiting(self) -> bool:
        return any(line.is_in_hand for line in self.lines)

    @property
    def query(self) -> str:
        return urlencode({"edition": self.edition.number, "portee": self.scope})

    @property
    def pulse(self) -> str:
        told = [line.told for line in self.lines if line.job]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    @property
    def said(self) -> str:
        """For who does not see the page change."""
        ready = [line.kind.title for line in self.lines if line.is_ready]
        return f"Prêt: {', '.join(ready)}." if ready and not self.is_waiting else ""


@synthesis_view("GET", "HEAD")
def synthesis_files(request: HttpRequest, synthesis: Synthesis) -> HttpResponse:
    editions = list(synthesis.editions.light())
    shelf = _shelf(request, synthesis) if editions else None
    context = {"synthesis": synthesis, "editions": editions, "shelf": shelf, "scopes": SCOPES}
    return render(request, "space/syntheses/files.html", context)


@synthesis_view("GET", "HEAD")
def synthesis_files_state(request: HttpRequest, synthesis: Synthesis) -> HttpResponse:
    """The lines being made, for the script that keeps the page fresh."""
    shelf = _shelf(request, synthesis)
    etag = f'"{shelf.pulse}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    context = {"synthesis": synthesis, "shelf": shelf}
    html = render_to_string("space/syntheses/_files.html", context, request)
    return JsonResponse({"html": html, "said": shelf.said}, headers={"ETag": etag})


@synthesis_view("GET", "HEAD", "POST")
def synthesis_file(request: HttpRequest, synthesis: Synthesis, kind: str) -> HttpResponseBase:
    """Ask for it, or take it once it is ready; until then, the page says how far it is."""
    if kind not in FILE_KINDS:
        raise Http404
    shelf = _shelf(request, synthesis)
    line = next(each for each in shelf.lines if each.code == kind)
    back = f"{reverse('space:synthesis_files', args=[synthesis.reference])}?{shelf.query}#{kind}"
    if request.method == "POST":
        ask_for_file(edition=shelf.edition, user=request.user, scope=shelf.scope, kind=kind)
        words = f"«\N{NO-BREAK SPACE}{line.kind.title}\N{NO-BREAK SPACE}» se prépare."
        messages.success(request, words)
        return redirect(back)
    if line.job is None or not line.is_ready:
        return redirect(back)
    try:
        content = open_file(line.job)
    except OSError:
        return redirect(back)
    name = f"{synthesis.reference.lower()}-{shelf.edition.number}-{shelf.scope}"
    return FileResponse(
        content,
        as_attachment=True,
        filename=f"synthese-{name}{line.kind.suffix}.{line.kind.extension}",
        content_type=CONTENT_TYPES[line.kind.extension],
    )


def _shelf(request: HttpRequest, synthesis: Synthesis) -> Shelf:
    """The asked edition, or the latest; 404 for one that is not there."""
    typed = request.POST if request.method == "POST" else request.GET
    asked, scope = typed.get("edition", ""), typed.get("portee", REGION)
    editions = synthesis.editions.light()
    if asked:
        is_number = asked.isascii() and asked.isdigit()
        editions = editions.filter(number=int(asked)) if is_number else editions.none()
    edition = editions.first()
    if edition is None or scope not in SCOPES:
        raise Http404
    jobs = files_of(edition, scope=scope)
    lines = (Line(code, kind, jobs.get(code)) for code, kind in FILE_KINDS.items())
    return Shelf(edition, scope, tuple(lines))
