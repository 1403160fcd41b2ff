"""A report as plain JSON and back. Distributions go through `core.disclosure` both ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from appreciation.domain.plain_json import Json, day_of, plain
from appreciation.domain.ranking import ranking_from_snapshot, ranking_to_snapshot
from appreciation.domain.report.comparison import (
    comparison_from_snapshot,
    comparison_to_snapshot,
)
from appreciation.domain.report.nouns import (
    DimensionStatistics,
    Report,
    ReportAction,
    ReportAgreed,
    ReportExit,
    ReportFigure,
    ReportFinding,
    ReportItem,
    ReportMedium,
    ReportMeeting,
    ReportParagraph,
    ReportPhoto,
    ReportPortrait,
    ReportQuote,
    ReportStatistic,
    ReportWords,
    StatisticMark,
)
from core import disclosure
from core.disclosure import Suppressed

SCHEMA = 1
NESTED = (
    "meetings",
    "paragraphs",
    "findings",
    "quotes",
    "actions",
    "photos",
    "room_words",
    "portrait",
    "comparison",
    "statistics",
    "practices",
)
ADDED: Json = {
    "photos": [],
    "room_words": [],
    "portrait": None,
    "comparison": None,
    "lessons": "",
    "statistics": [],
}
"""What editions published before it existed do not hold."""
NEVER_KEPT: Json = {"practices": ()}
"""What lives beside the report (decision 16)."""


def report_to_snapshot(report: Report) -> Json:
    """Everything that leaves with `report`, and nothing else."""
    return {
        "schema": SCHEMA,
        **plain(report, without=NESTED),
        "meetings": [_meeting_to_snapshot(meeting) for meeting in report.meetings],
        "paragraphs": [asdict(paragraph) for paragraph in report.paragraphs],
        "findings": [asdict(finding) for finding in report.findings],
        "quotes": [asdict(quote) for quote in report.quotes],
        "actions": [plain(action) for action in report.actions],
        "portrait": asdict(report.portrait) if report.portrait else None,
        "photos": [asdict(photo) for photo in report.photos],
        "room_words": [plain(group) for group in report.room_words],
        "statistics": [_beside_to_snapshot(each) for each in report.statistics],
        **({"comparison": comparison_to_snapshot(report.comparison)} if report.comparison else {}),
    }


def report_from_snapshot(snapshot: Mapping[str, Any], *, outside_k: int | None = None) -> Report:
    """The report that was published. A region that raised its k hides old figures too.

    Raises ValueError for a snapshot of an unknown schema.
    """
    if snapshot.get("schema") != SCHEMA:
        raise ValueError(f"Format de publication inconnu: {snapshot.get('schema')!r}.")
    k = max(snapshot["outside_k"], outside_k or 0)
    snapshot = ADDED | dict(snapshot) | NEVER_KEPT
    values = {field.name: snapshot[field.name] for field in fields(Report)}
    return Report(
        **values
        | {
            "purposes": tuple(snapshot["purposes"]),
            "comparison": comparison_from_snapshot(snapshot["comparison"], k=k)
            if snapshot["comparison"]
            else None,
            "adopted_on": day_of(snapshot["adopted_on"]),
            "meetings": tuple(_meeting(meeting, k) for meeting in snapshot["meetings"]),
            "paragraphs": tuple(ReportParagraph(**each) for each in snapshot["paragraphs"]),
            "findings": tuple(ReportFinding(**each) for each in snapshot["findings"]),
            "quotes": tuple(ReportQuote(**each) for each in snapshot["quotes"]),
            "actions": tuple(
                ReportAction(**each | {"due_on": dt.date.fromisoformat(each["due_on"])})
                for each in snapshot["actions"]
            ),
            "portrait": _portrait(snapshot["portrait"]),
            "photos": tuple(ReportPhoto(**each) for each in snapshot["photos"]),
            "room_words": tuple(
                ReportWords(**each | {"words": tuple(each["words"])})
                for each in snapshot["room_words"]
            ),
            "statistics": tuple(_beside(each) for each in snapshot["statistics"]),
        }
    )


def _portrait(snapshot: Json | None) -> ReportPortrait | None:
    """Editions of before the portrait have none."""
    if snapshot is None:
        return None
    return ReportPortrait(
        figures=tuple(ReportFigure(**figure) for figure in snapshot["figures"]),
        facts=tuple((kind, words) for kind, words in snapshot["facts"]),
    )


def _beside_to_snapshot(beside: DimensionStatistics) -> Json:
    statistics = [
        {**plain(each), "marks": [asdict(mark) for mark in each.marks]}
        for each in beside.statistics
    ]
    return {**plain(beside), "statistics": statistics}


def _beside(snapshot: Json) -> DimensionStatistics:
    statistics = (
        ReportStatistic(**each | {"marks": tuple(StatisticMark(**mark) for mark in each["marks"])})
        for each in snapshot["statistics"]
    )
    return DimensionStatistics(**snapshot | {"statistics": tuple(statistics)})


def _meeting_to_snapshot(meeting: ReportMeeting) -> Json:
    return {
        **plain(meeting, without=("media", "items", "exits", "dots")),
        "media": [asdict(medium) for medium in meeting.media],
        "items": [
            {
                **plain(item, without=("distribution", "agreed")),
                "distribution": None
                if item.distribution is None
                else disclosure.to_snapshot(item.distribution),
                "agreed": asdict(item.agreed) if item.agreed else None,
            }
            for item in meeting.items
        ],
        "exits": [
            {**plain(each), "distribution": disclosure.to_snapshot(each.distribution)}
            for each in meeting.exits
        ],
        **({"dots": ranking_to_snapshot(meeting.dots)} if meeting.dots else {}),
    }


def _meeting(snapshot: Json, k: int) -> ReportMeeting:
    head_count, dots = snapshot["head_count"], snapshot.get("dots")
    media = tuple(ReportMedium(**medium) for medium in snapshot["media"])
    if any(medium.people is not None and medium.people < k for medium in media):
        media = tuple(replace(medium, people=None) for medium in media)
    return ReportMeeting(
        **snapshot
        | {
            "held_on": day_of(snapshot["held_on"]),
            "head_count": head_count if head_count is not None and head_count >= k else None,
            "media": media,
            "items": _hide_dimensions(tuple(_item(item, k) for item in snapshot["items"])),
            "exits": tuple(
                ReportExit(
                    question=each["question"],
                    labels=tuple(each["labels"]),
                    distribution=disclosure.from_snapshot(each["distribution"], k=k),
                )
                for each in snapshot["exits"]
            ),
            "dots": ranking_from_snapshot(dots, k=k) if dots else None,
        }
    )


def _item(snapshot: Json, k: int) -> ReportItem:
    stored = snapshot["distribution"]
    return ReportItem(
        **snapshot
        | {
            "labels": tuple(snapshot["labels"]),
            "distribution": None if stored is None else disclosure.from_snapshot(stored, k=k),
            "agreed": ReportAgreed(**snapshot["agreed"]) if snapshot["agreed"] else None,
        }
    )


def _hide_dimensions(items: tuple[ReportItem, ...]) -> tuple[ReportItem, ...]:
    """A dimension is shown whole or not at all, and hidden answers lose their words."""
    hidden = {item.dimension_code for item in items if isinstance(item.distribution, Suppressed)}
    return tuple(hide_item(item) if item.dimension_code in hidden else item for item in items)


def hide_item(item: ReportItem) -> ReportItem:
    return replace(
        item,
        distribution=Suppressed() if item.distribution is not None else None,
        median_words="",
        agreement_words="",
        does_not_know_words="",
        is_hidden=True,
    )
