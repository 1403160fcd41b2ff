"""« Avant / maintenant » drawn and exported: two bars per item, their table, words, a CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from appreciation.domain.report import ComparedItem, Comparison, Side
from appreciation.interfaces.figures import FigureRow, single_bars
from core.charts import DistributionBars
from core.csv_export import Value
from core.typography import NBSP, fr_date

BEFORE, NOW = "avant", "maintenant"


@dataclass(frozen=True)
class ComparedLine:
    """What is said of one item, or of one thing that was done, in words."""

    name: str
    sentence: str


@dataclass(frozen=True)
class ComparisonPart:
    comparison: Comparison
    before: str
    now: str
    figures: tuple[DistributionBars, ...]
    lines: tuple[ComparedLine, ...]
    done: tuple[ComparedLine, ...]


def present_comparison(
    comparison: Comparison | None, *, source: str, prefix: str = "avant-maintenant"
) -> ComparisonPart | None:
    """The context of `reports/_comparison.html`. One figure per scale: lengths are not mixed."""
    if comparison is None:
        return None
    scales: dict[tuple[str, ...], list[ComparedItem]] = {}
    for item in comparison.items:
        if item.before.distribution and item.now.distribution:
            scales.setdefault(item.labels, []).append(item)
    return ComparisonPart(
        comparison=comparison,
        before=_day(comparison.before_on),
        now=_day(comparison.now_on),
        figures=tuple(
            _figure(comparison, items, source=source, identifier=f"{prefix}-{number}")
            for number, items in enumerate(scales.values(), 1)
        ),
        lines=tuple(ComparedLine(item.name, _said(item)) for item in comparison.items),
        done=tuple(_done(comparison)),
    )


def comparison_rows(comparison: Comparison, *, source: str) -> Iterator[tuple[Value, ...]]:
    """The compared items, twice each; what was done between; what is not compared, and why."""
    widest = max((len(item.labels) for item in comparison.items), default=0)
    yield (
        "énoncé",
        "moment",
        "date",
        *(f"niveau {level}" for level in range(1, widest + 1)),
        "ne sait pas",
        "médiane en mots",
        "accord en mots",
        "niveau convenu",
    )
    for item in comparison.items:
        for moment, day, side in (
            (BEFORE, comparison.before_on, item.before),
            (NOW, comparison.now_on, item.now),
        ):
            yield (
                item.name,
                moment,
                day,
                *_counts(side, widest),
                side.median_words or None,
                side.agreement_words or None,
                side.agreed_label or None,
            )
    for line in _done(comparison):
        yield ("entre les deux", line.name, line.sentence)
    for each in comparison.left_out:
        yield ("non comparé", each.name, each.reason)
    yield ("source", source)


def comparison_source(comparison: Comparison, place: str, *, is_demo: bool) -> str:
    parts = (
        place,
        f"{_day(comparison.before_on)}, {comparison.before_instrument}",
        f"{_day(comparison.now_on)}, {comparison.now_instrument}",
        "démonstration, données fictives" if is_demo else "",
    )
    return "; ".join(filter(None, parts))


def _figure(
    comparison: Comparison, items: list[ComparedItem], *, source: str, identifier: str
) -> DistributionBars:
    rows = []
    for item in items:
        rows += [_row(item, item.before, BEFORE), _row(item, item.now, NOW)]
    same = sum(item.before.median_words == item.now.median_words for item in items)
    many = "énoncé se compare" if len(items) == 1 else "énoncés se comparent"
    return single_bars(
        rows,
        identifier=identifier,
        title=f"{_day(comparison.before_on)}, puis {_day(comparison.now_on).lower()}",
        sentence=(
            f"{len(items)} {many}. Le milieu des réponses porte les mêmes mots pour {same}, "
            f"d’autres mots pour {len(items) - same}. Ce ne sont pas les mêmes personnes."
        ),
        source=source,
        heading="Énoncé",
    )


def _row(item: ComparedItem, side: Side, moment: str) -> FigureRow:
    if side.distribution is None:
        raise ValueError(item.name)
    return FigureRow(
        name=f"{item.name} ({moment})",
        labels=item.labels,
        distribution=side.distribution,
        median_words=side.median_words,
        agreement_words=side.agreement_words,
        agreed_level=side.agreed_level,
    )


def _done(comparison: Comparison) -> Iterator[ComparedLine]:
    """What was decided and where it stands, then what happened, day by day."""
    for action in comparison.actions:
        yield ComparedLine(action.title, f"{action.state}, porté par {action.carrier}")
    for outcome in comparison.outcomes:
        label = outcome.label[:1].upper() + outcome.label[1:]
        yield ComparedLine(f"{label}, le {fr_date(outcome.on)}", outcome.words)


def _said(item: ComparedItem) -> str:
    """Both times in words: the middle of the answers, the agreement, the level agreed on."""
    pairs = (
        ("le milieu des réponses", item.before.median_words, item.now.median_words),
        ("l’accord", item.before.agreement_words, item.now.agreement_words),
        ("le niveau convenu", item.before.agreed_label, item.now.agreed_label),
    )
    told = [f"{what}, {_twice(old, new)}" for what, old, new in pairs if old and new]
    sentence = "; ".join(told)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def _twice(old: str, new: str) -> str:
    if old == new:
        return f"«{NBSP}{new}{NBSP}» les deux fois"
    return f"«{NBSP}{old}{NBSP}» puis «{NBSP}{new}{NBSP}»"


def _counts(side: Side, widest: int) -> tuple[Value, ...]:
    if side.distribution is None:
        return (None,) * (widest + 1)
    levels = side.distribution.levels
    return (*levels, *(None,) * (widest - len(levels)), side.distribution.does_not_know)


def _day(day) -> str:
    return f"Rencontre du {fr_date(day)}" if day else "Rencontre sans date"
