"""Answers cut by sector, when sectors were asked (DESIGN.md §5 Disclosure).

A cut is never a whole-room count: the outside k holds, even for the team. A show of hands has no
sector; when hands are few, the cut beside the whole would tell what they said: it is withheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from appreciation.domain.queries.answer_counts import to_answer_counts
from appreciation.domain.queries.sector_counts import (
    NO_SECTOR,
    AnswersBySector,
    answers_by_sector,
    hands_by_round_and_item,
)
from appreciation.domain.results import ItemResult, MeetingResults
from core.disclosure import AnswerCounts, DisclosedCut, Suppressed, disclose_cut


@dataclass(frozen=True)
class SectorCut:
    result: ItemResult
    cut: DisclosedCut | Suppressed


def sector_cuts(results: MeetingResults, *, outside_k: int) -> tuple[SectorCut, ...]:
    """The final vote on each item by sector, strengths first; nothing if sectors were not asked.

    Items whose answers are hidden as a whole are not cut. ValueError for a k under 3.
    """
    if not results.meeting.asks_sector:
        return ()
    answers = answers_by_sector(results.meeting)
    hands = hands_by_round_and_item(results.meeting)
    return tuple(
        SectorCut(
            result,
            _cut(
                answers.get((result.final.round_id, result.item.id), {}),
                hands=hands.get((result.final.round_id, result.item.id), 0),
                levels=len(result.item.levels),
                k=outside_k,
            ),
        )
        for result in results.by_strength
        if result.final and not result.final.is_suppressed
    )


def _cut(answers: AnswersBySector, *, hands: int, levels: int, k: int) -> DisclosedCut | Suppressed:
    if 0 < hands < k:
        return Suppressed()
    groups: Mapping[str, AnswerCounts] = {
        sector: to_answer_counts(by_answer, levels=levels) for sector, by_answer in answers.items()
    }
    total = AnswerCounts(
        tuple(map(sum, zip(*(group.levels for group in groups.values()), strict=True)))
        or (0,) * levels,
        sum(group.does_not_know for group in groups.values()),
    )
    named = {sector: counts for sector, counts in groups.items() if sector != NO_SECTOR}
    return disclose_cut(named, total=total, k=k)
