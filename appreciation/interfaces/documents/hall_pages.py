"""Papers of the hall, from their templates to laid-out pages: one file each, or all in one job."""

from __future__ import annotations

from collections.abc import Callable
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


def pdf_of(pages: Pages) -> Callable[[Making], bytes]:
    """A builder of one PDF from what lays its pages out."""

    def build(making: Making) -> bytes:
        return write_pdf(pages(making, facts_of(making), hall_press()))

    return build


def lay_out(
    press: Press, template: str, facts: HallFacts, *, kind: str, title: str, **context: Any
) -> Document:
    """`kind` is the class of the page in `css/hall_documents.css`."""
    words = {"facts": facts, "kind": kind, "title": title, **context}
    return press.lay_out(render_to_string(template, words))
