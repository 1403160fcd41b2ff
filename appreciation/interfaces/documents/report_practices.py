"""The practices beside a report, on paper: the sheet, why, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator

from appreciation.domain.report import Report
from core.slides import SlideDeck
from core.typography import NBSP, fr_typo
from core.word import WordDocument
from pratiques.domain.suggestions import SuggestedPractice

TITLE = "Devant ces défis, d’autres ont essayé"
BESIDE = (
    "Des fiches du catalogue, choisies d’après les défis le jour où ce document a été fait. Elles "
    "accompagnent le rapport, sans en faire partie."
)


def practices_in_word(word: WordDocument, report: Report) -> None:
    if not report.practices:
        return
    word.heading(TITLE)
    word.paragraph(BESIDE)
    for practice in report.practices:
        word.heading(fr_typo(practice.title), 2)
        word.paragraph(fr_typo(practice.summary))
        word.bullets(_lines(practice))


def practices_on_slides(deck: SlideDeck, report: Report) -> None:
    """One slide per practice: people remember one story, not a list."""
    for practice in report.practices:
        deck.points(
            TITLE,
            [
                (fr_typo(practice.title), whom_to_call(practice)),
                *filter(None, (fr_typo(practice.challenge),)),
            ],
            notes="\n".join(
                (fr_typo(practice.summary), *map(fr_typo, practice.reasons), practice.full_url)
            ),
        )


def whom_to_call(practice: SuggestedPractice) -> str:
    called = ", ".join(filter(None, (practice.holder, practice.whom_to_ask, practice.phone)))
    return f"Qui appeler{NBSP}: {called}"


def _lines(practice: SuggestedPractice) -> Iterator[str | tuple[str, str]]:
    if practice.challenge:
        yield f"Devant ce défi{NBSP}:", fr_typo(practice.challenge)
    for reason in practice.reasons:
        yield fr_typo(reason)
    yield whom_to_call(practice)
    yield f"La fiche{NBSP}:", practice.full_url
