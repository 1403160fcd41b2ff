"""Reading check-ins: those without news, those that ask for help, those to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from appreciation.enums import AppraisalState, CheckInReply, CheckInState
from appreciation.models import CheckIn, CheckInAnswer

if TYPE_CHECKING:
    from accounts.models import User


def late_checkins(user: User) -> QuerySet[CheckIn]:
    """Asked, reminded, and 28 days without an answer, the oldest first."""
    return _live(user).filter(state=CheckInState.SILENT)


def checkins_asking_for_help(user: User) -> QuerySet[CheckIn]:
    """Answered « besoin d’aide » for an action that no later check-in told about."""
    asks = CheckInAnswer.objects.filter(
        check_in=OuterRef("pk"), reply=CheckInReply.NEEDS_HELP, action__isnull=False
    )
    later = CheckIn.objects.filter(
        appraisal=OuterRef("appraisal"),
        months__gt=OuterRef("months"),
        state=CheckInState.ANSWERED,
    )
    return _live(user).filter(Exists(asks), ~Exists(later), state=CheckInState.ANSWERED)


def coming_checkins(user: User) -> QuerySet[CheckIn]:
    """Waiting for an answer, or for their day."""
    return _live(user).filter(state=CheckInState.WAITING)


def _live(user: User) -> QuerySet[CheckIn]:
    return (
        CheckIn.objects.visible_to(user)
        .filter(appraisal__state=AppraisalState.ACTIVE)
        .select_related("appraisal__place__parent")
        .order_by("due_on", "pk")
    )
