"""The selection on paper: made from the numbers in the address, then forgotten."""

from __future__ import annotations

from core.pdf import render_pdf
from core.typography import NBSP, fr_typo
from core.word import WordDocument
from home.domain.selection import SelectedPage, Selection

TITLE = "Ma sélection"


def selection_pdf(selection: Selection, *, organisation: str) -> bytes:
    context = {"selection": selection, "organisation": organisation, "title": TITLE}
    return render_pdf("selection/selection_pdf.html", context, styles=("css/report_pdf.css",))


def selection_word(selection: Selection, *, organisation: str) -> bytes:
    word = WordDocument(title=TITLE, author=organisation, footer=organisation)
    word.title(TITLE, organisation)
    for page in selection.pages:
        word.heading(fr_typo(page.title))
        word.paragraph(fr_typo(page.summary), strong=f"{page.kind.capitalize()}.")
        word.bullets(_lines(page))
    return word.to_bytes()


def _lines(page: SelectedPage) -> list[str]:
    called = [f"Qui appeler{NBSP}: {page.call}"] if page.call else []
    return [*called, f"À lire{NBSP}: {page.full_url}"]
