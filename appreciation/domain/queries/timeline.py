"""The public timeline of a register entry: what the team chose to show since, newest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.db.models import CharField, F, PositiveSmallIntegerField, Value
from django.db.models.functions import TruncDate

from appreciation.enums import PUBLIC_LEVELS, CheckInMonths, CheckInReply, OutcomeKind
from appreciation.models import CheckInAnswer, Outcome, Publication

MOST = 100

PUBLIC_WORDS = {
    CheckInReply.DONE: "fait",
    CheckInReply.IN_PROGRESS: "en cours",
    CheckInReply.ABANDONED: "abandonné",
    CheckInReply.NEEDS_HELP: "en cours",
}
"""A need for help is between the team and the coordination."""


@dataclass(frozen=True)
class TimelineEntry:
    """One line. `states` pairs an action with where it stood."""

    on: dt.date
    label: str
    words: str = ""
    link: str = ""
    states: tuple[tuple[str, str], ...] = ()


def timeline_of(edition: Publication) -> list[TimelineEntry]:
    """Small steps, outcomes and check-ins shown, in one query; none below a public level."""
    if edition.level not in PUBLIC_LEVELS or edition.is_historical:
        return []
    shown = _outcomes(edition.appraisal_id).union(_answers(edition.appraisal_id), all=True)
    rows = list(shown.order_by("-on", "months", "-row")[:MOST])
    entries = []
    for (on, months), group in groupby(rows, key=lambda row: (row["on"], row["months"])):
        found = list(group)
        if months:
            entries.append(_check_in(on, months, found))
        else:
            entries += [
                TimelineEntry(on, OutcomeKind(row["what"]).label, row["said"], row["link"])
                for row in found
            ]
    return entries


def _outcomes(appraisal_id: int):
    return (
        Outcome.objects.filter(appraisal=appraisal_id, shown_at__isnull=False)
        .order_by()
        .annotate(
            on=F("happened_on"),
            months=Value(0, output_field=PositiveSmallIntegerField()),
            row=F("pk"),
            what=F("kind"),
            said=F("words"),
            link=F("evidence_link"),
        )
        .values("on", "months", "row", "what", "said", "link")
    )


def _answers(appraisal_id: int):
    """Each action of a check-in is a row; the name and the words stay where they are."""
    return (
        CheckInAnswer.objects.filter(
            check_in__appraisal=appraisal_id, check_in__shown_at__isnull=False
        )
        .order_by()
        .annotate(
            on=TruncDate("check_in__answered_at"),
            months=F("check_in__months"),
            row=F("pk"),
            what=F("reply"),
            said=F("title"),
            link=Value("", output_field=CharField()),
        )
        .values("on", "months", "row", "what", "said", "link")
    )


def _check_in(on: dt.date, months: int, rows: list[dict]) -> TimelineEntry:
    """The actions in the order of the plan."""
    return TimelineEntry(
        on,
        f"Suivi à {CheckInMonths(months).label}",
        states=tuple((row["said"], PUBLIC_WORDS[CheckInReply(row["what"])]) for row in rows[::-1]),
    )
