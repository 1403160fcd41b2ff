"""A report drawn and exported: the screen, the paper and the register share it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from appreciation.domain.report import Report, ReportItem, ReportMeeting
from appreciation.interfaces.comparison_document import comparison_source, present_comparison
from appreciation.interfaces.facts_beside import NO_PROOF, figures_beside
from appreciation.interfaces.figures import FigureRow, FigureSet, figure_sets
from appreciation.interfaces.ranking_table import ranking_rows
from appreciation.interfaces.results_figures import exit_bars
from core.charts import DistributionBars
from core.csv_export import Value
from core.disclosure import TOO_FEW, DisclosedDistribution
from core.typography import fr_date

CLOSING = ("participants", "method", "limits")
"""Paragraphs that come last, after what people read a report for."""

DEMONSTRATION = "démonstration, données fictives"


@dataclass(frozen=True)
class MeetingPart:
    """One evening of the report. `statements`: items whose figure does not tell all."""

    meeting: ReportMeeting
    figures: tuple[FigureSet, ...]
    exits: DistributionBars | None
    agreed: tuple[ReportItem, ...]
    worded: tuple[ReportItem, ...]
    source: str


def present_report(report: Report) -> dict[str, Any]:
    """The context of `reports/body.html`."""
    return {
        "report": report,
        "texts": {each.key.replace("-", "_"): each for each in report.paragraphs},
        "compared": present_comparison(
            report.comparison,
            source=comparison_source(report.comparison, report.place, is_demo=report.is_demo),
        )
        if report.comparison
        else None,
        "beside": figures_beside(report),
        "beside_words": NO_PROOF,
        "closing": [each for each in report.paragraphs if each.key in CLOSING],
        "parts": [
            _part(report, meeting, number) for number, meeting in enumerate(report.meetings, 1)
        ],
        "dissents": [
            item
            for meeting in report.meetings
            for item in meeting.items
            if item.agreed and (item.agreed.dissent or not item.agreed.level)
        ],
    }


def report_source(report: Report, meeting: ReportMeeting) -> str:
    """Where the numbers come from, complete enough to travel alone."""
    notice = f" ({meeting.instrument_notice})" if meeting.instrument_notice else ""
    parts = (
        report.place,
        f"rencontre du {fr_date(meeting.held_on)}" if meeting.held_on else "rencontre sans date",
        f"{meeting.head_count} personnes présentes" if meeting.head_count else "",
        f"{meeting.instrument}, version {meeting.instrument_version}{notice}",
        DEMONSTRATION if report.is_demo else "",
    )
    return ", ".join(filter(None, parts))


def report_rows(report: Report) -> Iterator[tuple[Value, ...]]:
    """What the report shows of the answers, as a table: the same cells, no more."""
    items = [(meeting, item) for meeting in report.meetings for item in meeting.items]
    with_counts = any(meeting.has_distributions for meeting in report.meetings)
    widest = max((len(item.labels) for _, item in items), default=0) if with_counts else 0
    counts = (
        (*(f"niveau {level}" for level in range(1, widest + 1)), "ne sait pas", "médiane en mots")
        if with_counts
        else ()
    )
    yield (
        "rencontre",
        "dimension",
        "code",
        "énoncé",
        *counts,
        "accord en mots",
        "niveau convenu",
        "pourquoi",
        "ce que certains voient autrement",
    )
    for meeting, item in items:
        yield (
            meeting.held_on,
            item.dimension,
            item.code,
            item.text,
            *(_counts(item, widest) if with_counts else ()),
            TOO_FEW if item.is_hidden else item.agreement_words,
            item.agreed.label if item.agreed else None,
            item.agreed.reason if item.agreed else None,
            item.agreed.dissent if item.agreed else None,
        )
    for meeting in report.meetings:
        yield ("source", report_source(report, meeting))
    for meeting in report.meetings:
        if meeting.dots:
            yield ()
            yield ("rencontre", meeting.held_on)
            yield from ranking_rows(meeting.dots)


def _counts(item: ReportItem, widest: int) -> tuple[Value, ...]:
    if not isinstance(item.distribution, DisclosedDistribution):
        return (None,) * (widest + 2)
    levels = item.distribution.levels
    padding = (None,) * (widest - len(levels))
    return (*levels, *padding, item.distribution.does_not_know, item.median_words)


def _part(report: Report, meeting: ReportMeeting, number: int) -> MeetingPart:
    source = report_source(report, meeting)
    rows = [row for row in map(_row, meeting.items) if row is not None]
    suffix = f"-{number}" if number > 1 else ""
    exits = [FigureRow(each.question, each.labels, each.distribution) for each in meeting.exits]
    return MeetingPart(
        meeting=meeting,
        figures=figure_sets(rows, source=source, prefix=f"rapport{suffix}", row_heading="Énoncé"),
        exits=exit_bars(exits, source=source, identifier=f"sortie{suffix}") if exits else None,
        agreed=tuple(item for item in meeting.items if item.agreed and item.agreed.reason),
        worded=tuple(
            item
            for item in meeting.items
            if item.distribution is None and (item.agreed or item.agreement_words or item.is_hidden)
        ),
        source=source,
    )


def _row(item: ReportItem) -> FigureRow | None:
    """A row where there is something to draw, or to say that it is hidden."""
    if item.distribution is None:
        return None
    return FigureRow(
        name=item.name,
        labels=item.labels,
        distribution=item.distribution,
        median_words=item.median_words,
        agreement_words=item.agreement_words,
        does_not_know_words=item.does_not_know_words,
        agreed_level=item.agreed_level,
    )
