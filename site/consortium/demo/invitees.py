"""Invented people on the list of the demonstration, with what they answered."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import User
from appreciation.domain.invitees import Contact, Reply, add_invitee, change_invitee
from appreciation.domain.practicals import (
    InvitationPlan,
    Practical,
    save_invitation,
    stored_plan,
)
from appreciation.enums import ContactWay, InviteeAnswer, PracticalKind
from appreciation.models import Appraisal
from consortium.demo.content import DemoContent
from reference.models import Sector


def invite_people(appraisal: Appraisal, content: DemoContent, lead: User) -> None:
    _plan_rendez_vous(appraisal, lead)
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    for row in content.invitees:
        contact = Contact(
            name=row["name"],
            sector=sectors[row["sector"]],
            email=row.get("email", ""),
            phone=row.get("phone", ""),
            is_group=row.get("is_group", False),
            invited_by_way=ContactWay.EMAIL if row.get("email") else ContactWay.PHONE,
        )
        invitee = add_invitee(appraisal=appraisal, user=lead, contact=contact)
        change_invitee(
            invitee=invitee,
            user=lead,
            version=invitee.version,
            contact=contact,
            reply=_reply(row),
            via=row.get("via", ""),
        )


def _plan_rendez_vous(appraisal: Appraisal, lead: User) -> None:
    """A date, a hall open to all, and what helps people to come."""
    starts_at = timezone.make_aware(dt.datetime.combine(appraisal.expected_on, dt.time(18, 30)))
    save_invitation(
        appraisal=appraisal,
        user=lead,
        seen=stored_plan(appraisal, None),
        wanted=InvitationPlan(
            starts_at=starts_at,
            venue="Salle communautaire d’exemple",
            capacity=40,
            is_open_to_all=True,
            practicals=(
                Practical(PracticalKind.TRANSPORT, "demandez-le en répondant", "Paul Inventé"),
                Practical(PracticalKind.MEAL, "soupe et pain à 18 h", "Cuisine collective"),
                Practical(PracticalKind.ACCESSIBLE_ROOM, "entrée par le côté"),
            ),
        ),
    )


def _reply(row: dict) -> Reply:
    return Reply(
        answer=row.get("answer", InviteeAnswer.INVITED),
        companions=row.get("companions", 0),
        needs_transport=row.get("needs_transport", False),
    )
