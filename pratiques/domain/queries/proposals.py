"""The queue of proposals: confirmed ones first; the others apart, a screenful at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from pratiques.enums import ProposalState
from pratiques.models import PracticeProposal

if TYPE_CHECKING:
    from accounts.models import User

MOST_UNCONFIRMED = 50


def proposals_to_read(user: User) -> QuerySet[PracticeProposal]:
    """Confirmed, the oldest first: who waits longest is read first."""
    mine = PracticeProposal.objects.visible_to(user).filter(state=ProposalState.WAITING)
    return mine.select_related("territory").order_by("confirmed_at", "pk")


def settled_proposals(user: User) -> QuerySet[PracticeProposal]:
    mine = PracticeProposal.objects.visible_to(user).filter(settled_at__isnull=False)
    return mine.select_related("territory", "practice").order_by("-settled_at", "-pk")


def unconfirmed_proposals(user: User) -> QuerySet[PracticeProposal]:
    mine = PracticeProposal.objects.visible_to(user).filter(state=ProposalState.UNCONFIRMED)
    return mine.select_related("territory").order_by("received_at", "pk")
