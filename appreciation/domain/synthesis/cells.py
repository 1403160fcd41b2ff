"""The matrices: one dimension of one démarche, pooled through the disclosure rule, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from appreciation.domain.report import ReportItem
from appreciation.domain.statistics import FEWEST_LEVELS, agreement, median
from appreciation.domain.synthesis.comparability import by_dimension
from appreciation.domain.synthesis.nouns import Cell, Matrix, MatrixRow
from appreciation.domain.synthesis.sources import PublishedAppraisal
from appreciation.domain.wording import AgreementThresholds, median_in_words, words_of_agreement
from core.disclosure import (
    AnswerCounts,
    DisclosedDistribution,
    Suppressed,
    disclose_dimension,
)
from core.typography import join_words

Dimensions = Mapping[str, str]
"""Code → name, in the order of the region's list."""


def matrices_of(
    sources: Mapping[str, PublishedAppraisal],
    *,
    dimensions: Dimensions,
    k: int,
    thresholds: AgreementThresholds,
) -> tuple[Matrix, ...]:
    """One matrix per length of scale, the most used first. `sources`: key → démarche, in order.

    Only the last evening of each is read. A dimension whose statements do not share one scale
    stands in none. No figure is put together with another démarche's.
    """
    found: dict[int, dict[str, dict[str, list[ReportItem]]]] = {}
    for key, source in sources.items():
        evening = source.last_evening
        for code, items in by_dimension(evening.items if evening else ()).items():
            lengths = {len(item.labels) for item in items}
            if len(lengths) == 1 and (length := lengths.pop()) >= FEWEST_LEVELS:
                found.setdefault(length, {}).setdefault(key, {})[code] = items
    matrices = [_matrix(length, rows, dimensions, k, thresholds) for length, rows in found.items()]
    return tuple(sorted(matrices, key=most_used_first))


def most_used_first(matrix: Matrix) -> tuple[int, int]:
    return (-len(matrix.sources), matrix.scale_length)


def usual_labels(own_labels: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The words that most démarches use; the first of them at a tie."""
    worded = Counter(own_labels)
    return max(worded, key=lambda labels: worded[labels], default=())


def empty_cell(source: str) -> Cell:
    """Where a démarche did not ask about the dimension."""
    return Cell(source, None, None, "", None, "", None, None, "")


def _matrix(
    length: int,
    found: Mapping[str, Mapping[str, list[ReportItem]]],
    dimensions: Dimensions,
    k: int,
    thresholds: AgreementThresholds,
) -> Matrix:
    own_labels = tuple(
        usual_labels([item.labels for items in rows.values() for item in items])
        for rows in found.values()
    )
    names = {
        code: items[0].dimension for rows in found.values() for code, items in rows.items()
    } | dict(dimensions)
    asked = {code for rows in found.values() for code in rows}
    order = [code for code in dimensions if code in asked]
    order += sorted(asked - set(order))
    rows = [
        MatrixRow(
            code,
            names[code],
            tuple(
                _cell(key, rows[code], k, thresholds) if code in rows else empty_cell(key)
                for key, rows in found.items()
            ),
        )
        for code in order
    ]
    return Matrix(
        scale_length=length,
        labels=usual_labels(own_labels),
        is_worded_alike=len(set(own_labels)) == 1,
        sources=tuple(found),
        rows=tuple(row for row in rows if not all(cell.is_empty for cell in row.cells)),
        own_labels=own_labels,
    )


def _cell(key: str, items: Sequence[ReportItem], k: int, thresholds: AgreementThresholds) -> Cell:
    level, label = _agreed(items)
    counted = {
        item.code: AnswerCounts(item.distribution.levels, item.distribution.does_not_know)
        for item in items
        if isinstance(item.distribution, DisclosedDistribution)
    }
    if any(item.is_hidden for item in items):
        return Cell(key, Suppressed(), None, "", None, "", None, level, label)
    if len(counted) < len(items):
        return Cell(key, None, None, "", None, _shared_words(items), None, level, label)
    disclosed = disclose_dimension(counted, k=k)
    if isinstance(disclosed, Suppressed) or disclosed.pooled is None:
        return Cell(key, Suppressed(), None, "", None, "", None, level, label)
    cell = read_cell(key, disclosed.pooled, items[0].labels, thresholds)
    return Cell(
        **vars(cell)
        | {"agreed_level": level, "agreed_label": label, "floor": disclosed.respondents}
    )


def read_cell(
    key: str,
    pooled: DisclosedDistribution,
    labels: Sequence[str],
    thresholds: AgreementThresholds,
) -> Cell:
    """What is derived from a distribution: median, agreement, their words, « ne sait pas »."""
    agreed = agreement(pooled.levels)
    return Cell(
        source=key,
        distribution=pooled,
        median=median(pooled.levels),
        median_words=median_in_words(pooled.levels, labels),
        agreement=agreed,
        agreement_words=words_of_agreement(agreed, thresholds),
        does_not_know_share=Fraction(pooled.does_not_know, pooled.respondents),
        agreed_level=None,
        agreed_label="",
    )


def _agreed(items: Sequence[ReportItem]) -> tuple[int | None, str]:
    """The level that the group agreed on; with several statements, one level only if all have it.

    Otherwise the words of each, and no level: nothing is averaged.
    """
    agreed = [item.agreed for item in items if item.agreed and item.agreed.level is not None]
    if not agreed:
        return None, ""
    labels = tuple(dict.fromkeys(each.label for each in agreed))
    if len(labels) == 1 and len(agreed) == len(items):
        return agreed[0].level, labels[0]
    return None, f"{join_words(labels)} (selon l’énoncé)"


def _shared_words(items: Sequence[ReportItem]) -> str:
    """The words of agreement at the level that counts nothing."""
    words = tuple(dict.fromkeys(each.agreement_words for each in items if each.agreement_words))
    return words[0] if len(words) == 1 else f"{join_words(words)} (selon l’énoncé)" if words else ""
