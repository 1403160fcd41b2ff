"""Demonstration requests of communities: to read, without a known territory, declined."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import User
from appreciation.domain.interests import InterestWords, record_interest, settle_interest
from appreciation.enums import InterestState
from background.outbox import cancel_mails
from consortium.demo.content import DemoContent
from reference.enums import CodeScheme, PlaceKind
from reference.models import Place


def create_interests(content: DemoContent, people: dict[str, User]) -> None:
    """Kept as if they had been sent; no mail leaves for them."""
    now = timezone.now()
    for number, demo in enumerate(content.interests):
        facts = dict(demo)
        received_at = now - dt.timedelta(days=facts.pop("days_ago"))
        outcome = facts.pop("outcome", "")
        facts["territory"] = _territory(facts["territory"])
        interest = record_interest(
            said=InterestWords(**facts),
            form_key=f"demonstration-{number}",
            list_url="",
            now=received_at,
            is_demo=True,
        )
        cancel_mails(key_prefix=f"interest/{interest.pk}/")
        if outcome:
            settle_interest(
                interest=interest,
                user=people["coordination"],
                state=InterestState.DECLINED,
                outcome=outcome,
                now=received_at + dt.timedelta(days=3),
            )


def _territory(code: str) -> Place | None:
    return Place.objects.filter(
        kind=PlaceKind.TERRITORY, codes__scheme=CodeScheme.MRC, codes__code=code
    ).first()
