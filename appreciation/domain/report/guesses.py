"""« Ce qu’un voisin pourrait deviner »: what figures that may leave still say about people.

k hides who is few; it does not hide that everybody answered alike, nor that one voice stood alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from appreciation.domain.report.nouns import Report, ReportItem
from appreciation.domain.screening import Suspicion, find_personal_details
from core.disclosure import DisclosedDistribution
from core.typography import NBSP


@dataclass(frozen=True)
class Guess:
    """`where` the figure is, and what it tells."""

    where: str
    sentence: str


@dataclass(frozen=True)
class ScreenedText:
    """A free text that would leave, and what in it may name somebody."""

    where: str
    text: str
    suspicions: tuple[Suspicion, ...]


def guesses(report: Report) -> tuple[Guess, ...]:
    """What the figures of this report let people guess, statement by statement."""
    return tuple(
        guess
        for meeting in report.meetings
        for item in meeting.items
        if isinstance(item.distribution, DisclosedDistribution)
        for guess in _item_guesses(item, item.distribution)
    )


def free_texts(report: Report) -> tuple[ScreenedText, ...]:
    """Every text somebody typed that is in this report, to be read before it leaves."""
    known = (report.place, report.territory, report.requested_by)
    return tuple(
        ScreenedText(where, text, find_personal_details(text, known=known))
        for where, text in _typed(report)
        if text.strip()
    )


def _typed(report: Report) -> Iterator[tuple[str, str]]:
    for paragraph in report.paragraphs:
        if paragraph.is_edited:
            yield f"Paragraphe «{NBSP}{paragraph.title}{NBSP}»", paragraph.text
    for finding in report.findings:
        yield "Constat", finding.text
    for quote in report.quotes:
        yield f"Citation, {quote.dimension}", quote.text
    yield from _of_the_evening(report)
    for meeting in report.meetings:
        for item in meeting.items:
            if item.agreed:
                yield f"Niveau convenu, {item.name}, pourquoi", item.agreed.reason
                yield f"Niveau convenu, {item.name}, autre lecture", item.agreed.dissent
        for line in meeting.dots.lines if meeting.dots else ():
            yield "Piste choisie avec des points", line.text
    yield from _typed_in_portrait(report)
    yield "Leçons", report.lessons
    for action in report.actions:
        yield "Action", f"{action.title}. {action.carrier}. {action.first_step}"


def _of_the_evening(report: Report) -> Iterator[tuple[str, str]]:
    for group in report.room_words:
        for word in group.words:
            yield f"Mot de la salle, {group.question}", word
    for photo in report.photos:
        yield "Photo", photo.alt


def _typed_in_portrait(report: Report) -> Iterator[tuple[str, str]]:
    if report.portrait is None:
        return
    for figure in report.portrait.figures:
        yield "Chiffre du portrait", f"{figure.label}: {figure.value} {figure.unit}".strip()
    for kind, words in report.portrait.facts:
        yield f"Repère local, {kind}", words


def _item_guesses(item: ReportItem, distribution: DisclosedDistribution) -> Iterator[Guess]:
    chosen = [
        (label, count)
        for label, count in zip(item.labels, distribution.levels, strict=True)
        if count
    ]
    if len(chosen) == 1 and not distribution.does_not_know:
        yield Guess(
            item.name,
            f"Tout le monde a choisi «{NBSP}{chosen[0][0]}{NBSP}»: on sait donc ce que chaque "
            "personne présente a répondu.",
        )
    ends = ((item.labels[0], distribution.levels[0]), (item.labels[-1], distribution.levels[-1]))
    for label, count in ends:
        if count == 1:
            yield Guess(
                item.name,
                f"Une seule personne a choisi «{NBSP}{label}{NBSP}»: dans un petit milieu, on "
                "peut croire la reconnaître.",
            )
