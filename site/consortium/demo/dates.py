"""The demonstration is made today; this puts its stamps where its story says they were."""

from __future__ import annotations

import datetime as dt

from django.db.models import F
from django.utils import timezone

from appreciation.domain.check_ins import plan_check_ins
from appreciation.enums import Phase
from appreciation.models import Appraisal, Meeting, MeetingLog, Round

OPENED_BEFORE = 60
"""Days from the opening of a démarche to its meeting."""
DAYS_AFTER_MEETING = {
    Phase.FRAMING: -45,
    Phase.PORTRAIT: -30,
    Phase.CONVENING: -7,
    Phase.MEETING: 0,
    Phase.RESTITUTION: 42,
    Phase.ACTION_PLAN: 50,
    Phase.SHARING: 55,
    Phase.FOLLOW_UP: 730,
}
"""When each phase ends. What would fall in the future was done just now."""


def backdate(appraisal: Appraisal, *, meeting_on: dt.date) -> None:
    """Spread the stamps of the démarche around its meeting; the planned dates stay."""
    evening = timezone.make_aware(dt.datetime.combine(meeting_on, dt.time(21)))
    now = timezone.now()

    def at(days: int) -> dt.datetime:
        return min(now, evening + dt.timedelta(days=days))

    stamps: dict[str, dt.datetime] = {"created_at": at(-OPENED_BEFORE)}
    for phase, days in DAYS_AFTER_MEETING.items():
        if appraisal.phase_done_at(phase):
            stamps[f"{phase}_done_at"] = at(days)
        appraisal.transitions.filter(from_phase=phase).update(at=at(days))
    Appraisal.objects.filter(pk=appraisal.pk).update(**stamps)
    if "action_plan_done_at" in stamps:
        plan_check_ins(appraisal=Appraisal.objects.get(pk=appraisal.pk))
    appraisal.publications.update(published_at=at(DAYS_AFTER_MEETING[Phase.SHARING]))
    if evening < now:
        _move_evening(appraisal, earlier=now - evening)


def _move_evening(appraisal: Appraisal, *, earlier: dt.timedelta) -> None:
    """What the meeting recorded while it was played, NULL staying NULL."""
    meetings = Meeting.objects.filter(appraisal=appraisal)
    rounds = Round.objects.filter(meeting__in=meetings)
    journal = MeetingLog.objects.filter(meeting__in=meetings)
    for queryset, fields in (
        (meetings, ("opened_at", "closed_at", "entry_done_at")),
        (rounds, ("opened_at", "closed_at", "revealed_at")),
        (journal, ("at",)),
    ):
        queryset.update(**{field: F(field) - earlier for field in fields})
