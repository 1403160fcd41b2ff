"""A démarche whose report was adopted: told by twelve people, ready to be published."""

import datetime as dt

from django.utils import timezone

from appreciation.enums import FindingKind, Phase, PublicationLevel
from tests.factories.answers import answer, finish, items_of, spread
from tests.factories.appraisals import AppraisalFactory, MeetingFactory, MembershipFactory
from tests.factories.outcomes import CommentFactory, FindingFactory
from tests.factories.starter_site import ensure_site_pages


def adopted_appraisal(*, lead=None, level=PublicationLevel.FULL, every_item=False, **values):
    """Announced at `level`. Its comment « Mot précieux » is picked as a quote.

    Twelve people answered the first two statements; all of them with `every_item`.
    """
    ensure_site_pages()
    values.setdefault("place__name", "Rivière-Exemple")
    appraisal = AppraisalFactory(at_meeting=True, announced_level=level, **values)
    if lead is not None:
        MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    meeting = MeetingFactory(
        appraisal=appraisal,
        starts_at=dt.datetime(2026, 10, 22, 23, 30, tzinfo=dt.UTC),
        head_count=12,
    )
    first, second, *others = items_of(appraisal)
    answer(meeting, first, spread(0, 0, 2, 10))
    answer(meeting, second, spread(6, 0, 0, 6))
    for item in others if every_item else ():
        answer(meeting, item, spread(3, 3, 3, 3))
    finish(meeting)
    CommentFactory(meeting=meeting, item=first, text="Mot précieux", is_quoted=True)
    FindingFactory(
        appraisal=appraisal, kind=FindingKind.STRENGTH, text="On s’entraide quand ça compte"
    )
    appraisal.meeting_done_at = timezone.now()
    appraisal.phase = Phase.RESTITUTION
    appraisal.adopted_by = "le comité local"
    appraisal.adopted_on = dt.date(2026, 11, 3)
    appraisal.save()
    return appraisal
