"""What the address of a published synthesis answers: its page, a story, the sheet, a file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from wagtail.models import Site

from appreciation.domain.discretion import rules_of
from appreciation.domain.synthesis.files import FILE_KINDS, FileKind, ready_files
from appreciation.domain.synthesis.nouns import SynthesisRead
from appreciation.domain.synthesis.out import KEPT_READS, Standing, read_public, standing_of
from appreciation.interfaces.made_files import made_file_response
from appreciation.interfaces.synthesis.coverage_map import coverage_map
from appreciation.interfaces.synthesis.figures import spreads_of
from appreciation.interfaces.synthesis.plain_sheet import PlainSheet, plain_sheet
from appreciation.interfaces.synthesis.presented import present_synthesis
from appreciation.interfaces.synthesis.synthesis_citation import citation_of, structured_synthesis
from appreciation.interfaces.synthesis.tables import tables_of
from cms.models import SiteSettings
from cms.search.models import ContentVersion
from core.charts import MedianSpread
from core.citation import FILE_TYPES, citation_response
from core.csv_export import csv_response

if TYPE_CHECKING:
    from appreciation.models import ExportJob, SynthesisEdition, SynthesisPage

SHEET = "feuille"


def answer_of(
    request: HttpRequest, page: SynthesisPage, edition: SynthesisEdition, *, index_url: str
) -> HttpResponseBase:
    settings = SiteSettings.for_request(request) if Site.find_for_request(request) else None
    publisher = settings.organisation if settings else ""
    standing = standing_of(edition, outside_k=rules_of(settings).outside_k)
    read = read_public(standing)
    address = request.build_absolute_uri(request.path)
    citation = citation_of(read, edition, slug=page.slug, publisher=publisher, address=address)
    asked = request.GET.get("format", "")
    if asked == "csv":
        return _numbers(page, read, request.GET.get("figure", ""))
    if asked in FILE_KINDS:
        return _file(page, edition, standing, asked)
    if asked in FILE_TYPES:
        return citation_response(citation, asked)
    context = {
        "page": page,
        "edition": edition,
        "read": read,
        "citation": citation,
        "address": address,
        "index_url": index_url,
    }
    if request.GET.get("vue") == SHEET:
        context["sheet"] = _sheet(read, publisher, address)
        return TemplateResponse(request, "syntheses/sheet.html", context)
    if story := request.GET.get("histoire"):
        return TemplateResponse(request, "syntheses/story.html", context | _story(read, story))
    context |= _whole(request, read)
    context |= {"files": _files(edition, standing), "spreads": _spreads(standing)}
    context["structured"] = structured_synthesis(read, edition, citation)
    return TemplateResponse(request, page.template, context | page.get_context(request))


def _sheet(read: SynthesisRead, publisher: str, address: str) -> PlainSheet:
    shown = present_synthesis(read, is_whole=True)
    return plain_sheet(shown, organisation=publisher, adviser="", address=address)


def _whole(request: HttpRequest, read: SynthesisRead) -> dict[str, Any]:
    part = request.GET.get("demarches", "1")
    presented = present_synthesis(read, part=int(part) if part.isascii() and part.isdigit() else 1)
    return {
        "shown": presented,
        "map": coverage_map(presented, version=ContentVersion.current()),
    }


@lru_cache(maxsize=KEPT_READS)
def _spreads(standing: Standing) -> tuple[MedianSpread, ...]:
    """Kept by the process as the reading is: every part of the page shows them whole."""
    return spreads_of(read_public(standing))


def _files(edition: SynthesisEdition, standing: Standing) -> list[tuple[str, FileKind, ExportJob]]:
    ready = ready_files(edition, standing)
    return [(kind, FILE_KINDS[kind], job) for kind, job in ready.items()]


def _story(read: SynthesisRead, key: str) -> dict[str, Any]:
    presented = present_synthesis(read, is_whole=True)
    for said in presented.stories:
        if said.named.key == key:
            return {"said": said, "shown": presented}
    raise Http404


def _numbers(page: SynthesisPage, read: SynthesisRead, name: str) -> HttpResponseBase:
    table = tables_of(read).get(name)
    if table is None:
        raise Http404
    return csv_response(f"{page.slug}-{name}.csv", table.csv_rows())


def _file(
    page: SynthesisPage, edition: SynthesisEdition, standing: Standing, kind: str
) -> HttpResponseBase:
    """Made beforehand by the worker; 404 until then."""
    job = ready_files(edition, standing).get(kind)
    suffix = FILE_KINDS[kind].suffix if job else ""
    return made_file_response(job, f"{page.slug}{suffix}")
