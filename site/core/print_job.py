"""Pages bound into one print job: copies that differ by their number, parts that start on a recto.

Laying a sheet out costs fifty times what drawing it does: it is laid out once, and drawn as often
as there are copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from core.pdf import write_pdf

if TYPE_CHECKING:
    from weasyprint.document import Document, Page


def numbered(sheet: Document, numbers: Document) -> Iterator[Page]:
    """The pages of `sheet`, once for each page of `numbers`, which is written over each of them.

    A page of `numbers` only holds what differs, at its place, and no word at its edges.
    """
    for number in numbers.pages:
        yield from (_overprinted(page, number) for page in sheet.pages)


def on_rectos(parts: Iterable[list[Page]], blank: Page) -> list[Page]:
    """Every part starts on a recto: printed on both sides, none begins on another's back."""
    pages: list[Page] = []
    for part in parts:
        pages += [*([blank] if len(pages) % 2 else []), *part]
    return pages


def bound(first: Document, pages: list[Page]) -> bytes:
    """One PDF of these pages; its title is that of `first`."""
    return write_pdf(first.copy(pages))


def _overprinted(page: Page, number: Page) -> Page:
    """WeasyPrint has no public way of laying one page over another: both are trees of boxes."""
    under, over = page._page_box, number._page_box  # noqa: SLF001
    return type(page)(under.copy_with_children([*under.children, *over.children]))
