"""Statistics beside answers, in Word, on slides and in the workbook: the report's own figures."""

from __future__ import annotations

from appreciation.interfaces.documents.report_source import ReportFile
from appreciation.interfaces.facts_beside import NO_PROOF
from core.slides import SlideDeck
from core.typography import NBSP, fr_typo
from core.word import WordDocument
from core.workbook import Column, Sheet

TITLE = "Les chiffres et la parole, côte à côte"
POINTS_ON_SLIDE = 3
WIDTHS = (4.4, 2.0, 4.6, 6.2)


def beside_in_word(word: WordDocument, file: ReportFile) -> None:
    figures = file.presented["beside"]
    if not figures:
        return
    word.heading(TITLE)
    word.paragraph(fr_typo(NO_PROOF))
    for figure in figures:
        table = figure.table()
        word.heading(figure.title, 2)
        word.paragraph(figure.sentence, style="Sentence")
        word.table(
            table.headers,
            [tuple(fr_typo(str(cell)) for cell in row) for row in table.rows],
            caption=f"{figure.title}{NBSP}: compté et dit",
            widths_cm=WIDTHS,
            kind="Figure",
            source=f"Source{NBSP}: {figure.source}",
        )


def beside_on_slides(deck: SlideDeck, file: ReportFile) -> None:
    """What is counted first, then what is said; the rest is in the notes."""
    for figure in file.presented["beside"]:
        counted = [
            (
                f"{fact.label}{NBSP}: {fact.words}",
                "; ".join(filter(None, (fact.detail, fact.beside_words))),
            )
            for fact in figure.facts[: POINTS_ON_SLIDE - 1]
        ]
        said = [(f"«{NBSP}{label}{NBSP}»", words) for label, words, _counts in figure.said_rows]
        points = [*counted, *said][:POINTS_ON_SLIDE]
        deck.points(
            f"Compté et dit{NBSP}: {figure.title}",
            [(fr_typo(text), fr_typo(under)) for text, under in points],
            notes="\n".join(
                (
                    fr_typo(NO_PROOF),
                    *(" | ".join(map(str, row)) for row in figure.table().rows),
                    f"Source{NBSP}: {figure.source}",
                )
            ),
        )


def beside_sheet(file: ReportFile) -> Sheet:
    columns = [
        Column("dimension", 24),
        Column("quoi", 46),
        Column("compté ou dit", 14),
        Column("ici", 40),
        Column("à côté", 60),
    ]
    rows = [
        (figure.title, *row) for figure in file.presented["beside"] for row in figure.table().rows
    ]
    return Sheet("Chiffres et parole", columns, rows, frozen=1)
