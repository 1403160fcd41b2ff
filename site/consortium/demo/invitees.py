"""Invented people on the list of the demonstration, with what they answered."""

from __future__ import annotations

from accounts.models import User
from appreciation.domain.invitees import Contact, Reply, add_invitee, change_invitee
from appreciation.enums import ContactWay, InviteeAnswer
from appreciation.models import Appraisal
from consortium.demo.content import DemoContent
from reference.models import Sector


def invite_people(appraisal: Appraisal, content: DemoContent, lead: User) -> None:
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


def _reply(row: dict) -> Reply:
    return Reply(
        answer=row.get("answer", InviteeAnswer.INVITED),
        companions=row.get("companions", 0),
        needs_transport=row.get("needs_transport", False),
    )
