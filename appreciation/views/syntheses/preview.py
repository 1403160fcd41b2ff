"""The synthesis as it is today, or one edition, before it leaves: for the region, or for all."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from appreciation.domain.synthesis.nouns import SynthesisRead
from appreciation.domain.synthesis.publishing import read_for_public, read_for_region
from appreciation.domain.synthesis.reading import read_synthesis
from appreciation.interfaces.synthesis.coverage_map import coverage_map
from appreciation.interfaces.synthesis.presented import Presented, present_synthesis
from appreciation.interfaces.synthesis.tables import tables_of
from appreciation.models import Synthesis
from appreciation.views.guards import synthesis_view
from cms.search.models import ContentVersion
from core.csv_export import csv_response

READERS = {"region": "la région", "public": "tout le monde"}


@synthesis_view("GET", "HEAD")
def synthesis_preview(
    request: HttpRequest, synthesis: Synthesis, scope: str, number: int = 0
) -> HttpResponseBase:
    """`number` is an edition; 0, what the workshop would freeze now."""
    if scope not in READERS:
        raise Http404
    read = _read(synthesis, number, scope)
    if request.GET.get("format") == "csv":
        return _numbers(synthesis, read, request.GET.get("figure", ""))
    part = request.GET.get("demarches", "1")
    shown = present_synthesis(read, part=int(part) if part.isascii() and part.isdigit() else 1)
    context = {
        "synthesis": synthesis,
        "read": read,
        "shown": shown,
        "map": coverage_map(shown, version=ContentVersion.current()),
        "scope": scope,
        "readers": READERS[scope],
        "number": number,
        "said": _story(shown, request.GET.get("histoire", "")),
    }
    return render(request, "space/syntheses/preview.html", context)


def _read(synthesis: Synthesis, number: int, scope: str) -> SynthesisRead:
    if not number:
        return read_synthesis(synthesis=synthesis, scope=scope)
    edition = get_object_or_404(synthesis.editions, number=number)
    return (read_for_public if scope == "public" else read_for_region)(edition=edition)


def _story(shown: Presented, key: str):
    if not key:
        return None
    for said in shown.stories:
        if said.named.key == key:
            return said
    raise Http404


def _numbers(synthesis: Synthesis, read: SynthesisRead, name: str) -> HttpResponse:
    table = tables_of(read).get(name)
    if table is None:
        raise Http404
    return csv_response(f"{synthesis.reference.lower()}-{name}.csv", table.csv_rows())
