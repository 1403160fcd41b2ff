"""A report's statistics beside its answers, dimension by dimension, as figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.text import slugify

from appreciation.domain.report import Report, ReportItem, ReportMeeting
from appreciation.domain.report.nouns import DimensionStatistics, ReportStatistic
from appreciation.interfaces.figures import FigureRow, single_bars
from core.charts import Fact, FactsBeside, PlaceStrip, Saying, StripMark
from core.disclosure import TOO_FEW
from core.typography import NBSP, fr_date, fr_typo, join_words, with_article

MOST_SAID = 2
NO_PROOF = "Le chiffre compte, la salle apprécie: l’un n’est ni la cause ni la preuve de l’autre."
"""Said once, above the figures."""
GROUP_ANSWERED = "le groupe a répondu ensemble"


def figures_beside(report: Report) -> tuple[FactsBeside, ...]:
    """One for each dimension that has both, in the order of the report."""
    figures = (_figure(report, each) for each in report.statistics)
    return tuple(figure for figure in figures if figure is not None)


def _figure(report: Report, beside: DimensionStatistics) -> FactsBeside | None:
    told = [
        (meeting, item)
        for meeting in report.meetings
        for item in meeting.items
        if item.dimension_code == beside.dimension_code and _is_told(item)
    ]
    if not told:
        return None
    several = len(report.meetings) > 1
    names = {id(item): _name(meeting, item, several) for meeting, item in told}
    identifier = f"cote-a-cote-{slugify(beside.dimension_code)}"
    drawn = [item for _meeting, item in told if item.distribution is not None]
    return FactsBeside(
        identifier=identifier,
        title=beside.dimension,
        sentence=fr_typo(_sentence(beside, [item for _meeting, item in told])),
        source=fr_typo(_source(report, beside)),
        facts=tuple(
            _fact(each, f"{identifier}-{number}")
            for number, each in enumerate(beside.statistics, 1)
        ),
        bars=tuple(
            single_bars(
                [_row(item, names[id(item)]) for item in items],
                identifier=f"{identifier}-dit-{number}",
                title=beside.dimension,
                sentence=beside.dimension,
                source=report.place,
                heading="Énoncé",
            )
            for number, items in enumerate(_by_scale(drawn), 1)
        ),
        sayings=tuple(
            Saying(names[id(item)], _words(item))
            for _meeting, item in told
            if item.distribution is None
        ),
    )


def _is_told(item: ReportItem) -> bool:
    has_words = bool(item.agreed or item.agreement_words or item.is_hidden)
    return item.distribution is not None or has_words


def _name(meeting: ReportMeeting, item: ReportItem, several: bool) -> str:
    """The same statement may have been appreciated on two evenings."""
    held_on = meeting.held_on
    return f"{item.name} ({fr_date(held_on)})" if several and held_on else item.name


def _by_scale(items: list[ReportItem]) -> Iterator[list[ReportItem]]:
    scales: dict[tuple[str, ...], list[ReportItem]] = {}
    for item in items:
        scales.setdefault(item.labels, []).append(item)
    yield from scales.values()


def _row(item: ReportItem, name: str) -> FigureRow:
    if item.distribution is None:
        raise ValueError("Rien à dessiner: cet énoncé se dit en mots.")
    return FigureRow(
        name=name,
        labels=item.labels,
        distribution=item.distribution,
        median_words=item.median_words,
        agreement_words=item.agreement_words,
        does_not_know_words=item.does_not_know_words,
        agreed_level=item.agreed_level,
    )


def _words(item: ReportItem) -> str:
    """Where the level counts nothing: the agreed level and the words of agreement."""
    agreed = item.agreed.label or "pas de niveau convenu" if item.agreed else ""
    said = TOO_FEW if item.is_hidden else item.agreement_words or GROUP_ANSWERED
    return ", ".join(filter(None, (agreed, said)))


def _fact(statistic: ReportStatistic, identifier: str) -> Fact:
    return Fact(
        label=statistic.name,
        words=statistic.here.words,
        when=statistic.when,
        caution=statistic.caution,
        beside=tuple((mark.place, mark.words) for mark in statistic.marks[1:]),
        strip=_strip(statistic, identifier) if statistic.is_drawn else None,
    )


def _strip(statistic: ReportStatistic, identifier: str) -> PlaceStrip:
    return PlaceStrip(
        identifier=identifier,
        title=statistic.name,
        sentence=statistic.name,
        source=statistic.source,
        marks=tuple(
            StripMark(label=mark.place, kind=mark.kind, value=Decimal(mark.value), words=mark.words)
            for mark in statistic.marks
            if mark.value
        ),
    )


def _sentence(beside: DimensionStatistics, items: list[ReportItem]) -> str:
    """The first figure, and what the room said of the first statements."""
    first = beside.statistics[0]
    others = [f"{mark.words} pour {with_article(mark.place)}" for mark in first.marks[1:]]
    counted = f"{first.name}{NBSP}: {'; '.join([first.here.words, *others])}."
    shown = [item for item in items if not item.is_hidden]
    if not shown:
        return f"{counted} Trop peu de réponses pour dire ce que la salle en pense."
    said = [f"«{NBSP}{item.name}{NBSP}», {_said(item)}" for item in shown[:MOST_SAID]]
    left = len(shown) - MOST_SAID
    ending = f" ({left} de plus dans la figure)" if left > 0 else ""
    return f"{counted} La salle{NBSP}: {'; '.join(said)}{ending}."


def _said(item: ReportItem) -> str:
    words = item.median_words if item.distribution is not None else ""
    if not words and item.agreed:
        words = item.agreed.label
    return ", ".join(filter(None, (words[:1].lower() + words[1:], item.agreement_words))) or (
        GROUP_ANSWERED
    )


def _source(report: Report, beside: DimensionStatistics) -> str:
    told = dict.fromkeys(each.source for each in beside.statistics)
    days = [fr_date(meeting.held_on) for meeting in report.meetings if meeting.held_on]
    room = f"rencontre du {join_words(days)}" if days else "rencontre"
    return f"{'; '.join(told)}; {room}, {report.place}"
