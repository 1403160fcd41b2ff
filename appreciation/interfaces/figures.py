"""Figures of results: rows of cleared answers in, charts with their sentences out.

Only scales of the same levels share a figure (DESIGN.md §5, Statistics). Strengths come first; the
order is that of the rows, there is no rank and no mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from appreciation.domain.results import LOW_GROUP, MeetingResults
from appreciation.domain.statistics import agreement, median
from appreciation.domain.wording import CLEAR, OPPOSED, SHARED, many_do_not_know
from core.charts import BarRow, Chart, DistributionBars, DotPlot, DotRow, LevelScale, Radar
from core.charts import RadarAxis as Axis
from core.disclosure import ROOM_K, TOO_FEW, DisclosedDistribution, Suppressed
from core.typography import NBSP, join_words

FEWEST_AXES = 3
MOST_NAMED = 2


@dataclass(frozen=True)
class FigureRow:
    """One row of a figure. `median_words` and `agreement_words` are empty for hidden answers."""

    name: str
    labels: tuple[str, ...]
    distribution: DisclosedDistribution | Suppressed
    median_words: str = ""
    agreement_words: str = ""
    does_not_know_words: str = ""
    agreed_level: int | None = None

    @property
    def is_hidden(self) -> bool:
        return isinstance(self.distribution, Suppressed)

    @property
    def answers(self) -> int:
        return 0 if isinstance(self.distribution, Suppressed) else self.distribution.answers

    @property
    def median(self) -> Fraction | None:
        if isinstance(self.distribution, Suppressed):
            return None
        return median(self.distribution.levels)

    @property
    def agreement(self) -> Fraction | None:
        if isinstance(self.distribution, Suppressed):
            return None
        return agreement(self.distribution.levels)

    @property
    def is_unsure(self) -> bool:
        """Whether « ne sait pas » is a finding in itself."""
        if isinstance(self.distribution, Suppressed):
            return False
        return many_do_not_know(self.distribution.does_not_know, self.distribution.respondents)

    @property
    def detail(self) -> str:
        """Words of agreement, how few answers they rest on, and who does not know if many do.

        The drawing and the table count « ne sait pas » in any case.
        """
        few_levels = 0 < self.answers < ROOM_K
        tells_unknown = self.is_unsure or few_levels
        words = [self.agreement_words, self.does_not_know_words if tells_unknown else ""]
        if 0 < self.answers < LOW_GROUP:
            # Three people answered or it would stay hidden: some said that they do not know.
            noun = "niveau choisi" if few_levels else "réponse"
            plural = "niveaux choisis" if few_levels else "réponses"
            voices = f"un seul {noun}" if self.answers == 1 else f"{self.answers} {plural}"
            words.insert(1, f"{voices}, à lire avec prudence")
        return ", ".join(filter(None, words))


@dataclass(frozen=True)
class FigureSet:
    """The figures of one scale: bars first, one dot per person, and the turn at one glance."""

    bars: DistributionBars
    dots: DotPlot
    radar: Radar | None

    @property
    def charts(self) -> tuple[Chart, ...]:
        return (self.bars, self.dots) if self.radar is None else (self.bars, self.dots, self.radar)


def figure_sets(
    rows: Sequence[FigureRow], *, source: str, prefix: str = "resultats", row_heading: str
) -> tuple[FigureSet, ...]:
    """One set per scale, in the order of the rows. Identifiers start with `prefix`."""
    return tuple(
        _figure_set(scale_rows, source, f"{prefix}-{number}" if number > 1 else prefix, row_heading)
        for number, scale_rows in enumerate(_by_scale(rows), 1)
    )


def single_bars(
    rows: Sequence[FigureRow],
    *,
    identifier: str,
    title: str,
    sentence: str,
    source: str,
    heading: str,
    may_not_know: bool = True,
) -> DistributionBars:
    """Bars with a title of their own: two votes side by side, one item by sector.

    `may_not_know`: whether « je ne sais pas » was among the answers.
    """
    labels = rows[0].labels
    return DistributionBars(
        identifier=identifier,
        title=title,
        sentence=sentence,
        source=source,
        scale=LevelScale(labels) if may_not_know else LevelScale(labels, unknown_label=""),
        rows=tuple(_bar_row(row) for row in rows),
        row_heading=heading,
    )


def source_line(results: MeetingResults, *, day: str) -> str:
    """Where the numbers come from: the evening, how many people, the instrument and its version."""
    meeting = results.meeting
    instrument = meeting.instrument
    people = f"{meeting.head_count} personnes présentes" if meeting.head_count else ""
    notice = f" ({instrument.notice})" if instrument.notice else ""
    # The copy made for a rehearsal has a version of its own, which tells nobody anything.
    version = "" if meeting.is_rehearsal else f", version {instrument.version}"
    return ", ".join(
        filter(
            None,
            (
                f"rencontre du {day}" if day else "rencontre sans date",
                people,
                f"{instrument.name}{version}{notice}",
            ),
        )
    )


def _by_scale(rows: Sequence[FigureRow]) -> Iterator[list[FigureRow]]:
    scales: dict[tuple[str, ...], list[FigureRow]] = {}
    for row in rows:
        scales.setdefault(row.labels, []).append(row)
    yield from scales.values()


def _figure_set(rows: list[FigureRow], source: str, prefix: str, row_heading: str) -> FigureSet:
    scale = LevelScale(rows[0].labels)
    return FigureSet(
        bars=DistributionBars(
            identifier=f"{prefix}-barres",
            title=finding_title(rows),
            sentence=finding_sentence(rows, row_heading),
            source=source,
            scale=scale,
            rows=tuple(_bar_row(row) for row in rows),
            row_heading=row_heading,
        ),
        dots=DotPlot(
            identifier=f"{prefix}-pastilles",
            title="Derrière chaque bande, des personnes",
            sentence="Une pastille, une réponse. Les pastilles serrées disent qu’on se rejoint.",
            source=source,
            scale=scale,
            rows=tuple(
                DotRow(label=r.name, distribution=r.distribution, agreed_level=r.agreed_level)
                for r in rows
            ),
            row_heading=row_heading,
        ),
        radar=_radar(rows, scale, source, prefix, row_heading),
    )


def _radar(
    rows: list[FigureRow], scale: LevelScale, source: str, prefix: str, row_heading: str
) -> Radar | None:
    if len(rows) < FEWEST_AXES or all(row.is_hidden and not row.agreed_level for row in rows):
        return None
    return Radar(
        identifier=f"{prefix}-tour",
        title="Le tour d’un coup d’œil",
        sentence=(
            "Plus la ligne s’éloigne du centre, plus c’est acquis. La forme ne se compare pas "
            "d’une communauté à l’autre."
        ),
        source=source,
        scale=scale,
        axes=tuple(
            Axis(
                label=row.name,
                distribution=row.distribution,
                median=row.median,
                agreed_level=row.agreed_level,
            )
            for row in rows
        ),
        row_heading=row_heading,
    )


def _bar_row(row: FigureRow) -> BarRow:
    return BarRow(
        label=row.name,
        distribution=row.distribution,
        headline=row.median_words,
        detail=row.detail,
        agreed_level=row.agreed_level,
    )


def finding_title(rows: Sequence[FigureRow]) -> str:
    """What stands out, in one sentence: the first strength and what is most discussed."""
    shown = [row for row in rows if not row.is_hidden and row.answers]
    if not shown:
        return "Trop peu de réponses pour les montrer"
    if len(shown) == 1:
        row = shown[0]
        return f"{row.name}{NBSP}: {_lower(row.median_words)}, {row.agreement_words}"
    discussed = sorted(
        (row for row in shown if row.agreement_words in (SHARED, OPPOSED)),
        key=lambda row: row.agreement or Fraction(0),
    )
    first = f"Le plus avancé{NBSP}: {shown[0].name}."
    if not discussed:
        return f"{first} Aucun énoncé ne partage nettement le groupe."
    names = join_words([row.name for row in discussed[:MOST_NAMED]])
    return f"{first} Le plus discuté{NBSP}: {names}."


def finding_sentence(rows: Sequence[FigureRow], row_heading: str) -> str:
    """How many statements are agreed, discussed, unsure or hidden."""
    parts = [
        _count(rows, lambda row: row.agreement_words == CLEAR, "accord net"),
        _count(rows, lambda row: row.agreement_words in (SHARED, OPPOSED), "avis qui diffèrent"),
        _count(rows, lambda row: row.is_unsure, "plus du tiers ne sait pas"),
        _count(rows, lambda row: row.is_hidden, TOO_FEW),
    ]
    told = [part for part in parts if part]
    things = f"{len(rows)} {row_heading.lower()}s" if len(rows) > 1 else f"1 {row_heading.lower()}"
    words = ", ".join(told)
    return f"{things}. {words[:1].upper()}{words[1:]}." if told else f"{things}, forces d’abord."


def _count(rows: Sequence[FigureRow], holds: Callable[[FigureRow], bool], words: str) -> str:
    number = sum(1 for row in rows if holds(row))
    return f"{words}{NBSP}: {number}" if number else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
