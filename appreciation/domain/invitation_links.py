"""Addresses that mails, letters and posters carry, written away from any request."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from appreciation.models import Invitee, Meeting, PublicReply


def invitation_url(invitee: Invitee) -> str:
    return _on_site(reverse("rsvp", args=[invitee.token]))


def open_page_url(meeting: Meeting) -> str:
    return _on_site(reverse("invitation:open_page", args=[meeting.reference]))


def no_reminder_url(reply: PublicReply, meeting: Meeting) -> str:
    return _on_site(reverse("invitation:reminder", args=[meeting.reference, reply.token]))


def _on_site(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
