"""A démarche at « Suivre », led by somebody, with its plan and its four check-ins."""

import datetime as dt

from django.utils import timezone

from appreciation.domain.check_ins import plan_check_ins
from appreciation.enums import Phase
from tests.factories.appraisals import AppraisalFactory, MembershipFactory
from tests.factories.outcomes import ActionFactory

PLANNED_AT = dt.datetime(2026, 11, 30, 20, tzinfo=dt.UTC)


def followed_appraisal(*, lead=None, actions=2, planned_at=PLANNED_AT, **values):
    stamps = {f"{phase}_done_at": timezone.now() for phase in Phase if phase != Phase.FOLLOW_UP} | {
        "action_plan_done_at": planned_at
    }
    appraisal = AppraisalFactory(phase=Phase.FOLLOW_UP, **(stamps | values))
    if lead is not None:
        MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    for number in range(actions):
        ActionFactory(appraisal=appraisal, title=f"Action {number + 1}", position=number)
    plan_check_ins(appraisal=appraisal)
    return appraisal
