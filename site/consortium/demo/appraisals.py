"""Demonstration démarches, each led to its phase by the gestures a facilitator would make."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import User
from appreciation.domain.actors import Actor
from appreciation.domain.adoption import record_adoption
from appreciation.domain.appraisals import create_appraisal
from appreciation.domain.gatherings import plan_gathering
from appreciation.domain.meetings import create_meeting, open_meeting, set_head_count
from appreciation.domain.phases import advance
from appreciation.domain.portraits import FactLine, FigureLine, save_portrait
from appreciation.domain.publications import publish
from appreciation.domain.rehearsal_people import answer_open_rounds
from appreciation.domain.rehearsals import open_rehearsal, start_rehearsal
from appreciation.domain.repeat import repeat_appraisal
from appreciation.domain.solicitation import add_consultation
from appreciation.domain.tasks import TaskWish, save_task, tick_task
from appreciation.enums import (
    ActionState,
    EvaluationPurpose,
    MeetingKind,
    MembershipRole,
    Pace,
    Phase,
)
from appreciation.models import Action, Appraisal, Finding, Meeting, Membership
from consortium.demo.content import DemoAppraisal, DemoContent
from consortium.demo.dates import backdate
from consortium.demo.evening_kept import keep_evening
from consortium.demo.evenings import hold_meeting
from consortium.demo.follow_up import tell_check_in
from consortium.demo.invitees import invite_people
from consortium.demo.restitutions import restitute
from reference.enums import CodeScheme, PlaceKind
from reference.models import Dimension, Place

OPEN_CODE = "DEM234"
"""The join code of the meeting that stays open, so that anybody may try it on a phone."""
PASSED = "Étape passée pour l’exemple."


def create_appraisals(content: DemoContent, people: dict[str, User]) -> None:
    for demo in content.appraisals:
        _create(demo, content, people)
    _rehearse(people["animation"])


def _rehearse(user: User) -> None:
    """A rehearsal under way, its first dimension answered by the fictitious people."""
    now = timezone.now()
    meeting = start_rehearsal(user=user, source=None, now=now)
    open_rehearsal(meeting=meeting, user=user, real_people=False, now=now)
    answer_open_rounds(meeting=meeting, actor=Actor(user=user))


def demo_place(name: str, territory_code: str) -> Place:
    """A fictitious community under a real territory."""
    territory = Place.objects.get(
        kind=PlaceKind.TERRITORY, codes__scheme=CodeScheme.MRC, codes__code=territory_code
    )
    place, _ = Place.objects.get_or_create(
        slug=Place.slug_for(name),
        defaults={
            "kind": PlaceKind.LOCAL_COMMUNITY,
            "name": name,
            "parent": territory,
            "is_demo": True,
            "population": 312,
            "population_year": 2021,
            "source": "Lieu fictif, pour la démonstration",
        },
    )
    return place


def _create(demo: DemoAppraisal, content: DemoContent, people: dict[str, User]) -> None:
    lead = people["animation"]
    meeting_on = timezone.localdate() + dt.timedelta(days=demo.meeting_in_days)
    appraisal = _open(demo, lead, meeting_on)
    Membership.objects.create(
        appraisal=appraisal, user=people["coanimation"], role=MembershipRole.CO_FACILITATOR
    )
    appraisal.announced_level = demo.announced
    appraisal.expected_attendance = demo.head_count or 18
    appraisal.evaluation_purposes = [EvaluationPurpose.LEARN, EvaluationPurpose.UNDERSTAND]
    appraisal.save()
    if demo.consultations:
        _write_consultations(appraisal, content, lead)
    _share_out_tasks(appraisal, people)
    for phase in Phase:
        if phase == demo.phase:
            break
        _before_leaving(phase, appraisal, demo, content, lead)
        comment = "" if phase == Phase.FRAMING and appraisal.contact_name else PASSED
        appraisal = advance(appraisal=appraisal, phase=phase, user=lead, comment=comment)
    if demo.phase == Phase.CONVENING:
        invite_people(appraisal, content, lead)
    if demo.phase == Phase.RESTITUTION:
        _restitution_evening(appraisal, lead)
        restitute(appraisal, content, lead)
    if demo.lessons:
        advance(appraisal=appraisal, phase=Phase.FOLLOW_UP, user=lead, comment=demo.lessons)
    if demo.phase == Phase.MEETING:
        _open_for_visitors(_planned_meeting(appraisal, lead), demo, lead)
    backdate(appraisal, meeting_on=meeting_on)
    if demo.check_in:
        tell_check_in(appraisal, demo.check_in, lead)


def _open(demo: DemoAppraisal, lead: User, meeting_on: dt.date) -> Appraisal:
    place = demo_place(demo.place, demo.territory)
    if not demo.is_done_again:
        return create_appraisal(
            user=lead, place=place, requested_by=demo.requested_by, expected_on=meeting_on
        )
    again = repeat_appraisal(
        appraisal=Appraisal.objects.get(place=place),
        user=lead,
        expected_on=timezone.localdate(),
        creation_key=f"demonstration-{demo.place}",
    )
    again.expected_on = meeting_on
    again.save()
    return again


def _share_out_tasks(appraisal: Appraisal, people: dict[str, User]) -> None:
    """One done, one of a colleague, one of somebody outside the team."""
    lead = people["animation"]
    tick_task(appraisal=appraisal, user=lead, code="mandat", is_done=True)
    for code, owner, words in (
        ("salle", people["coanimation"], ""),
        ("population", None, "Journal local (fictif)"),
    ):
        wish = TaskWish(owner, words, due_on=None, is_done=False, is_dropped=False)
        save_task(appraisal=appraisal, user=lead, code=code, version=0, wish=wish)


def _before_leaving(
    phase: Phase, appraisal: Appraisal, demo: DemoAppraisal, content: DemoContent, lead: User
) -> None:
    """What the team does in `phase` before it ends."""
    if phase == Phase.PORTRAIT and demo.portrait:
        save_portrait(
            appraisal=appraisal,
            user=lead,
            version=0,
            text=demo.portrait,
            source="Données fictives, pour la démonstration",
            document=None,
            figures=[FigureLine(**figure) for figure in content.portrait_figures],
            facts=[FactLine(**fact) for fact in content.local_facts],
        )
    elif phase == Phase.MEETING:
        meeting = _planned_meeting(appraisal, lead)
        _write_findings(appraisal, meeting, content.findings[demo.findings])
        hold_meeting(meeting, demo, content, Actor(user=lead))
        keep_evening(meeting, Actor(user=lead))
    elif phase == Phase.RESTITUTION and demo.adopted_days_ago:
        _restitution_evening(appraisal, lead)
        record_adoption(
            appraisal=appraisal,
            user=lead,
            adopted_by="Comité local (fictif)",
            adopted_on=timezone.localdate() - dt.timedelta(days=demo.adopted_days_ago),
        )
    elif phase == Phase.ACTION_PLAN and demo.actions:
        _write_actions(appraisal, content, is_over=bool(demo.lessons))
    elif phase == Phase.SHARING and demo.publish:
        publish(appraisal=appraisal, level=demo.publish, user=lead)


def _planned_meeting(appraisal: Appraisal, lead: User) -> Meeting:
    starts_at = timezone.make_aware(dt.datetime.combine(appraisal.expected_on, dt.time(19)))
    return create_meeting(
        appraisal=appraisal,
        actor=Actor(user=lead),
        starts_at=starts_at,
        venue="Salle communautaire d’exemple",
        pace=Pace.FREE,
    )


def _restitution_evening(appraisal: Appraisal, lead: User) -> None:
    day = appraisal.expected_on + dt.timedelta(days=14)
    plan_gathering(
        appraisal=appraisal,
        user=lead,
        kind=MeetingKind.RESTITUTION,
        starts_at=timezone.make_aware(dt.datetime.combine(day, dt.time(19))),
        venue="Salle communautaire d’exemple",
    )


def _open_for_visitors(meeting: Meeting, demo: DemoAppraisal, lead: User) -> None:
    meeting.join_code = OPEN_CODE
    meeting.save(update_fields=("join_code",))
    open_meeting(meeting=meeting, actor=Actor(user=lead), is_day_confirmed=True)
    set_head_count(meeting=meeting, actor=Actor(user=lead), head_count=demo.head_count)


def _write_findings(appraisal: Appraisal, meeting: Meeting, findings: list[dict[str, str]]) -> None:
    dimensions = {dimension.code: dimension for dimension in Dimension.objects.all()}
    for position, finding in enumerate(findings):
        Finding.objects.create(
            appraisal=appraisal,
            meeting=meeting,
            kind=finding["kind"],
            dimension=dimensions[finding["dimension"]],
            text=finding["text"],
            position=position,
        )


def _write_consultations(appraisal: Appraisal, content: DemoContent, lead: User) -> None:
    for demo in content.consultations:
        facts = dict(demo)
        ago = dt.timedelta(days=30 * facts.pop("months_ago"))
        today = timezone.localdate()
        add_consultation(appraisal=appraisal, user=lead, month=today - ago, today=today, **facts)


def _write_actions(appraisal: Appraisal, content: DemoContent, *, is_over: bool) -> None:
    """Due soon; in a démarche that is over, due long ago and done."""
    start = appraisal.expected_on if is_over else timezone.localdate()
    for position, action in enumerate(content.actions):
        Action.objects.create(
            appraisal=appraisal,
            title=action["title"],
            carrier=action["carrier"],
            first_step=action["first_step"],
            due_on=start + dt.timedelta(days=action["due_in_days"]),
            state=ActionState.DONE if is_over else ActionState.PLANNED,
            position=position,
        )
