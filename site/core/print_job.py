"""Pages bound into one print job: copies that differ by their number, parts that start on a recto.

A sheet is laid out and drawn once, however many copies there are: what was drawn is written again
on each, then the number of that one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from core.pdf import write_pdf

if TYPE_CHECKING:
    from weasyprint.document import Document, Page


def numbered(sheet: Document, numbers: Document) -> list[Page]:
    """The pages of `sheet`, once for each page of `numbers`, which is written over each of them.

    A page of `numbers` only holds what differs, at its place, and no word at its edges.
    """
    originals = [_Original(page) for page in sheet.pages]
    return [original.copy(number) for number in numbers.pages for original in originals]


def on_rectos(parts: Iterable[list[Page]], blank: Page) -> list[Page]:
    """Every part starts on a recto: printed on both sides, none begins on another's back."""
    pages: list[Page] = []
    for part in parts:
        pages += [*([blank] if len(pages) % 2 else []), *part]
    return pages


def bound(first: Document, pages: list[Page]) -> bytes:
    """One PDF of these pages; its title is that of `first`."""
    return write_pdf(first.copy(pages))


class _Original:
    """A page and, once it has been drawn, the drawing: WeasyPrint offers neither to be kept."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.drawing: tuple[list[bytes], dict[Any, Any]] | None = None

    def paint(self, stream: Any, scale: float) -> None:
        """On the empty stream of a page: its marks are counted from 0, so they stay right."""
        if self.drawing is None:
            start = len(stream.stream)
            self.page.paint(stream, scale)
            self.drawing = (stream.stream[start:], dict(stream._tags))  # noqa: SLF001
            return
        operations, tags = self.drawing
        stream.stream.extend(operations)
        stream._tags.update(tags)  # noqa: SLF001

    def copy(self, number: Page) -> Page:
        """This page with `number` over it. Both are trees of boxes, read again for the tags."""
        under, over = self.page._page_box, number._page_box  # noqa: SLF001
        copy = type(self.page)(under.copy_with_children([*under.children, *over.children]))

        def paint(stream: Any, scale: float = 1) -> None:
            self.paint(stream, scale)
            number.paint(stream, scale)

        copy.paint = paint  # type: ignore[method-assign]
        return copy
