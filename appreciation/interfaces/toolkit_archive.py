"""The whole toolkit as one ZIP that opens without the site: pages, styles, typeface, files."""

from __future__ import annotations

import hashlib
import re
import tempfile
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from appreciation.domain.queries.toolkit import toolkit_stops
from appreciation.domain.queries.tools import ToolShelf
from appreciation.interfaces.toolkit_context import formats_of, made_of, step_context
from cms.models import SiteDocument

if TYPE_CHECKING:
    from appreciation.models import ToolkitPage

INDEX = "toolkit/archive/index.html"
STEP = "toolkit/archive/step.html"
TOOL = "toolkit/archive/tool.html"
STYLES = ("tokens", "site", "toolkit")
TYPEFACE = "fonts/atkinson-hyperlegible-next.woff2"
CHUNK = 256 * 1024
LINK = re.compile(r'href="([^"#][^"]*)"')


def archive_response(toolkit: ToolkitPage, request: HttpRequest) -> HttpResponseBase:
    """Built in the request: twenty small pages, and the files as they are.

    Its imprint is that of what it holds: a browser that has it already is told so.
    """
    shelf = ToolShelf()
    documents = _documents(shelf)
    pages = _pages(toolkit, request, shelf, {pk: name for pk, (name, _) in documents.items()})
    etag = f'"{_imprint(pages, documents)}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    _write(file, pages, documents)
    file.seek(0)
    name = f"trousse-{timezone.localdate():%Y-%m-%d}.zip"
    response: HttpResponse | FileResponse = FileResponse(file, content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["ETag"] = etag
    return response


def _pages(
    toolkit: ToolkitPage, request: HttpRequest, shelf: ToolShelf, files: dict[int, str]
) -> dict[str, str]:
    """{name in the archive: its HTML}, links between them put right."""
    steps = [stop for stop in toolkit_stops() if stop.page]
    base = toolkit.get_url(request) or ""
    names = {base: "index.html", f"{base}outils/": "index.html#outils"}
    for stop in steps:
        address = stop.page.get_url(request) if stop.page else ""
        names[address or ""] = f"{stop.number}-{stop.page.slug if stop.page else ''}.html"
    names |= {f"{base}outils/{tool.slug}/": f"outil-{tool.slug}.html" for tool in shelf.tools}
    for tool in shelf.tools:
        for one, _label in formats_of(shelf, tool):
            if one.document and one.document_id in files:
                names[one.document.url] = files[one.document_id]
    common = {"toolkit": toolkit, "page": toolkit, "stops": toolkit_stops()}
    found = {"index.html": _page(request, INDEX, common | {"groups": shelf.by_phase()})}
    for stop in steps:
        if stop.page:
            context = {"page": stop.page, **step_context(stop.page)}
            found[f"{stop.number}-{stop.page.slug}.html"] = _page(request, STEP, context)
    for tool in shelf.tools:
        context = common | {
            "tool": tool,
            "formats": formats_of(shelf, tool),
            "made": made_of(shelf, tool),
            "newest": shelf.newest(tool),
            "variants": shelf.variants_of(tool),
        }
        found[f"outil-{tool.slug}.html"] = _page(request, TOOL, context)
    return {name: _put_links_right(html, names, request) for name, html in found.items()}


def _page(request: HttpRequest, template: str, context: dict[str, object]) -> str:
    return render_to_string(template, context, request)


def _put_links_right(html: str, names: dict[str, str], request: HttpRequest) -> str:
    """A page or a file of the archive is beside; the rest of the site has its whole address."""

    def put_right(found: re.Match[str]) -> str:
        address = found.group(1)
        if address in names:
            return f'href="{names[address]}"'
        if address.startswith("/"):
            return f'href="{request.build_absolute_uri(address)}"'
        return found.group(0)

    return LINK.sub(put_right, html)


def _documents(shelf: ToolShelf) -> dict[int, tuple[str, SiteDocument]]:
    """{document: its name in the archive}, of those that are still where they should be."""
    found = {}
    for tool in shelf.tools:
        for one, _label in formats_of(shelf, tool):
            stored = str(one.document.file.name) if one.document else ""
            if one.document and one.document.file.storage.exists(stored):
                path = PurePath(stored)
                name = f"fichiers/{one.document.pk}-{slugify(path.stem)[:80]}{path.suffix.lower()}"
                found[one.document.pk] = (name, one.document)
    return found


def _imprint(pages: dict[str, str], documents: dict[int, tuple[str, SiteDocument]]) -> str:
    told = hashlib.sha256()
    for name, html in sorted(pages.items()):
        told.update(f"{name}\n{html}\n".encode())
    for name, document in documents.values():
        told.update(f"{name} {document.file_hash} {document.file_size}\n".encode())
    return told.hexdigest()[:32]


def _write(file, pages: dict[str, str], documents: dict[int, tuple[str, SiteDocument]]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, html in pages.items():
            archive.writestr(name, html)
        for style in STYLES:
            archive.write(str(finders.find(f"css/{style}.css")), f"styles/{style}.css")
        archive.write(str(finders.find(TYPEFACE)), TYPEFACE)
        for name, document in documents.values():
            with document.file.open("rb") as content, archive.open(name, "w") as kept:
                while piece := content.read(CHUNK):
                    kept.write(piece)
