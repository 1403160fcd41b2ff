"""The figures of the results screen: what the meeting found, for its team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone

from appreciation.domain.queries.exit_counts import EXIT_LEVELS, exit_answer_counts
from appreciation.domain.results import (
    DimensionResult,
    ItemResult,
    MeetingResults,
    RoundResult,
)
from appreciation.domain.sector_cuts import SectorCut, sector_cuts
from appreciation.domain.wording import median_in_words
from appreciation.enums import ExitQuestion
from appreciation.interfaces.figures import (
    FigureRow,
    FigureSet,
    figure_sets,
    finding_sentence,
    finding_title,
    single_bars,
    source_line,
)
from core.charts import Chart, DistributionBars
from core.disclosure import (
    ROOM_K,
    TOO_FEW,
    DisclosedDistribution,
    Suppressed,
    disclose_distribution,
)
from core.typography import NBSP, fr_date, fr_typo

ORDINALS = ("Premier", "Deuxième", "Troisième", "Quatrième", "Cinquième")
REMAINDER = "Les autres personnes"


@dataclass(frozen=True)
class ResultsDocument:
    """Everything the results screen draws, and the numbers of each figure by identifier."""

    results: MeetingResults
    source: str
    main: tuple[FigureSet, ...]
    by_dimension: tuple[DistributionBars, ...]
    rounds: tuple[DistributionBars, ...]
    sectors: tuple[DistributionBars, ...]
    hidden_cuts: tuple[str, ...]
    exits: DistributionBars | None

    @property
    def charts(self) -> tuple[Chart, ...]:
        sets = tuple(chart for figures in self.main for chart in figures.charts)
        last = (self.exits,) if self.exits else ()
        return (*sets, *self.by_dimension, *self.rounds, *self.sectors, *last)

    def chart(self, identifier: str) -> Chart | None:
        return next((chart for chart in self.charts if chart.identifier == identifier), None)


def results_document(results: MeetingResults, *, outside_k: int) -> ResultsDocument:
    """A constant number of queries, whatever the number of dimensions."""
    meeting = results.meeting
    day = fr_date(timezone.localdate(meeting.starts_at)) if meeting.starts_at else ""
    source = source_line(results, day=day)
    names = item_names(results)
    cuts = sector_cuts(results, outside_k=outside_k)
    return ResultsDocument(
        results=results,
        source=source,
        main=figure_sets(list(_main_rows(results)), source=source, row_heading="Dimension"),
        by_dimension=tuple(_dimension_figures(results, source)),
        rounds=tuple(_round_figures(results, names, source)),
        sectors=tuple(_sector_figures(cuts, names, source)),
        hidden_cuts=tuple(
            names[cut.result.item.id] for cut in cuts if isinstance(cut.cut, Suppressed)
        ),
        exits=_exit_figure(results, source),
    )


def item_names(results: MeetingResults) -> Mapping[int, str]:
    return {
        item.item.id: dimension.name_of(item)
        for dimension in results.dimensions
        for item in dimension.items
    }


def round_row(
    name: str, labels: tuple[str, ...], round_: RoundResult, agreed_level: int | None = None
) -> FigureRow:
    """One vote as a row."""
    return FigureRow(
        name=name,
        labels=labels,
        distribution=round_.distribution,
        median_words="" if round_.is_suppressed else round_.median_words,
        agreement_words=round_.agreement_words,
        does_not_know_words=round_.does_not_know_words,
        agreed_level=agreed_level,
    )


def round_bars(item: ItemResult, name: str, *, identifier: str, source: str) -> DistributionBars:
    """All the votes on one item, one under the other, the agreed level on the last."""
    last = len(item.rounds) - 1
    rows = [
        round_row(
            f"{ORDINALS[index]} vote" if last else "Le vote",
            item.labels,
            round_,
            _agreed_level(item) if index == last else None,
        )
        for index, round_ in enumerate(item.rounds)
    ]
    return single_bars(
        rows,
        identifier=identifier,
        title=_rounds_title(item, name),
        sentence=_medians_sentence(item),
        source=source,
        heading="Vote",
    )


def _main_rows(results: MeetingResults) -> Iterator[FigureRow]:
    for dimension in results.dimensions_by_strength:
        if len(dimension.items) == 1:
            yield from _item_rows(dimension)
        elif dimension.pooled is not None:
            yield round_row(dimension.dimension.title, dimension.items[0].labels, dimension.pooled)


def _item_rows(dimension: DimensionResult) -> Iterator[FigureRow]:
    for item in dimension.items:
        if item.final:
            name = dimension.name_of(item)
            yield round_row(name, item.labels, item.final, _agreed_level(item))


def _dimension_figures(results: MeetingResults, source: str) -> Iterator[DistributionBars]:
    """The items of each dimension that has several, one figure per scale."""
    for dimension in results.dimensions_by_strength:
        rows = list(_item_rows(dimension)) if len(dimension.items) > 1 else []
        for number, labels in enumerate(dict.fromkeys(row.labels for row in rows), 1):
            alike = [row for row in rows if row.labels == labels]
            yield single_bars(
                alike,
                identifier=f"dimension-{dimension.dimension.id}-{number}",
                title=f"{dimension.dimension.title}. {finding_title(alike)}",
                sentence=finding_sentence(alike, "Énoncé"),
                source=source,
                heading="Énoncé",
            )


def _round_figures(
    results: MeetingResults, names: Mapping[int, str], source: str
) -> Iterator[DistributionBars]:
    for item in results.by_strength:
        if len(item.rounds) > 1:
            yield round_bars(
                item, names[item.item.id], identifier=f"votes-{item.item.id}", source=source
            )


def _medians_sentence(item: ItemResult) -> str:
    """Where the middle answer stands, vote after vote."""
    medians = list(dict.fromkeys(_lower(round_.median_words) for round_ in item.rounds))
    said = ", puis ".join(medians)
    return f"Réponse du milieu{NBSP}: {said}."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _rounds_title(item: ItemResult, name: str) -> str:
    first, last = item.rounds[0], item.rounds[-1]
    if first.is_suppressed or last.is_suppressed:
        return f"{name}{NBSP}: {TOO_FEW}"
    if len(item.rounds) == 1:
        return f"{name}{NBSP}: {last.agreement_words}"
    if first.agreement_words == last.agreement_words:
        return f"{name}{NBSP}: {last.agreement_words}, avant et après la discussion"
    return fr_typo(f"{name}: on passe de « {first.agreement_words} » à « {last.agreement_words} »")


def _sector_figures(
    cuts: tuple[SectorCut, ...], names: Mapping[int, str], source: str
) -> Iterator[DistributionBars]:
    for cut in cuts:
        if isinstance(cut.cut, Suppressed):
            continue
        groups = list(cut.cut.groups)
        if cut.cut.remainder is not None:
            groups.append((REMAINDER, cut.cut.remainder))
        labels = cut.result.labels
        rows = [_group_row(name, labels, distribution) for name, distribution in groups]
        yield single_bars(
            rows,
            identifier=f"secteurs-{cut.result.item.id}",
            title=f"{names[cut.result.item.id]}{NBSP}: {_groups_in_words(rows)}",
            sentence=cut.result.item.text,
            source=f"{source}; mains levées exclues, groupes trop petits réunis",
            heading="Secteur",
        )


def _group_row(
    name: str, labels: tuple[str, ...], distribution: DisclosedDistribution
) -> FigureRow:
    return FigureRow(name, labels, distribution, median_in_words(distribution.levels, labels))


def _groups_in_words(rows: list[FigureRow]) -> str:
    """Whether the groups stand at the same level: the reason to look at a cut at all."""
    medians = {row.median_words for row in rows}
    return "les groupes voient pareil" if len(medians) == 1 else "les groupes voient autrement"


def _exit_figure(results: MeetingResults, source: str) -> DistributionBars | None:
    """The exit questions, by the rule of the room."""
    counts = exit_answer_counts(results.meeting)
    labels = tuple(str(level.label) for level in EXIT_LEVELS)
    rows = [
        FigureRow(str(ExitQuestion(code).label), labels, disclose_distribution(each, k=ROOM_K))
        for code, each in counts.items()
    ]
    return exit_bars(rows, source=source) if rows else None


def exit_bars(
    rows: list[FigureRow], *, source: str, identifier: str = "sortie"
) -> DistributionBars:
    return single_bars(
        rows,
        identifier=identifier,
        title="Comment la rencontre a été vécue",
        sentence=_exit_sentence(rows),
        source=source,
        heading="Question de sortie",
        may_not_know=False,
    )


def _exit_sentence(rows: list[FigureRow]) -> str:
    said = [
        f"{row.name} Oui{NBSP}: {row.distribution.levels[-1]} sur {row.distribution.answers}."
        for row in rows
        if isinstance(row.distribution, DisclosedDistribution)
    ]
    return " ".join(said) or "Trop peu de réponses pour les montrer."


def _agreed_level(item: ItemResult) -> int | None:
    return item.agreed.level if item.agreed else None
