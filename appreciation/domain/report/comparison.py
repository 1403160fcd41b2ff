"""« Avant / maintenant »: two reports side by side, only where they may be compared.

An item is compared when it is the same one (same code, same dimension, and the same words if the
instrument is another), on scales of the same length, and when its answers may leave both times by
the disclosure rule, or the group agreed on a level both times. Words, no arrow, no difference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from appreciation.domain.plain_json import as_json, day_of
from appreciation.domain.report.nouns import (
    ComparedItem,
    Comparison,
    LeftOut,
    Report,
    ReportAction,
    ReportItem,
    ReportMeeting,
    ReportOutcome,
    Side,
)
from appreciation.enums import PublicationLevel
from core import disclosure
from core.disclosure import DisclosedDistribution, Suppressed

NEW = "Cet énoncé n’était pas posé la première fois."
GONE = "Cet énoncé n’est plus posé."
OTHER_SCALE = "L’échelle n’a plus le même nombre de niveaux."
OTHER_WORDS = "L’énoncé vient d’un autre instrument et ne dit pas la même chose."
TOO_FEW_ONCE = "Trop peu de réponses, avant ou maintenant."
NOT_ANSWERED = "Pas de réponse ni de niveau convenu, avant ou maintenant."

SUMMARY, FULL = PublicationLevel.SUMMARY, PublicationLevel.FULL
REGION, PRIVATE = PublicationLevel.REGION, PublicationLevel.PRIVATE
LEVEL_TO_COMPARE: dict[tuple[str, str], PublicationLevel] = {
    (PRIVATE, PRIVATE): PRIVATE,
    (PRIVATE, REGION): PRIVATE,
    (PRIVATE, SUMMARY): PRIVATE,
    (PRIVATE, FULL): PRIVATE,
    (REGION, REGION): REGION,
    (REGION, SUMMARY): SUMMARY,
    (REGION, FULL): FULL,
    (SUMMARY, SUMMARY): SUMMARY,
    (SUMMARY, FULL): SUMMARY,
    (FULL, SUMMARY): SUMMARY,
    (FULL, FULL): FULL,
}
"""(level of the new report, level announced for the first) → level at which both are compared.

What was announced to the first room binds still: a pair that is not here compares nothing."""


def compare_reports(
    before: Report, now: Report, outcomes: Iterable[ReportOutcome] = ()
) -> Comparison | None:
    """The last evening of each, item by item; None unless both have held one.

    `outcomes`: of the first, the earliest first; those after the second evening are left out.
    """
    first, last = _last_evening(before), _last_evening(now)
    if first is None or last is None:
        return None
    old = {item.code: item for item in first.items}
    is_same_instrument = first.instrument == last.instrument
    compared, left_out = [], []
    for item in last.items:
        reason = _reason(old.get(item.code), item, is_same_instrument=is_same_instrument)
        if reason:
            left_out.append(LeftOut(item.name, reason))
        else:
            compared.append(_compared(first, old[item.code], last, item))
    new_codes = {item.code for item in last.items}
    left_out += [LeftOut(item.name, GONE) for item in first.items if item.code not in new_codes]
    return Comparison(
        before_reference=before.reference,
        before_on=first.held_on,
        now_on=last.held_on,
        before_instrument=f"{first.instrument}, version {first.instrument_version}",
        now_instrument=f"{last.instrument}, version {last.instrument_version}",
        items=tuple(compared),
        left_out=tuple(left_out),
        actions=before.actions,
        outcomes=tuple(each for each in outcomes if last.held_on and each.on <= last.held_on),
    )


def comparison_to_snapshot(comparison: Comparison) -> dict[str, Any]:
    return {
        "before_reference": comparison.before_reference,
        "before_on": as_json(comparison.before_on),
        "now_on": as_json(comparison.now_on),
        "before_instrument": comparison.before_instrument,
        "now_instrument": comparison.now_instrument,
        "items": [
            {
                "name": item.name,
                "labels": list(item.labels),
                "before": _side_to_snapshot(item.before),
                "now": _side_to_snapshot(item.now),
            }
            for item in comparison.items
        ],
        "left_out": [[each.name, each.reason] for each in comparison.left_out],
        "actions": [
            {
                "title": action.title,
                "carrier": action.carrier,
                "first_step": action.first_step,
                "due_on": action.due_on.isoformat(),
                "state": action.state,
            }
            for action in comparison.actions
        ],
        "outcomes": [[each.on.isoformat(), each.label, each.words] for each in comparison.outcomes],
    }


def comparison_from_snapshot(stored: Mapping[str, Any], *, k: int) -> Comparison:
    """The comparison that was published, less what a raised k hides since."""
    items = [_item_from_snapshot(each, k) for each in stored["items"]]
    kept = tuple(item for item in items if _may_be_compared(item.before, item.now))
    hidden = [LeftOut(item.name, TOO_FEW_ONCE) for item in items if item not in kept]
    return Comparison(
        before_reference=stored["before_reference"],
        before_on=day_of(stored["before_on"]),
        now_on=day_of(stored["now_on"]),
        before_instrument=stored["before_instrument"],
        now_instrument=stored["now_instrument"],
        items=kept,
        left_out=(*hidden, *(LeftOut(name, reason) for name, reason in stored["left_out"])),
        actions=tuple(
            ReportAction(**each | {"due_on": dt.date.fromisoformat(each["due_on"])})
            for each in stored["actions"]
        ),
        outcomes=tuple(
            ReportOutcome(dt.date.fromisoformat(on), label, words)
            for on, label, words in stored.get("outcomes", ())
        ),
    )


def _last_evening(report: Report) -> ReportMeeting | None:
    return report.meetings[-1] if report.meetings else None


def _reason(before: ReportItem | None, now: ReportItem, *, is_same_instrument: bool) -> str:
    """Why this item is not compared; empty when it is."""
    if before is None or before.dimension_code != now.dimension_code:
        return NEW
    if not is_same_instrument and before.text != now.text:
        return OTHER_WORDS
    if len(before.labels) != len(now.labels):
        return OTHER_SCALE
    if _may_be_compared(_side(before, None), _side(now, None)):
        return ""
    return TOO_FEW_ONCE if before.is_hidden or now.is_hidden else NOT_ANSWERED


def _may_be_compared(before: Side, now: Side) -> bool:
    return (before.has_answers and now.has_answers) or bool(
        before.agreed_level and now.agreed_level
    )


def _compared(
    first: ReportMeeting, before: ReportItem, last: ReportMeeting, now: ReportItem
) -> ComparedItem:
    """Answers on one side only compare nothing: then the agreed levels stand alone."""
    left, right = _paired(_side(before, _floor(first, before)), _side(now, _floor(last, now)))
    return ComparedItem(name=now.name, labels=now.labels, before=left, now=right)


def _paired(left: Side, right: Side) -> tuple[Side, Side]:
    if left.has_answers and right.has_answers:
        return left, right
    return left.without_answers(), right.without_answers()


def _side(item: ReportItem, floor: int | None) -> Side:
    shown = item.distribution if isinstance(item.distribution, DisclosedDistribution) else None
    return Side(
        distribution=shown,
        floor=floor,
        median_words="" if item.is_hidden else item.median_words,
        agreement_words="" if item.is_hidden else item.agreement_words,
        agreed_level=item.agreed_level,
        agreed_label=item.agreed.label if item.agreed else "",
    )


def _floor(meeting: ReportMeeting, item: ReportItem) -> int | None:
    """The smallest n of the item's dimension: what a raised k is compared with."""
    people = [
        each.distribution.respondents
        for each in meeting.items
        if each.dimension_code == item.dimension_code
        and isinstance(each.distribution, DisclosedDistribution)
    ]
    return min(people, default=None)


def _side_to_snapshot(side: Side) -> dict[str, Any]:
    return {
        "distribution": disclosure.to_snapshot(side.distribution) if side.distribution else None,
        "floor": side.floor,
        "median_words": side.median_words,
        "agreement_words": side.agreement_words,
        "agreed_level": side.agreed_level,
        "agreed_label": side.agreed_label,
    }


def _item_from_snapshot(stored: Mapping[str, Any], k: int) -> ComparedItem:
    before, now = _paired(
        _side_from_snapshot(stored["before"], k), _side_from_snapshot(stored["now"], k)
    )
    return ComparedItem(stored["name"], tuple(stored["labels"]), before, now)


def _side_from_snapshot(stored: Mapping[str, Any], k: int) -> Side:
    distribution = (
        disclosure.from_snapshot(stored["distribution"], k=k) if stored["distribution"] else None
    )
    side = Side(
        **{
            **stored,
            "distribution": None if isinstance(distribution, Suppressed) else distribution,
        }
    )
    is_hidden = isinstance(distribution, Suppressed) or (side.floor is not None and side.floor < k)
    return side.without_answers() if is_hidden else side
