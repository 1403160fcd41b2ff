"""Papers of the hall, from their templates to laid-out pages: one file each, or all in one job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.hall_facts import HallFacts, facts_of
from core.pdf import Press, write_pdf

if TYPE_CHECKING:
    from weasyprint.document import Document

STYLES = ("css/hall_documents.css",)
Pages = Callable[[Making, HallFacts, Press], "Document"]


def hall_press() -> Press:
    return Press(STYLES)


@dataclass(frozen=True)
class PdfOf:
    """A builder of one PDF from what lays its pages out."""

    pages: Pages

    def __call__(self, making: Making) -> bytes:
        return self.print_with(making, facts_of(making), hall_press())

    def print_with(self, making: Making, facts: HallFacts, press: Press) -> bytes:
        """The same with what is known already: styles and fonts are read once for a whole kit."""
        return write_pdf(self.pages(making, facts, press))


def lay_out(
    press: Press, template: str, facts: HallFacts, *, kind: str, title: str, **context: Any
) -> Document:
    """`kind` is the class of the page in `css/hall_documents.css`."""
    words = {"facts": facts, "kind": kind, "title": title, **context}
    return press.lay_out(render_to_string(template, words))
