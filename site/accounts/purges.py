"""What accounts erase when its time has come."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q

from accounts.models import Invitation
from core.purges import earliest_due

KEPT_AFTER_END = timedelta(days=30)


def erase_finished_invitations(now: datetime) -> int:
    """Thirty days after an invitation was used, revoked or expired, its address goes."""
    limit = now - KEPT_AFTER_END
    finished = Invitation.objects.filter(
        Q(used_at__lt=limit) | Q(revoked_at__lt=limit) | Q(expires_at__lt=limit)
    )
    return finished.delete()[0]


def erase_finished_sessions(now: datetime) -> int:
    """Sessions past their end, and what allauth noted of their device and address."""
    erased = Session.objects.filter(expire_date__lt=now).delete()[0]
    live = Session.objects.values("session_key")
    return erased + UserSession.objects.exclude(session_key__in=live).delete()[0]


def next_finished_invitation() -> datetime | None:
    ends = ("used_at", "revoked_at", "expires_at")
    return earliest_due(Invitation.objects.all(), *ends, kept=KEPT_AFTER_END)


def next_finished_session() -> datetime | None:
    return earliest_due(Session.objects.all(), "expire_date", kept=timedelta(0))
