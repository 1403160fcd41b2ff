"""One page in plain words for the people of the place: what was said, and what comes next.

Made from the report at the level announced to the participants: it leaves the team.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.template.loader import render_to_string

from appreciation.domain.report import Report
from appreciation.interfaces.documents.contract import Making
from appreciation.interfaces.documents.report_source import ReportFile, public_file
from core.pdf import Press, write_pdf
from core.plain_text import shorten
from core.typography import NBSP, fr_date, fr_typo
from core.word import WordDocument

MOST = 3
LONGEST, LONGEST_HEADLINE, LONGEST_PLACE = 150, 240, 70
"""What makes the page hold on one sheet whatever was written."""
SIZES = ("large", "medium", "small")
REGISTER = "/demarches/"


class Sheet(Protocol):
    """What `documents/resident_sheet.html` draws."""

    @property
    def title(self) -> str: ...

    @property
    def blocks(self) -> tuple[tuple[str, tuple[str, ...]], ...]: ...


@dataclass(frozen=True)
class ResidentSheet:
    """Short texts, ready to be drawn in any format."""

    reference: str
    place: str
    when: str
    headline: str
    strengths: tuple[str, ...]
    challenges: tuple[str, ...]
    steps: tuple[str, ...]
    steps_title: str
    adopted: str
    read_more: str
    source: str
    organisation: str
    banner: str

    @property
    def title(self) -> str:
        return f"{self.place}{NBSP}: ce que les gens d’ici en disent"

    @property
    def blocks(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Title and lines, strengths first; a block with nothing in it is left out."""
        blocks = (
            ("Nos forces", self.strengths),
            ("Nos défis", self.challenges),
            (self.steps_title, self.steps),
        )
        return tuple((title, lines) for title, lines in blocks if lines)


def sheet_of(file: ReportFile, *, address: str = "") -> ResidentSheet:
    """`address` is where everyone reads the report; without one, whom to ask."""
    report = file.report
    steps = [
        f"{shorten(fr_typo(each.title), LONGEST)}, d’ici le {fr_date(each.due_on)}"
        for each in report.actions
    ]
    leads = [each.text for each in report.leads]
    organisation = shorten(file.identity.organisation, LONGEST)
    ask = f"Pour lire le rapport, demandez-le{NBSP}: {file.identity.adviser or organisation}."
    return ResidentSheet(
        reference=report.reference,
        place=shorten(report.place, LONGEST_PLACE),
        when=_when(report),
        headline=shorten(fr_typo(report.headline), LONGEST_HEADLINE),
        strengths=_short([each.text for each in report.strengths]),
        challenges=_short([each.text for each in report.challenges]),
        steps=_short(steps or leads),
        steps_title="La suite, en petits pas" if steps else "Des pistes d’action",
        adopted=shorten(file.edition, LONGEST),
        read_more=f"Lire le rapport{NBSP}: {address}"
        if address
        else shorten(ask, LONGEST_HEADLINE),
        source=f"Source{NBSP}: rapport de la démarche {report.reference}",
        organisation=organisation,
        banner=file.banner,
    )


def resident_sheet(making: Making) -> ResidentSheet:
    return sheet_of(public_file(making), address=public_address(making))


def public_address(making: Making) -> str:
    """Where everyone reads the report; empty while it is not at the register."""
    edition = making.appraisal.publications.listed().first()
    return f"{making.base_url}{REGISTER}{edition.slug}/" if edition else ""


def sheet_pdf(making: Making) -> bytes:
    return pdf_of(resident_sheet(making))


def pdf_of(sheet: Sheet) -> bytes:
    """In the largest type that holds on one page."""
    press = Press(("css/resident_sheet.css",))
    for size in SIZES:
        context = {"sheet": sheet, "size": size}
        pages = press.lay_out(render_to_string("documents/resident_sheet.html", context))
        if len(pages.pages) == 1:
            break
    return write_pdf(pages)


def sheet_word(making: Making) -> bytes:
    return word_of(resident_sheet(making))


def word_of(sheet: ResidentSheet) -> bytes:
    word = WordDocument(
        title=sheet.title,
        author=sheet.organisation,
        subject=sheet.reference,
        footer=sheet.source,
        banner=sheet.banner,
    )
    word.title(sheet.title, sheet.when)
    word.paragraph(sheet.headline, style="Headline")
    for title, lines in sheet.blocks:
        word.heading(title)
        word.bullets(lines)
    word.heading("En savoir plus")
    word.paragraph(sheet.read_more)
    word.source(f"{sheet.adopted}. {sheet.source}. {sheet.organisation}")
    return word.to_bytes()


def _when(report: Report) -> str:
    """« Le 22 octobre 2026, 12 personnes se sont réunies », as far as it may be said."""
    meeting = report.meetings[-1] if report.meetings else None
    if meeting is None:
        return ""
    who = f"{meeting.head_count} personnes" if meeting.head_count else "des personnes"
    when = f"Le {fr_date(meeting.held_on)}, " if meeting.held_on else ""
    told = f"{when}{who} d’ici se sont réunies pour en parler."
    return told[:1].upper() + told[1:]


def _short(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(shorten(fr_typo(text), LONGEST) for text in texts[:MOST])
