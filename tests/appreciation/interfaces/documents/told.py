"""What a reader must find in a document of the report, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator

from appreciation.domain.report import Report
from appreciation.interfaces.documents.report_source import Identity, ReportFile
from core.disclosure import DisclosedDistribution
from core.typography import fr_typo

IDENTITY = Identity(
    organisation="Consortium d’essai de la Mauricie", motto="", adviser="Ève Essai, 819 555-0100"
)


def file_of(report: Report, **values) -> ReportFile:
    return ReportFile(report, IDENTITY, **values)


def told_words(report: Report) -> Iterator[str]:
    """Every text of the report that its screen shows, as the screen writes it."""
    yield from (report.place, report.headline, report.reference)
    for paragraph in report.paragraphs:
        yield paragraph.title
        yield from map(fr_typo, paragraph.text.split("\n\n"))
    for finding in report.findings:
        yield fr_typo(finding.text)
    for quote in report.quotes:
        yield fr_typo(quote.text)
    for action in report.actions:
        yield from (fr_typo(action.title), fr_typo(action.first_step), action.carrier, action.state)
    for group in report.room_words:
        yield from (group.question, group.title, *group.words)
    for beside in report.statistics:
        for each in beside.statistics:
            yield from (each.name, each.when, each.caution)
            yield from (mark.words for mark in each.marks)
    yield report.lessons
    yield from _evening_words(report)
    yield from _beside_words(report)


def _evening_words(report: Report) -> Iterator[str]:
    for meeting in report.meetings:
        yield from (meeting.instrument, f"{meeting.head_count} personnes")
        for item in meeting.items:
            yield from _item_words(item)
        for line in meeting.dots.lines if meeting.dots else ():
            yield line.text


def _beside_words(report: Report) -> Iterator[str]:
    if report.portrait:
        yield from (words for f in report.portrait.figures for words in (f.label, f.value, f.unit))
        yield from (fr_typo(words) for _, words in report.portrait.facts)
    if report.comparison:
        yield from (each.reason for each in report.comparison.left_out)
        yield from (each.title for each in report.comparison.actions)


def _item_words(item) -> Iterator[str]:
    if item.distribution is None:
        return
    yield item.name
    yield from filter(None, (item.median_words, item.agreement_words))
    if item.agreed:
        yield from map(fr_typo, filter(None, (item.agreed.reason, item.agreed.dissent)))
        yield item.agreed.label


def told_counts(report: Report) -> list[tuple[str, tuple[int, ...], int]]:
    """Name, levels and « ne sait pas » of every statement whose answers leave."""
    return [
        (item.name, item.distribution.levels, item.distribution.does_not_know)
        for meeting in report.meetings
        for item in meeting.items
        if isinstance(item.distribution, DisclosedDistribution)
    ]
