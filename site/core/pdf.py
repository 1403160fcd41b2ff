"""Pages made into PDF/UA-1: tagged, in French, titled, readable without the site.

WeasyPrint draws and tags. Nothing is fetched: a document holds our own static files and `data:`
addresses, whatever a text in it says.
"""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from PIL import ImageFile

from core.errors import DomainError
from core.plain_text import plain_text

if TYPE_CHECKING:
    from weasyprint.document import Document

BASE_URL = "http://fichiers.invalid/"
"""No machine answers to this name (RFC 2606): it only lets relative addresses be joined."""
BASE_STYLE = "css/pdf.css"
VARIANT = "pdf/ua-1"

NO_PANGO = (
    "Le serveur ne peut pas faire de PDF: il lui manque la bibliothèque Pango "
    "(paquet Debian libpangoft2-1.0-0). Prévenez l’administration du site; "
    "les documents Word et les pages à imprimer marchent."
)


def render_pdf(template: str, context: Mapping[str, Any], *, styles: Iterable[str] = ()) -> bytes:
    """The PDF of a whole HTML page with a `<title>` and `lang`; `styles` are static addresses.

    Images are `data:` addresses or names of static files (`img/logo.svg`), each with its `alt`.
    """
    return html_to_pdf(render_to_string(template, dict(context)), styles=styles)


def html_to_pdf(html: str, *, styles: Iterable[str] = ()) -> bytes:
    return write_pdf(Press(styles).lay_out(html))


class Press:
    """Lays pages out with one set of styles and fonts: what it lays out may be bound together."""

    def __init__(self, styles: Iterable[str] = ()) -> None:
        try:  # heavy: only whoever makes a document pays for it
            from weasyprint import CSS
            from weasyprint.text.fonts import FontConfiguration
        except OSError as missing:  # a system library that Python packages do not bring
            raise DomainError(NO_PANGO) from missing

        # WeasyPrint tells Pillow, for the whole process, to take cut files: uploads must not.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        _remember_pages()
        self.fetcher, self.fonts = _fetcher(), FontConfiguration()
        self.sheets = [
            CSS(
                string=_static_text(style),
                base_url=f"{BASE_URL}{style}",
                url_fetcher=self.fetcher,
                font_config=self.fonts,
            )
            for style in (BASE_STYLE, *styles)
        ]

    def lay_out(self, html: str) -> Document:
        from weasyprint import HTML

        page = HTML(string=plain_text(html), base_url=BASE_URL, url_fetcher=self.fetcher)
        return page.render(stylesheets=self.sheets, font_config=self.fonts, pdf_variant=VARIANT)


def write_pdf(document: Document) -> bytes:
    target = io.BytesIO()
    document.write_pdf(target, pdf_variant=VARIANT)
    return target.getvalue()


def _remember_pages() -> None:
    """Make pydyf keep the list of pages, which it writes anew for each tag of each page.

    With the 300 pages of a hall, that was three quarters of the time.
    """
    import pydyf

    def page_references(pdf: Any) -> tuple[bytes, ...]:
        count, kept = getattr(pdf, "kept_references", (0, ()))
        if count != len(pdf.pages["Kids"]):
            kept = tuple(f"{number} 0 R".encode() for number in pdf.pages["Kids"][::3])
            pdf.kept_references = (len(pdf.pages["Kids"]), kept)
        return kept

    pydyf.PDF.page_references = property(page_references)


def _fetcher():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurFilesOnly(URLFetcher):
        """`data:` and our static files; any other address is left out of the document."""

        def fetch(self, url: str, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if not url.startswith(BASE_URL):
                raise ValueError(f"adresse refusée: {url[:80]}")
            name = unquote(url.removeprefix(BASE_URL))
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, _static_path(name).read_bytes(), {"Content-Type": kind})

    return OurFilesOnly(allowed_protocols=("data",))


def _static_text(name: str) -> str:
    return _static_path(name).read_text(encoding="utf-8")


def _static_path(name: str) -> Path:
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(name)
    return Path(str(found))
