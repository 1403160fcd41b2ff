"""How many communities wait for the first word of an answer."""

from __future__ import annotations

from accounts.models import User
from appreciation.enums import InterestState
from appreciation.models import InterestRequest


def new_interests(user: User) -> int:
    """What this person has to read: none for who coordinates nothing."""
    return InterestRequest.objects.visible_to(user).filter(state=InterestState.NEW).count()
