"""The board where findings are classified: themes, what is under them, and what is not yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from appreciation.domain.synthesis.coding import SuggestedGroup
from appreciation.domain.synthesis.reading import PublishedFinding
from appreciation.models import CodedFinding, Theme


@dataclass(frozen=True)
class ThemeColumn:
    theme: Theme
    findings: tuple[PublishedFinding, ...]

    @property
    def communities(self) -> int:
        return len({finding.appraisal_id for finding in self.findings})


@dataclass(frozen=True)
class ThemeBoard:
    """`groups`: suggestions with something to put beside a theme, or two findings together."""

    columns: tuple[ThemeColumn, ...]
    unclassified: tuple[PublishedFinding, ...]
    groups: tuple[tuple[SuggestedGroup, tuple[PublishedFinding, ...]], ...]
    total: int

    def group_of(self, key: str) -> str:
        """The same, where a suggestion still begins with this finding; empty otherwise."""
        return next((key for _, found in self.groups if found[0].key == key), "")


def theme_board(
    *,
    findings: Iterable[PublishedFinding],
    themes: Iterable[Theme],
    coded: Iterable[CodedFinding],
    groups: Iterable[SuggestedGroup],
) -> ThemeBoard:
    by_key = {finding.key: finding for finding in findings}
    under: dict[int, list[PublishedFinding]] = {theme.pk: [] for theme in themes}
    classified = set()
    for row in coded:
        if row.finding_key in by_key and row.theme_id in under:
            under[row.theme_id].append(by_key[row.finding_key])
            classified.add(row.finding_key)
    left = [finding for key, finding in by_key.items() if key not in classified]
    waiting = {finding.key for finding in left}
    offered = [
        (group, tuple(by_key[key] for key in group.keys if key in waiting)) for group in groups
    ]
    return ThemeBoard(
        columns=tuple(ThemeColumn(theme, tuple(under[theme.pk])) for theme in themes),
        unclassified=tuple(left),
        groups=tuple(
            (group, found) for group, found in offered if found[1:] or (found and group.theme)
        ),
        total=len(by_key),
    )
