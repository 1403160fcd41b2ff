"""Addresses that mails, letters and posters carry, written away from any request."""

from __future__ import annotations

from appreciation.models import Invitee, Meeting, PublicReply
from background.letters import full_address


def invitation_url(invitee: Invitee) -> str:
    return full_address("rsvp", invitee.token)


def open_page_url(meeting: Meeting) -> str:
    return full_address("invitation:open_page", meeting.reference)


def no_reminder_url(reply: PublicReply, meeting: Meeting) -> str:
    return full_address("invitation:reminder", meeting.reference, reply.token)
